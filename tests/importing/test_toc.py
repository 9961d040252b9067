"""What a `toc.yml` of docfx says, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.checking.wording import LANGUAGES, catalogue
from leitfaden.importing.toc import Fault, Target, Toc, TocNode, check_toc, read_toc
from tests.reading.pages import SHARED

CORPUS = SHARED / "corpus"

NESTED = """\
- name: Orchard
  href: index.md
  items:
  - name: Pruning
    href: trees/pruning.md
  - name: Tools
    items:
    - name: Ladder
      href: tools/ladder.md#safety
- name: Harvest
  href: harvest.md
"""


def faults(toc: Toc) -> list[Fault]:
    return [problem.fault for problem in toc.problems]


def lines(toc: Toc) -> list[int]:
    return [problem.place.start.line for problem in toc.problems if problem.place.start]


def test_entries_keep_their_names_links_and_nesting() -> None:
    toc = read_toc(NESTED, "toc.yml")
    assert toc.nodes == (
        TocNode(
            "Orchard",
            "index.md",
            (
                TocNode("Pruning", "trees/pruning.md"),
                TocNode("Tools", "", (TocNode("Ladder", "tools/ladder.md#safety"),)),
            ),
        ),
        TocNode("Harvest", "harvest.md"),
    )
    assert toc.problems == ()
    assert toc.count == 5
    assert [str(node.place) for node in toc][:2] == ["toc.yml:2:9", "toc.yml:5:11"]


def test_the_list_may_stand_under_items_and_the_file_begin_with_a_mark() -> None:
    nested = "".join(f"  {line}\n" for line in NESTED.splitlines())
    assert read_toc(f"\ufeffitems:\n{nested}", "toc.yml").nodes == read_toc(NESTED, "").nodes


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]", "items: []", "items:"])
def test_an_empty_toc_is_no_mistake(text: str) -> None:
    assert read_toc(text, "toc.yml") == Toc()


def test_older_keys_stand_for_the_link_where_there_is_none_to_a_page() -> None:
    text = """\
- name: Orchard
  topicHref: orchard/index.md
- Name: Tools
  href: tools/toc.yml
  homepage: tools/start.md
  expanded: true
- tocName: Shed
  href: shed/
"""
    toc = read_toc(text, "toc.yml")
    assert [(node.name, node.href) for node in toc] == [
        ("Orchard", "orchard/index.md"),
        ("Tools", "tools/start.md"),
        ("Shed", "shed/"),
    ]
    assert toc.problems == ()


def test_blanks_around_a_link_are_told_and_left_out() -> None:
    toc = read_toc('- name: A \n  href: a.md \n- name: B\n  href: " b.md"\n', "toc.yml")
    assert [node.href for node in toc] == ["a.md", "b.md"]
    assert faults(toc) == [Fault.BLANKS, Fault.BLANKS]
    assert lines(toc) == [2, 4]
    assert {problem.subject for problem in toc.problems} == {"a.md", "b.md"}


def test_a_comment_behind_a_link_is_no_blank() -> None:
    assert read_toc("- name: A\n  href: a.md # first\n", "toc.yml").problems == ()


@pytest.mark.parametrize(
    ("text", "fault", "names"),
    [
        ("- name: A\n- just words\n", Fault.NO_ENTRY, ["A"]),
        ("- name: A\n  items: none\n", Fault.NO_LIST, ["A"]),
        ("- name: [A]\n- name: B\n", Fault.NO_TEXT, ["", "B"]),
        ("name: A\n", Fault.NO_LIST, []),
        ("- name: A\n  hrf: a.md\n", Fault.UNKNOWN_KEY, ["A"]),
        ("- href: a.md\n", Fault.NO_NAME, [""]),
        ("- name: A\n  name: B\n", Fault.UNREADABLE, ["A"]),
        ("- name: 'A\n", Fault.UNREADABLE, []),
        ("- name: !!python/object:os.system A\n", Fault.UNREADABLE, ["A"]),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_is_read(
    text: str, fault: Fault, names: list[str]
) -> None:
    toc = read_toc(text, "toc.yml")
    assert fault in faults(toc)
    assert [node.name for node in toc] == names


@pytest.mark.parametrize(
    ("href", "target", "file"),
    [
        ("a.md", Target.FILE, "a.md"),
        ("./x/../a%20b.md?view=1#top", Target.FILE, "a b.md"),
        ("~/guide/a.md", Target.FILE, "guide/a.md"),
        ("x\\a.md", Target.FILE, "x/a.md"),
        ("../a.md", Target.OUTSIDE, ""),
        ("x/../../a.md", Target.OUTSIDE, ""),
        ("%2e%2e/a.md", Target.OUTSIDE, ""),
        ("/a.md", Target.OUTSIDE, ""),
        ("https://host.example/a.md", Target.EXTERNAL, ""),
        ("//host.example/a.md", Target.EXTERNAL, ""),
        ("mailto:someone@host.example", Target.EXTERNAL, ""),
        ("", Target.NONE, ""),
    ],
)
def test_a_link_names_a_file_only_below_the_folder(href: str, target: Target, file: str) -> None:
    node = TocNode("A", href)
    assert (node.target, node.file) == (target, file)


def test_links_that_lead_to_no_page_here_are_told() -> None:
    text = """\
