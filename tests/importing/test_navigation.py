"""How a toc, or else the folders, becomes the navigation of a contract."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.contract import Contract, ContractError, NavPage, nav_pages, parse_contract
from leitfaden.importing.navigation import (
    NavigablePage,
    NavigationNote,
    NavigationPlan,
    Noted,
    plan_navigation,
)
from leitfaden.importing.toc import Toc, TocNode, read_toc, walk
from leitfaden.reading import PageReader
from tests.reading.pages import ROOT, SHARED

CORPUS = SHARED / "corpus"

HEAD = """\
# An orchard's playbook.
source: en
locales:
  en: {name: English}
  de: {name: Deutsch}
kinds:
  phase: {pages: ["phase-*", "phases/*"]}
  guidance: {pages: ["*"]}
labels:
  phase: {en: Phase, de: Phase, vocabulary: phases}
phases:
  plant: {en: Planting, de: Pflanzung, order: 1}
  harvest: {en: Harvest, de: Ernte, order: 2, aliases: {en: [Picking]}}
"""
TOC = """\
- name: Orchard
  href: index.md
- name: Planting Phase
  href: phase-plant.md
  items:
  - name: Dig a hole
    href: dig.md
- name: Picking
  items:
  - name: Ladders
    href: ladders.md
- name: Shed
  href: shed.md
  items:
  - name: Saws
    href: saws.md
"""
TITLES = {
    "index": ("Orchard", "Obstgarten"),
    "phase-plant": ("The planting phase", "Die Pflanzung"),
    "dig": ("Dig a hole", "Ein Loch graben"),
    "ladders": ("How to use ladders safely", "Leitern sicher benutzen"),
    "shed": ("Shed", "Schuppen"),
    "saws": ("Saws!", "Sägen"),
    "bees": ("Bees", "Bienen"),
}


def pages(*locales: str, titles: Mapping[str, tuple[str, str]] = TITLES) -> list[NavigablePage]:
    named = {
        page_id: dict(zip(("en", "de"), both, strict=True)) for page_id, both in titles.items()
    }
    return [
        NavigablePage(page_id, {locale: names[locale] for locale in locales or ("en", "de")})
        for page_id, names in named.items()
    ]


def page_id_of(href: str) -> str | None:
    return href.removesuffix(".md") if href.endswith(".md") else None


def plan(
    navigation: str = "",
    toc: str | Toc | None = TOC,
    locale: str = "en",
    among: Sequence[NavigablePage] | None = None,
    head: str = HEAD,
) -> NavigationPlan:
    read = read_toc(toc, "toc.yml") if isinstance(toc, str) else toc
    known = pages() if among is None else among
    return plan_navigation(head + navigation, read, page_id_of, known, locale)


def block(made: NavigationPlan, head: str = HEAD) -> str:
    assert made.text.startswith(head)
    return made.text.removeprefix(head)


def notes(made: NavigationPlan) -> list[tuple[NavigationNote, str]]:
    return [(noted.note, noted.subject) for noted in made.notes]


def listed(made: NavigationPlan) -> list[NavPage]:
    return list(nav_pages(parse_contract(made.text, "").navigation))


MADE = """\
  - index
  - phase: plant
    pages:
      - phase-plant
      - dig
  - phase: harvest
    pages:
      - {page: ladders, title: {en: Ladders, de: Leitern sicher benutzen}}
  - title: {en: Shed, de: Schuppen}
    pages:
      - shed
      - saws
