"""The process map: what leads to what, as a drawing and in words."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.contract.vocabulary import Vocabulary
from leitfaden.model import Page
from leitfaden.rendering.views.drawing import (
    NARROW,
    WIDE,
    Band,
    Box,
    Drawing,
    Shape,
    draw,
    text_width,
    wrapped,
)
from tests.rendering.support import Dom, Site, small_contract, words

SHAPES = st.sampled_from([WIDE, NARROW])
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=70)


def as_map(page: Page, view: str = "map", subject: str = "") -> Page:
    return replace(page, kind=view, view=view, subject=subject)


def process(title: str, phase: str, *links: str, section: str = "Next Steps") -> str:
    items = "".join(f"- Then [x]({link}.md).\n" for link in links)
    return f"# {title}\n\nPhase: **{phase}**\n\n## Overview\n\nText.\n\n## {section}\n\n{items}"


@pytest.fixture
def site() -> Site:
    site = Site()
    site.add(process("First", "Assess", "process-b", "process-c"), page_id="process-a")
    site.add(process("Second", "Enable", "process-a", "guide"), page_id="process-b")
    site.add(process("Third", "Multiple Phases"), page_id="process-c")
    site.add("# Guide\n", page_id="guide")
    site.add(
        process("Erster", "Analyse", "process-b", section="Nächste Schritte"), "de", "process-a"
    )
    return site


def whole(site: Site, locale: str = "en") -> Dom:
    page = as_map(site.add("# Process map\n", locale, "map"))
    return Dom(site.render(page, url_of=lambda other: f"../{other}/").html)


def leads_to(page: Dom) -> Mapping[str, list[str]]:
    """What the words say: the title of each process with those of what it leads to."""
    return {
        words(item.css("a")[0]): [words(link) for link in item.css(".lf-map__next a")]
        for item in page.all(".lf-map__words > li > ul > li")
    }


def test_an_arrow_for_each_link_of_the_section_that_leads_on(site: Site) -> None:
    page = whole(site)
    assert leads_to(page) == {"First": ["Second", "Third"], "Second": ["First"], "Third": []}
    assert len(page.all(".lf-map__wide .lf-map__line")) == 3
    assert len(page.all(".lf-map__narrow .lf-map__line")) == 3


def test_links_of_other_sections_lead_nowhere_on_the_map(site: Site) -> None:
    site.add(process("First", "Assess", "process-b", section="Key Inputs"), page_id="process-a")
    assert leads_to(whole(site))["First"] == []


def test_a_contract_in_which_no_section_leads_on_has_a_map_without_arrows() -> None:
    contract = small_contract()
    sections = (replace(one, leads_on=False) for one in contract.sections.values())
    site = Site(replace(contract, sections=Vocabulary(sections, contract.locale_keys)))
    site.add(process("First", "Assess", "process-b"), page_id="process-a")
    site.add(process("Second", "Enable"), page_id="process-b")
    assert leads_to(whole(site)) == {"First": [], "Second": []}


def test_what_an_included_file_leads_on_to_counts(site: Site) -> None:
    text = process("First", "Assess") + "\n[!INCLUDE [next](process-b.md)]\n"
    site.add(text, page_id="process-a")
    assert leads_to(whole(site))["First"] == []  # a page leads to others, not to itself
    site.add(process("Second", "Enable", "process-c"), page_id="process-b")
    assert leads_to(whole(site))["First"] == ["Third"]


def test_each_process_is_a_link_with_its_title(site: Site) -> None:
    links = whole(site).all("svg.lf-map__wide a")
    named = {link.attributes["href"]: link.attributes["aria-label"] for link in links}
    assert named == {
        "../process-a/": "First",
        "../process-b/": "Second",
        "../process-c/": "Third",
    }


def test_phases_come_in_their_order_and_those_without_a_place_last(site: Site) -> None:
    assert whole(site).texts(".lf-map__group") == ["Assess", "Enable", "Multiple Phases"]
    assert whole(site, "de").texts(".lf-map__group") == [
        "Analyse",
        "Aktivierung",
        "Mehrere Phasen",
    ]


def test_what_is_not_translated_says_its_language(site: Site) -> None:
    page = whole(site, "de")
    by_title = {
        link.attributes["aria-label"]: link.attributes.get("lang")
        for link in page.all("svg.lf-map__wide a")
    }
    assert by_title == {"Erster": None, "Second": "en", "Third": "en"}
    assert leads_to(page)["Erster"] == ["Second"]


def test_the_map_of_a_phase_shows_what_leads_there_and_where_it_leads(site: Site) -> None:
    site.add(process("Fourth", "Enable", "process-c"), page_id="process-d")
    site.add("# Assess\n\nPhase: **Assess**\n", page_id="phase-assess")
    page = Dom(site.render(site.pages["en"]["phase-assess"]).html)
    outside = [
        node.attributes["aria-label"] for node in page.all(".lf-map__wide .lf-map__node--outside")
    ]
    shown = [node.attributes["aria-label"] for node in page.all(".lf-map__wide .lf-map__node")]
    assert shown == ["First", "Second", "Third"]
    assert outside == ["Second", "Third"]


def test_a_page_that_names_no_phase_leaves_the_whole_map_as_it_is(site: Site) -> None:
    page = site.add("# Assess\n", page_id="phase-assess")
    assert Dom(site.render(page).html).all(".lf-phase-map") == []
    assert len(whole(site).all(".lf-map__wide .lf-map__node")) == 3


def test_the_drawing_names_the_band_of_processes_without_a_phase(site: Site) -> None:
    site.add("# Fourth\n\n## Overview\n", page_id="process-d")
    assert whole(site).texts(".lf-map__wide .lf-map__phase")[-1] == "Without a phase"


def test_two_hundred_processes_are_drawn_and_more_only_told() -> None:
    site = Site()
    for number in range(200):
        site.add(
            process(f"N {number}", "Assess", f"process-{(number * 7) % 200}"),
            page_id=f"process-{number}",
        )
    assert len(whole(site).all(".lf-map__wide .lf-map__node")) == 200
    site.add(process("One more", "Enable"), page_id="process-x")
    page = whole(site)
    assert page.all("svg") == []
    assert len(page.all(".lf-map__words > li > ul > li")) == 201
    assert len(page.all(".lf-map__too-large")) == 1


def test_hostile_names_break_nothing() -> None:
    site = Site()
    site.add(process('<script>"]]>&amp; \u202e x', "Assess"), page_id="process-a")
    page = whole(site)
    assert page.all("script") == []
    assert len(page.all(".lf-map__wide .lf-map__node")) == 1


def test_a_playbook_without_processes_has_an_empty_map() -> None:
    page = whole(Site())
    assert page.all("svg") == []
    assert page.texts("h1") == ["Process map"]


# The drawing.


@st.composite
def graphs(draw_: st.DrawFn) -> tuple[list[Band], list[tuple[str, str]]]:
    sizes = draw_(st.lists(st.integers(0, 9), max_size=7))
    bands: list[Band] = []
    keys: list[str] = []
    for number, size in enumerate(sizes):
        boxes = {f"{number}.{place}": draw_(NAMES) for place in range(size)}
        keys += boxes
        bands.append(Band(str(number), draw_(NAMES), boxes))
    ends = st.sampled_from([*keys, "nowhere"])
    return bands, draw_(st.lists(st.tuples(ends, ends), max_size=40))


def boxes_of(drawing: Drawing) -> list[Box]:
    return [box for band in drawing.bands for box in band.boxes]


@given(graphs(), SHAPES)
def test_any_graph_shows_each_process_once_and_none_upon_another(
    graph: tuple[list[Band], list[tuple[str, str]]], shape: Shape
) -> None:
    bands, arrows = graph
    drawing = draw(bands, arrows, shape)
    boxes = boxes_of(drawing)
    assert sorted(box.key for box in boxes) == sorted(key for band in bands for key in band.boxes)
    for one, other in combinations(boxes, 2):
        apart_x = one.x + one.width < other.x or other.x + other.width < one.x
        apart_y = one.y + one.height < other.y or other.y + other.height < one.y
        assert apart_x or apart_y
    for box in boxes:
        assert box.x >= 0
        assert box.x + box.width <= drawing.width
        assert box.y + box.height <= drawing.height
        assert all(box.y < y <= box.y + box.height for y, _ in box.lines)


@given(graphs(), SHAPES)
def test_any_arrow_runs_between_two_processes_and_past_all_others(
    graph: tuple[list[Band], list[tuple[str, str]]], shape: Shape
) -> None:
    bands, arrows = graph
    drawing = draw(bands, arrows, shape)
    keys = {key for band in bands for key in band.boxes}
    meant = {(a, b) for a, b in arrows if a != b and {a, b} <= keys}
    assert {(arrow.start, arrow.end) for arrow in drawing.arrows} == meant
    assert len(drawing.arrows) == len(meant)
    for arrow in drawing.arrows:
        for x, y in points(arrow.line):
            assert 0 <= x <= drawing.width
            assert 0 <= y <= drawing.height
            for box in boxes_of(drawing):
                inside = box.x < x < box.x + box.width and box.y < y < box.y + box.height
                assert not inside, (arrow, box)


@given(graphs(), SHAPES)
def test_a_graph_is_always_drawn_the_same(
    graph: tuple[list[Band], list[tuple[str, str]]], shape: Shape
) -> None:
    assert draw(*graph, shape) == draw(*graph, shape)


@given(NAMES, st.integers(3, 30))
def test_lines_are_never_too_wide_and_lose_nothing_but_what_they_say(name: str, width: int) -> None:
    lines = wrapped(name, width, 1000)
    assert "".join(lines).replace(" ", "") == "".join(name.split())
    assert all(text_width(line) <= width for line in lines)
    few = wrapped(name, width, 2)
    assert len(few) <= 2
    assert all(text_width(line) <= width for line in few)
    assert few == lines or few[-1].endswith("…")


def test_a_word_that_is_too_long_is_broken_at_its_hyphen() -> None:
    assert wrapped("Governance-Besprechungen", 12) == ("Governance-", "Besprechungen")


@cache
def empty_site() -> Site:
    return Site()


@settings(max_examples=40)
@given(st.lists(NAMES, min_size=1, max_size=6), st.integers(0, 40))
def test_the_svg_is_well_formed(names: list[str], seed: int) -> None:
    site = empty_site()
    site.pages.clear()
    for number, name in enumerate(names):
        to = f"process-{(number * seed) % len(names)}"
        title = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(name.split()))
        site.add(process(title or "x", "Assess", to), page_id=f"process-{number}")
    page = as_map(site.add("# Process map\n", "en", "map"))
    drawings = re.findall(r"<svg.*?</svg>", site.render(page).html, re.DOTALL)
    assert len(drawings) == 2
    for drawing in drawings:
        root = ET.fromstring(drawing)
        links = root.findall(".//{http://www.w3.org/2000/svg}a")
        assert sorted(link.attrib["href"] for link in links) == sorted(
            f"process-{number}/" for number in range(len(names))
        )


_STROKE = re.compile(r"([MCV])([^MCV]*)")


def points(path: str) -> Iterator[tuple[float, float]]:
    """Points along a path, near enough to each other to meet whatever it crosses."""
    x = y = 0.0
    for command, text in _STROKE.findall(path):
        numbers = [float(one) for one in text.split()]
        if command == "M":
            x, y = numbers
        elif command == "V":
            for step in range(11):
                yield x, y + (numbers[0] - y) * step / 10
            y = numbers[0]
        else:
            ax, ay, bx, by, cx, cy = numbers
            for step in range(21):
                t = step / 20
                yield (
                    (1 - t) ** 3 * x
                    + 3 * (1 - t) ** 2 * t * ax
                    + 3 * (1 - t) * t**2 * bx
                    + t**3 * cx,
                    (1 - t) ** 3 * y
                    + 3 * (1 - t) ** 2 * t * ay
                    + 3 * (1 - t) * t**2 * by
                    + t**3 * cy,
                )
            x, y = cx, cy
