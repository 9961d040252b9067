"""Drawings: what is just drawn is taken, what runs or loads something is told with its place."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.model import Position
from leitfaden.reading.drawings import danger_in

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
XHTML = "http://www.w3.org/1999/xhtml"


def drawing(inner: str) -> bytes:
    """Return a drawing that holds something in its third line."""
    return f'<?xml version="1.0"?>\n<svg {NAMESPACES}>\n{inner}\n</svg>\n'.encode()


ACTIVE = {
    "<script>alert(1)</script>": "script",
    "<SCRIPT/>": "script",
    "<handler/>": "script",
    '<g onclick="x()"/>': "handler",
    '<g oNload="x()"/>': "handler",
    "<foreignObject/>": "foreign",
    f'<h:img xmlns:h="{XHTML}" src="x"/>': "foreign",
    "<iframe/>": "foreign",
    '<a href="java&#10;script:x()"/>': "scheme",
    '<a xlink:href="&#1;JAVASCRIPT:x()"/>': "broken",  # no such character is XML
    '<a xlink:href=" JavaScript:x()"/>': "scheme",
    '<a href="data:text/html,x"/>': "scheme",
    '<a href="file:///etc/passwd"/>': "scheme",
    '<use href="other.svg#a"/>': "external",
    '<use xlink:href="data:image/svg+xml,x"/>': "external",
    '<image href="https://example.org/x.png"/>': "external",
    '<image href="//example.org/x.png"/>': "external",
    '<feImage href="../../../etc/passwd"/>': "external",
    '<g xml:base="https://example.org/"/>': "external",
    '<g fill="url(https://example.org/#a)"/>': "external",
    "<g style=\"background:url('//example.org')\"/>": "external",
    "<style>a{fill:\\75 rl(//x)}</style>": "external",
    '<style>a{content:"/*"} b{fill:url(//x)} c{content:"*/"}</style>': "external",
    "<style><![CDATA[@import '//x';]]></style>": "style",
    "<style>@namespace x; @imp\\6frt '//x';</style>": "style",
    '<set attributeName="href" to="x"/>': "animation",
    '<animate attributeName="xlink:href" values="x"/>': "animation",
    '<set attributeName="onmouseover" to="x()"/>': "animation",
    '<animate attributeName="x" to="javascript:x()"/>': "scheme",
    "<g>": "broken",
    "&nothing;": "broken",
}
WHOLE = {
    b'<?xml-stylesheet href="x.css"?><svg/>': "style",
    b'<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>': "entity",
    b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>': "entity",
    b'<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://x">%a;]><svg/>': "entity",
    b'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x()">]><svg/>': "handler",
    f'<html xmlns="{XHTML}"/>'.encode(): "foreign",
    b"<html/>": "broken",
    b"": "broken",
    b"\x89PNG": "broken",
    b'<?xml version="1.0" encoding="utf-7"?><svg/>': "broken",
    "<svg><script/></svg>".encode("utf-16"): "script",
    b"<svg>" + b"<g>" * 5000: "broken",
}
INERT = [
    "<path d='M0 0'/>",
    '<use xlink:href="#a"/><g fill="url(#a)" style="fill: url( \'#a\' )"/>',
    '<image href="data:image/png;base64,AA=="/>',
    '<a href="https://example.org/">x</a><a href="plan.md"/><a xlink:href="mailto:a@b.example"/>',
    "<style>/* see http://x */ @namespace svg url(http://www.w3.org/2000/svg); a{b:c}</style>",
    '<animate attributeName="x" from="0" to="9"/>',
    '<text font-family="Segoe UI">Don\'t script: onclick="x()" is text</text>',
    "<style>@font-face{src:url(data:font/woff2;base64,AA)}</style>",
    '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>',
]


@pytest.mark.parametrize(("inner", "variant"), ACTIVE.items())
def test_what_runs_or_loads_something(inner: str, variant: str) -> None:
    danger = danger_in(drawing(inner))
    assert danger is not None
    assert danger.variant == variant
    assert danger.at.line in (3, 4)


@pytest.mark.parametrize(("data", "variant"), WHOLE.items())
def test_what_is_wrong_with_the_whole_drawing(data: bytes, variant: str) -> None:
    danger = danger_in(data)
    assert danger is not None
    assert danger.variant == variant


@pytest.mark.parametrize("inner", INERT)
def test_what_is_just_drawn(inner: str) -> None:
    assert danger_in(drawing(inner)) is None


def test_a_drawing_by_a_program_of_its_time() -> None:
    head = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x/svg11.dtd">\n'
    assert danger_in(head + drawing(INERT[0]).partition(b"\n")[2]) is None


def test_the_place_is_that_of_the_element() -> None:
    danger = danger_in(drawing('<g>\n  <g onclick="x()"/></g>'))
    assert danger is not None
    assert (danger.at, danger.detail) == (Position(4, 3), "onclick")


@given(st.binary(max_size=200) | st.text("<>/ svgonload='\"&;#!?[]x:-\n", max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_bytes(data: bytes | str) -> None:
    danger_in(data if isinstance(data, bytes) else f"<svg>{data}</svg>".encode())


HUGE: list[Callable[[int], str]] = [
    lambda size: f"<style>{'/*' * size}</style>",
    lambda size: f"<style>{'@namespace ' * size}</style>",
    lambda size: f"<style>{chr(92)}6{'url(' * size}</style>",
    lambda size: f"<g fill='{'url(#' * size}'/>",
    lambda size: "<g/>" * size,
]


@pytest.mark.parametrize("made", HUGE)
def test_a_huge_drawing_takes_time_in_proportion(made: Callable[[int], str]) -> None:
    def cost(size: int) -> float:
        data = drawing(made(size))
        begin = time.process_time()
        danger_in(data)
        return time.process_time() - begin

    small = min(cost(20_000) for _ in range(3))
    assert min(cost(80_000) for _ in range(3)) < 4 * 2.5 * max(small, 0.004)
