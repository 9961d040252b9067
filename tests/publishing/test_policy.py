"""What pages tell their browsers to let in, and what is found in them that it keeps out."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest

from leitfaden.contract import Contract, parse_contract
from leitfaden.publishing.policy import Code, is_allowed, policy, refused, styled

SMALL = "source: en\nlocales:\n  en: {name: English}\n"


def contract(more: str = "") -> Contract:
    return parse_contract(SMALL + more, "playbook.yml")


def directives(told: str) -> dict[str, list[str]]:
    parts = (part.split(" ") for part in told.split("; "))
    return {name: sources for name, *sources in parts}


def test_without_more_only_files_of_the_site_are_let_in() -> None:
    told = directives(policy(contract()))
    assert told["default-src"] == ["'none'"]
    assert told["base-uri"] == ["'none'"]
    assert told["script-src"] == told["style-src"] == told["worker-src"] == ["'self'"]
    assert told["img-src"] == ["'self'", "data:"]
    assert "object-src" not in told
    assert "frame-src" not in told


def test_a_script_and_a_style_of_a_template_are_let_in_by_their_texts() -> None:
    told = directives(policy(contract(), [Code("script", "go()\r\nend()"), Code("style", "p{}")]))
    script = b64encode(sha256(b"go()\nend()").digest()).decode()
    style = b64encode(sha256(b"p{}").digest()).decode()
    assert told["script-src"] == ["'self'", f"'sha256-{script}'"]
    assert told["style-src"] == ["'self'", f"'sha256-{style}'"]


def test_the_order_in_which_templates_are_read_does_not_matter() -> None:
    codes = [Code("script", text) for text in ("a", "b", "c")]
    assert policy(contract(), codes) == policy(contract(), [*reversed(codes), *codes])


@pytest.mark.parametrize(
    ("key", "directive"),
    [
        ("scripts", "script-src"),
        ("styles", "style-src"),
        ("images", "img-src"),
        ("fonts", "font-src"),
        ("media", "media-src"),
        ("frames", "frame-src"),
        ("connections", "connect-src"),
    ],
)
def test_the_contract_lets_in_more(key: str, directive: str) -> None:
    told = directives(policy(contract(f"policy: {{{key}: ['https://more.example/a/']}}")))
    assert told[directive][-1] == "https://more.example/a/"
    assert sum("https://more.example/a/" in sources for sources in told.values()) == 1


def test_videos_of_known_players_may_play() -> None:
    told = directives(policy(contract('hosts: {players: [Video.example, "x; script-src *"]}')))
    assert told["frame-src"] == ["https://video.example"]


@pytest.mark.parametrize(
    "html",
    [
        "<script>go()</script>",
        "<SCRIPT>go()</sCript >",
        "<script type=module>go()</script>",
        "<script type=' Text/JavaScript '>go()</script>",
        '<script data-x="a>b" type="">go()</script>',
        "<svg><script\n>go()</script></svg>",
        "<script>go()",
    ],
)
def test_scripts_in_a_page_are_found(html: str) -> None:
    assert refused(html, policy(contract())) == [Code("script", "go()")]
    assert refused(html, policy(contract(), [Code("script", "go()")])) == []


@pytest.mark.parametrize(
    "html",
    [
        '<script type="application/json">{"a": 1}</script>',
        '<script type="application/ld+json">{}</script>',
        '<script src="a.js"></script>',
        '<script type=module src="../a.js"></script>',
        "<scripts>go()</scripts>",
        "<!-- <script>go()</script> -->",
        '<p title="<script>go()</script>">A</p>',
        "<p>&lt;script>go()&lt;/script></p>",
    ],
)
def test_what_does_not_run_is_no_script(html: str) -> None:
    assert refused(html, policy(contract())) == []


def test_a_style_in_a_page_is_found() -> None:
    assert refused("<style media=all>p{}</style>", policy(contract())) == [Code("style", "p{}")]


@pytest.mark.parametrize("address", ["https://far.example/a.js", "//far.example/a.js"])
def test_a_script_of_another_host_is_found_unless_it_is_named(address: str) -> None:
    html = f'<script src="{address}" async></script>'
    assert refused(html, policy(contract())) == [Code("source", address)]
    assert refused(html, policy(contract("policy: {scripts: [far.example]}"))) == []


@pytest.mark.parametrize(
    ("source", "address", "allowed"),
    [
        ("img.example", "https://img.example/a.png", True),
        ("https://img.example", "http://img.example/a.png", False),
        ("http://img.example", "https://img.example/a.png", True),
        ("https://img.example", "https://img.example:443/a.png", True),
        ("https://img.example", "https://img.example:8443/a.png", False),
        ("*.img.example", "https://a.img.example/", True),
        ("*.img.example", "https://img.example/", False),
        ("https://img.example/a/", "https://img.example/a/b.png", True),
        ("https://img.example/a/", "https://img.example/b.png", False),
        ("https://img.example/a", "https://img.example/a", True),
        ("img.example", "https://img.example.evil/a.png", False),
        ("img.example", "https://[", False),
        ("img.example", "a/b.png", True),
    ],
)
def test_addresses_are_compared_as_browsers_do(source: str, address: str, allowed: bool) -> None:
    told = policy(contract(f"policy: {{images: ['{source}']}}"))
    assert is_allowed(address, "img-src", told) is allowed


def test_a_tag_with_a_style_of_its_own_is_found() -> None:
    assert styled('<p>A</p><p class="b" STYLE="color: red">') == '<p style="color: red">'
    assert styled('<p title=" style=">style="x"</p>') is None
    assert styled("<p>A style.</p>") is None


@pytest.mark.parametrize(
    "piece", ['<script "', "<script a=", "<!--<script>x</script>", "<p title='<script>", "<script>"]
)
def test_a_hostile_page_is_looked_through_to_its_end(piece: str) -> None:
    found = refused(f"{piece * 50_000}<p>", policy(contract()))
    assert {code.kind for code in found} <= {"script"}
