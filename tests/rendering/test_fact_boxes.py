"""Fact boxes: what label lines become, and what stands around them."""

from __future__ import annotations

import pytest

from tests.rendering.support import Dom, Site, dom

TRIPLE = """\
Primary Role: **FastTrack Manager**
Motions: **RFA / Targeting**
Applies To: **All Services**
"""


def facts(page: Dom) -> list[dict[str, list[str]]]:
    """Each list of facts: by the label's name its values."""
    found = []
    for group in page.all(".lf-facts dl"):
        lines: dict[str, list[str]] = {}
        for node in group.css("dt, dd"):
            text = " ".join(node.text().split())
            if node.tag == "dt":
                name = text
                lines.setdefault(name, [])
            else:
                lines[name].append(text)
        found.append(lines)
    return found


@pytest.mark.parametrize("end", ["\n", "  \n", "\\\n", "\r\n", "  \r\n"])
def test_label_lines_are_facts_whatever_ends_them(end: str) -> None:
    page = dom(TRIPLE.replace("\n", end))
    assert facts(page) == [
        {
            "Primary Role": ["FastTrack Manager"],
            "Motions": ["RFA", "Targeting"],
            "Applies To": ["All Services"],
        }
    ]
    assert page.all("p") == []


def test_facts_are_named_in_the_pages_language() -> None:
    page = dom("Primäre Rollen: **FM**\nGilt für: **Office 365 ProPlus**\n", "de")
    assert facts(page) == [{"Primäre Rolle": ["FM"], "Gilt für": ["Office 365 ProPlus"]}]
    assert page.values(".lf-facts dd [title]", "title") == [
        "FastTrack Manager",
        "Microsoft 365 Apps",
    ]
    assert page.all("dd.lf-chip--unknown") == []


def test_two_triples_are_two_lists_in_one_box() -> None:
    page = dom(TRIPLE + TRIPLE.replace("Manager", "Engineer"))
    assert [group["Primary Role"] for group in facts(page)] == [
        ["FastTrack Manager"],
        ["FastTrack Engineer"],
    ]
    assert len(page.all(".lf-facts[role=group]")) == 1


def test_neighbouring_paragraphs_share_a_box() -> None:
    page = dom(TRIPLE + "\n" + TRIPLE + "\nText.\n\n" + TRIPLE)
    assert [len(box.css("dl")) for box in page.all(".lf-facts[role=group]")] == [2, 1]


def test_a_box_says_whether_it_is_about_the_page() -> None:
    page = dom("# T\n\nPhase: **Assess**\n\n## Approach\n\n" + TRIPLE)
    assert page.values("[role=group]", "aria-label") == [
        "About this page",
        "Who, how and for what",
    ]


@pytest.mark.parametrize("dash", ["-", "–", "—", "**-**"])
def test_a_label_without_a_value_says_so(dash: str) -> None:
    page = dom(f"Primary Roles: {dash}\nMotions: **RFA**\n")
    assert facts(page) == [{"Primary Role": [dash.strip("*")], "Motions": ["RFA"]}]


def test_an_unknown_term_is_shown_as_written() -> None:
    page = dom("Applies To: **Exchange, Gopher & <x>**\n")
    assert facts(page) == [{"Applies To": ["Exchange", "Gopher", "<x>"]}]
    assert page.texts("dd.lf-chip--unknown") == ["Gopher", "<x>"]


def test_markup_in_a_value_is_not_shown_as_text() -> None:
    page = dom("Phase: **[Assess](phase.md) / `Enable` / A\\_B**\n")
    assert facts(page) == [{"Phase": ["Assess", "Enable", "A_B"]}]
    assert page.one("dd a").attributes["href"] == "phase.md"


def test_a_link_in_a_value_leads_nowhere_dangerous() -> None:
    page = dom("Phase: **[Assess](javascript:x)**\n")
    assert page.values("dd a", "href") == ["phases/assess/"]


@pytest.mark.parametrize(
    ("markdown", "before", "behind"),
    [
        ("Lead: **Rosie**\nPhase: **Assess**\n", "Lead: Rosie", ""),
        ("Phase: **Assess**\nand *more* [text](x.md)\n", "", "and more text"),
        ("Phase: **Assess** and more\n", "", "and more"),
        ("One\nPhase: **Assess**\ntwo\n", "One", "two"),
        ("Phase: **Assess**\nbetween\nMotions: **RFA**\n", "", "between Motions: RFA"),
        ("Phase: **Assess** aside Motions: **RFA**\n", "", "aside Motions: RFA"),
        ("Phase: **Assess**, Motions: **RFA**\n", "", ""),
        ("Phase: **Assess** /\nMotions: **RFA**\n", "", ""),
        ("One\nPhase: **Assess**  \nMotions: **RFA**\nthree `x`\n", "One", "three x"),
        ("*One\nPhase: **Assess**\ntwo*\n", "One", "two"),
        ("A &amp; B \\* C\nPhase: **Assess**\nD &lt; E\n", "A & B * C", "D < E"),
        ("Phase: **Assess** D &lt; E \\* F\n", "", "D < E * F"),
        ("![Alt](x.png)\nPhase: **Assess**\n", "", ""),
    ],
)
def test_prose_beside_labels_stays(markdown: str, before: str, behind: str) -> None:
    page = dom(markdown)
    assert len(page.all(".lf-facts dl")) == 1
    assert facts(page)[0]["Phase"] == ["Assess"]
    top = list(page.all("body > *"))
    box = next(at for at, node in enumerate(top) if node.css("dl"))
    assert " ".join("".join(n.text() for n in top[:box]).split()) == before
    assert " ".join("".join(n.text() for n in top[box + 1 :]).split()) == behind


def test_what_has_no_words_stays_too() -> None:
    page = dom("![Alt](x.png)\nPhase: **Assess**\nx[^1]\n\n[^1]: note\n")
    assert page.values("img", "alt") == ["Alt"]
    assert page.ids == ["fnref-1", "fn-1"]


def test_prose_that_begins_like_a_label_stays_prose() -> None:
    page = dom("Phase: this is where it begins, said the manager.\n")
    assert page.all(".lf-facts dl") == []
    assert page.text == "Phase: this is where it begins, said the manager."


def test_labels_inside_a_quote_and_a_list() -> None:
    page = dom("> Phase: **Assess**\n\n- x\n\n  Phase: **Enable**\n")
    assert [group["Phase"] for group in facts(page)] == [["Assess"], ["Enable"]]
    assert page.all("blockquote dl")
    assert page.all("li dl")


def test_a_phase_leads_to_its_page() -> None:
    site = Site()
    site.add("# Assess\n\nPhase: **Assess**\n", page_id="phase-assess")
    page = site.add("# A\n\nPhase: **Assess**\n", page_id="process-a")
    shown = Dom(site.render(page, url_of=lambda page_id: f"../{page_id}/").html)
    assert shown.one("dd a").attributes["href"] == "../phase-assess/"
    gone = Dom(site.render(page, url_of=lambda page_id: None).html)
    assert gone.all("dd a") == []


def test_a_phases_own_page_does_not_link_to_itself() -> None:
    site = Site()
    page = site.add("# Assess\n\nPhase: **Assess**\n", page_id="phase-assess")
    assert Dom(site.render(page).html).all("dd a") == []