"""


def test_a_toc_becomes_the_navigation_with_phases_groups_and_short_names() -> None:
    made = plan()
    assert block(made) == f"\nnavigation:\n{MADE}"
    assert made.unlisted == ("bees",)
    assert made.changed
    assert made.notes == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("navigation: []\n", f"navigation:\n{MADE}"),
        (
            "navigation: [] # none yet\nchecks: {}\n",
            f"navigation: # none yet\n{MADE}checks: {{}}\n",
        ),
        ("navigation:\n\n# What follows stays.\n", f"navigation:\n{MADE}\n# What follows stays.\n"),
        ("navigation: # later\n", f"navigation: # later\n{MADE}"),
        ("navigation: []", f"navigation:\n{MADE}".rstrip("\n")),
        ("checks: {}", f"checks: {{}}\n\nnavigation:\n{MADE}"),
    ],
)
def test_an_empty_navigation_is_filled_in_place(before: str, after: str) -> None:
    assert block(plan(before)) == after


def test_a_comment_in_an_empty_list_is_kept() -> None:
    made = plan("navigation: [\n  # a list to come\n]\n")
    assert "# a list to come\n" in made.text
    assert [page.page for page in listed(made)][:2] == [
        "index",
        "phase-plant",
    ]


def test_line_ends_and_the_mark_at_the_beginning_stay_what_they_are() -> None:
    text = "\ufeff" + (HEAD + "navigation: []\n").replace("\n", "\r\n")
    made = plan_navigation(text, read_toc(TOC, ""), page_id_of, pages(), "en")
    expected = "\ufeff" + (HEAD + f"navigation:\n{MADE}").replace("\n", "\r\n")
    assert made.text == expected


@pytest.mark.parametrize("navigation", ["", "navigation: []\n", "navigation:\n  - bees\n"])
@pytest.mark.parametrize("toc", [TOC, None])
def test_applied_to_its_own_result_it_changes_nothing(navigation: str, toc: str | None) -> None:
    made = plan(navigation, toc)
    again = plan_navigation(
        made.text, read_toc(toc, "") if toc else None, page_id_of, pages(), "en"
    )
    assert (again.text, again.changed) == (made.text, False)


def test_what_a_person_has_arranged_stays_and_only_what_lacks_is_added() -> None:
    navigation = """\
navigation:
  - title: {en: Tools, de: Werkzeug} # the shed, really
    pages:
      - saws   # first, on purpose
      - shed
  - phase: harvest
    pages: [bees]
  - index
"""
    added = """\
navigation:
  - title: {en: Tools, de: Werkzeug} # the shed, really
    pages:
      - saws   # first, on purpose
      - shed
  - phase: harvest
    pages: [bees, {page: ladders, title: {en: Ladders, de: Leitern sicher benutzen}}]
  - index
  - phase: plant
    pages:
      - phase-plant
      - dig
"""
    assert block(plan(navigation)) == added


def test_a_navigation_in_brackets_gets_entries_in_brackets() -> None:
    made = plan("navigation: [index, {phase: plant, pages: [dig]}]\n")
    assert block(made) == (
        "navigation: [index, {phase: plant, pages: [dig, phase-plant]}, "
        "{phase: harvest, pages: [{page: ladders, title: "
        "{en: Ladders, de: Leitern sicher benutzen}}]}, "
        "{title: {en: Shed, de: Schuppen}, pages: [shed, saws]}]\n"
    )


def test_a_group_is_known_again_by_its_pages_under_another_name() -> None:
    navigation = """\
navigation:
  - title: {en: Tools, de: Werkzeug}
    pages: [shed]
"""
    below = "[{name: Schuppen, href: shed.md}, {name: Sägen, href: saws.md}]"
    toc = f"- name: Schuppen\n  items: {below}\n"
    assert block(plan(navigation, toc, "de")) == navigation.replace("[shed]", "[shed, saws]")


def test_the_import_of_a_translation_adds_names_where_they_were_lacking() -> None:
    first = plan(among=pages("en"))
    assert "title: {en: Shed, de: Shed}" in first.text
    assert "title: {en: Ladders, de: Ladders}" in first.text
    assert (NavigationNote.NAME_LACKING, "Shed") in notes(first)
    toc = """\
- {name: Garten, href: index.md}
- {name: Leitern, href: ladders.md}
- name: Der Schuppen
  href: shed.md
  items: [{name: Sägen, href: saws.md}]