- {name: A, href: a.md}
- {name: Gone, href: gone.md}
- {name: Up, href: ../up.md}
- {name: Web, href: "https://host.example"}
- {name: Again, href: a.md#part}
- {name: Heading}
"""
    problems = check_toc(read_toc(text, "toc.yml"), {"a.md"}.__contains__)
    assert [(one.fault, one.place.start and one.place.start.line) for one in problems] == [
        (Fault.MISSING, 2),
        (Fault.OUTSIDE, 3),
        (Fault.EXTERNAL, 4),
        (Fault.DUPLICATE, 5),
    ]
    assert problems[-1].line == 1


def test_aliases_that_multiply_are_refused() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    toc = read_toc(f"a0: &a0 [{{name: x}}]\n{levels}items: *a8\n", "toc.yml")
    assert faults(toc) == [Fault.UNREADABLE]
    assert toc.nodes == ()


@pytest.mark.parametrize("text", ["[" * 100_000, "- items:\n" * 2, "- name: x\n" * 60_000])
def test_hostile_text_is_refused_in_words(text: str) -> None:
    toc = read_toc(text, "toc.yml")
    assert toc.problems


@given(st.text(alphabet="- namehrfits:[]{}&*'\"\n\t#|>\u2028a1", max_size=200))
def test_any_text_gives_entries_and_findings_but_never_an_exception(text: str) -> None:
    toc = read_toc(text, "toc.yml")
    check_toc(toc, lambda file: "a" in file)
    for problem in toc.problems:
        assert problem.place.start is not None or not text.strip()


@pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"the corpus of real pages is not there: it lies in {CORPUS}"
)
@pytest.mark.parametrize(
    ("folder", "count", "told", "linked"),
    [
        ("english-playbook", 60, [Fault.BLANKS], [Fault.OUTSIDE, Fault.OUTSIDE]),
        # Besides the link to a copy of another language, one has two blanks behind it.
        ("german-playbook", 59, [Fault.BLANKS, Fault.BLANKS], [Fault.EXTERNAL]),
    ],
)
def test_the_tocs_of_the_real_playbook(
    folder: str, count: int, told: list[Fault], linked: list[Fault]
) -> None:
    base: Path = CORPUS / folder
    toc = read_toc((base / "toc.yml").read_text("utf-8-sig"), "toc.yml")
    assert toc.count == count
    assert faults(toc) == told
    found = check_toc(toc, lambda file: (base / file).is_file())
    assert [problem.fault for problem in found] == linked


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_is_told_in_every_language(language: str) -> None:
    words = catalogue(language)["importing"]
    assert {fault for fault in Fault if f"toc-{fault.value}" not in words} == set()