"""
    second = plan_navigation(first.text, read_toc(toc, ""), page_id_of, pages(), "de")
    assert "{page: index, title: {en: Orchard, de: Garten}}" in second.text
    assert "title: {en: Ladders, de: Leitern}" in second.text
    assert "title: {en: Shed, de: Der Schuppen}" in second.text
    assert "title: {en: Saws!" not in second.text
    again = plan_navigation(second.text, read_toc(toc, ""), page_id_of, pages(), "de")
    assert not again.changed


def test_a_toc_that_nobody_translated_gives_no_names() -> None:
    first = plan(among=pages("en"))
    second = plan_navigation(first.text, read_toc(TOC, ""), page_id_of, pages(), "de")
    assert "title: {en: Ladders, de: Leitern sicher benutzen}" in second.text
    assert "title: {en: Shed, de: Schuppen}" in second.text
    assert not any("Orchard" in (page.title or {}).values() for page in listed(second))
    assert notes(second)[0][0] is NavigationNote.NOT_TRANSLATED


def test_a_name_that_a_person_gave_is_not_replaced() -> None:
    navigation = "navigation:\n  - {page: shed, title: {en: Shed, de: Häuschen}}\n"
    toc = "- {name: Schuppen und mehr, href: shed.md}\n"
    assert not plan(navigation, toc, "de").changed


def test_entries_without_a_page_are_left_out_and_told() -> None:
    toc = """\
- {name: Web, href: "https://host.example"}
- {name: Gone, href: gone.md}
- {name: Shed, href: shed.md}
- {name: Shed again, href: shed.md}
- name: Nothing
  items: [{name: Gone too, href: gone-too.md}]
- name: Only its own page
  href: saws.md
  items: [{name: Gone as well, href: gone-again.md}]
- items: [{name: Bees, href: bees.md}]
"""
    made = plan(toc=toc)
    assert block(made) == "\nnavigation:\n  - shed\n  - saws\n  - bees\n"
    assert notes(made) == [
        (NavigationNote.NO_PAGE, "Web"),
        (NavigationNote.NO_PAGE, "Gone"),
        (NavigationNote.LISTED_BEFORE, "Shed again"),
        (NavigationNote.NO_PAGE, "Gone too"),
        (NavigationNote.EMPTY_GROUP, "Nothing"),
        (NavigationNote.NO_PAGE, "Gone as well"),
        (NavigationNote.NO_NAME, ""),
    ]
    assert made.notes[0] == Noted(NavigationNote.NO_PAGE, "Web", "https://host.example")


@pytest.mark.parametrize(
    "name", ["Harvest", "Harvest Phase", "Phase: Harvest", "picking", "Erntephase", "Phase Ernte"]
)
def test_a_group_is_a_phase_by_any_of_its_names(name: str) -> None:
    toc = Toc((TocNode(name, "", (TocNode("Ladders", "ladders.md"),)),))
    assert "- phase: harvest\n" in plan(toc=toc).text


def test_within_a_phase_a_name_alone_makes_no_other_phase() -> None:
    inner = TocNode("Harvest", "", (TocNode("Ladders", "ladders.md"),))
    made = plan(toc=Toc((TocNode("Planting", "", (inner,)),)))
    assert "title: {en: Harvest, de: Harvest}" in made.text


def test_names_are_quoted_where_yaml_would_read_them_otherwise() -> None:
    names = [
        "yes",
        "A: b",
        "# hash",
        '"quoted"',
        "-dash",
        "[x]",
        "1234",
        "a\tb",
        "Ünïcode: ✓",
        "null",
    ]
    items = tuple(TocNode(name, f"p{at}.md") for at, name in enumerate(names))
    titles = {f"p{at}": (f"Title {at}", f"Titel {at}") for at in range(len(names))}
    made = plan(toc=Toc(items), among=pages(titles=titles))
    entries = nav_pages(parse_contract(made.text, "").navigation)
    assert [entry.title and entry.title["en"] for entry in entries] == [
        " ".join(name.split()) for name in names
    ]


def test_without_a_toc_phases_titles_and_folders_give_an_order_that_is_called_a_guess() -> None:
    among = [
        NavigablePage("zebra", {"en": "A zebra"}),
        NavigablePage("apple", {"en": "Some apple"}),
        NavigablePage("index", {"en": "Start"}),
        NavigablePage("phases/harvest", {"en": "Harvest time"}),
        NavigablePage("ladders", {"en": "Ladders"}, ("harvest",)),
        NavigablePage("plant-a-tree", {"en": "Plant a tree"}),
        NavigablePage("garden-tools/saws", {"en": "Saws"}),
        NavigablePage("garden-tools/index", {"en": "All tools", "de": "Werkzeuge"}),
        NavigablePage("bees/hive", {"en": "Hive"}),
        NavigablePage("both", {"en": "Both"}, ("plant", "harvest")),
    ]
    made = plan(toc=None, among=among)
    assert (
        block(made)
        == """
navigation:
  - index
  - phase: plant
    pages:
      - plant-a-tree
  - phase: harvest
    pages:
      - phases/harvest
      - ladders
  - zebra
  - both
  - apple
  - title: {en: bees, de: bees}
    pages:
      - bees/hive
  - title: {en: All tools, de: Werkzeuge}
    pages:
      - garden-tools/index
      - garden-tools/saws
"""
    )
    assert made.unlisted == ()
    assert notes(made) == [(NavigationNote.GUESSED, ""), (NavigationNote.NAME_LACKING, "bees")]


def test_without_a_toc_a_navigation_that_is_there_is_left_alone() -> None:
    made = plan("navigation: [index]\n", None)
    assert not made.changed
    assert made.unlisted == tuple(sorted(TITLES.keys() - {"index"}))


def test_a_navigation_that_cannot_be_added_to_is_left_alone_and_told() -> None:
    navigation = "navigation: [index, &more {phase: plant, pages: &p [dig]}]\n"
    text = HEAD.replace("phases:", "phases: &all", 1) + navigation
    made = plan_navigation(text, read_toc(TOC, ""), page_id_of, pages(), "en")
    assert {page.page for page in nav_pages(parse_contract(made.text, "").navigation)} >= {"saws"}
    flow = "{source: en, locales: {en: {name: E}}}"
    refused = plan_navigation(flow, read_toc(TOC, ""), page_id_of, pages(), "en")
    assert (refused.text, refused.changed) == (flow, False)
    assert NavigationNote.NOT_SPLICED in [noted.note for noted in refused.notes]
    assert len(refused.unlisted) == len(TITLES)


def test_a_text_that_is_no_contract_is_refused() -> None:
    with pytest.raises(ContractError):
        plan_navigation("locales: {}", None, page_id_of, [], "en")


NODES = st.recursive(
    st.builds(
        TocNode,
        st.sampled_from(["", "Harvest", "Shed", "Planting phase", "x: y", "Ü"]),
        st.sampled_from(["", "gone.md", *(f"{page_id}.md" for page_id in TITLES)]),
    ),
    lambda below: st.builds(
        TocNode,
        st.sampled_from(["", "Harvest", "Shed", "Planting phase", "Tools"]),
        st.sampled_from(["", *(f"{page_id}.md" for page_id in TITLES)]),
        st.lists(below, max_size=3).map(tuple),
    ),
    max_leaves=8,
)
NAVIGATIONS = st.sampled_from(
    [
        "",
        "navigation: []\n",
        "navigation:\n- index\n- {page: saws, title: {en: S, de: S}} # c\n\n# end\nchecks: {}\n",
        "navigation:\n    - title: {en: Shed, de: Shed}\n      pages:\n      - shed # c\n"
        "      - phase: plant\n        pages: [dig]\n",
        "navigation: [{phase: harvest, pages: [bees]}]\n",
    ]
)


@given(st.lists(NODES, max_size=4), NAVIGATIONS, st.sampled_from(["en", "de"]))
def test_all_pages_of_any_toc_get_in_once_and_nothing_else_changes(
    nodes: list[TocNode], navigation: str, locale: str
) -> None:
    made = plan(navigation, Toc(tuple(nodes)), locale)
    before, after = (parse_contract(text, "") for text in (HEAD + navigation, made.text))
    assert NavigationNote.NOT_SPLICED not in [noted.note for noted in made.notes]
    assert replace(after, navigation=before.navigation) == before
    found = [page.page for page in nav_pages(after.navigation)]
    links = {page_id_of(node.href) for node in walk(nodes)} & TITLES.keys()
    assert set(found) >= links
    old = [page.page for page in nav_pages(before.navigation)]
    assert [page_id for page_id in found if page_id in old] == old
    assert set(made.unlisted) == TITLES.keys() - set(found)
    comments = re.findall("#.*", HEAD + navigation)
    assert re.findall("#.*", made.text) == comments
    assert not plan_navigation(made.text, Toc(tuple(nodes)), page_id_of, pages(), locale).changed


@pytest.fixture(scope="module")
def corpus() -> tuple[str, Contract, list[NavigablePage], list[NavigablePage]]:
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus of real pages is not there: it lies in {CORPUS}")
    text = (ROOT / "playbook.yml").read_text("utf-8")
    text = text[: text.index("\nnavigation:")] + "\nnavigation: []\n"
    contract = parse_contract(text, "playbook.yml")
    reader = PageReader(contract)
    titles: dict[str, dict[str, str]] = {}
    for locale, folder in (("en", "english-playbook"), ("de", "german-playbook")):
        for file in sorted((CORPUS / folder).glob("*.md")):
            page_id = contract.page_id(file.name, locale)
            if locale == "de" and page_id == file.stem != "index":
                continue  # a copy in another language
            page = reader.read(file.read_bytes(), path=file.name, locale=locale, page_id=page_id)
            titles.setdefault(page_id, {})[locale] = page.title
    both = [NavigablePage(page_id, names) for page_id, names in titles.items()]
    source = [NavigablePage(p.id, {"en": p.titles["en"]}) for p in both if "en" in p.titles]
    return text, contract, source, both


def linked(contract: Contract, locale: str) -> Callable[[str], str | None]:
    return lambda href: (
        contract.page_id(href, locale) if re.fullmatch(r"[\w-]+\.md", href) else None
    )


def test_the_tocs_of_the_real_playbook_become_its_navigation(
    corpus: tuple[str, Contract, list[NavigablePage], list[NavigablePage]],
) -> None:
    text, contract, source, both = corpus
    tocs = {
        locale: read_toc((CORPUS / folder / "toc.yml").read_text("utf-8-sig"), "toc.yml")
        for locale, folder in (("en", "english-playbook"), ("de", "german-playbook"))
    }
    first = plan_navigation(text, tocs["en"], linked(contract, "en"), source, "en")
    assert first.text.startswith(text[: text.index("[]")].rstrip())
    assert len(first.unlisted) == 14
    assert len(list(nav_pages(parse_contract(first.text, "").navigation))) == 55
    assert [note for note, _ in notes(first)].count(NavigationNote.NO_PAGE) == 2
    assert re.findall(r"- phase: (\w+)", first.text) == [
        "initiate",
        "assess",
        "remediate",
        "enable",
        "migrate",
    ]
    second = plan_navigation(first.text, tocs["de"], linked(contract, "de"), both, "de")
    assert notes(second)[0][0] is NavigationNote.NOT_TRANSLATED
    assert "{en: Guidance, de: Leitfaden}" in second.text
    for locale, toc in tocs.items():
        again = plan_navigation(second.text, toc, linked(contract, locale), both, locale)
        assert not again.changed
