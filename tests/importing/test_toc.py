"""What a `toc.yml` of docfx says, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.importing.toc import Target, Toc, TocNode, check_toc, read_toc
from leitfaden.model import Severity
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


def codes(toc: Toc) -> list[str]:
    return [problem.code for problem in toc.problems]


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
    assert codes(toc) == ["LF944", "LF944"]
    assert lines(toc) == [2, 4]
    assert {problem.severity for problem in toc.problems} == {Severity.NOTICE}


def test_a_comment_behind_a_link_is_no_blank() -> None:
    assert read_toc("- name: A\n  href: a.md # first\n", "toc.yml").problems == ()


@pytest.mark.parametrize(
    ("text", "code", "names"),
    [
        ("- name: A\n- just words\n", "LF942", ["A"]),
        ("- name: A\n  items: none\n", "LF942", ["A"]),
        ("- name: [A]\n- name: B\n", "LF942", ["", "B"]),
        ("name: A\n", "LF942", []),
        ("- name: A\n  hrf: a.md\n", "LF942", ["A"]),
        ("- href: a.md\n", "LF943", [""]),
        ("- name: A\n  name: B\n", "LF941", ["A"]),
        ("- name: 'A\n", "LF941", []),
        ("- name: !!python/object:os.system A\n", "LF941", ["A"]),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_is_read(text: str, code: str, names: list[str]) -> None:
    toc = read_toc(text, "toc.yml")
    assert code in codes(toc)
    assert [node.name for node in toc] == names
    assert all(problem.message and problem.help for problem in toc.problems)


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
    assert [(one.code, one.place.start and one.place.start.line) for one in problems] == [
        ("LF945", 2),
        ("LF946", 3),
        ("LF947", 4),
        ("LF948", 5),
    ]
    assert "line 1" in problems[-1].message


def test_aliases_that_multiply_are_refused() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
    toc = read_toc(f"a0: &a0 [{{name: x}}]\n{levels}items: *a8\n", "toc.yml")
    assert codes(toc) == ["LF941"]
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
        ("english-playbook", 60, ["LF944"], ["LF946", "LF946"]),
        # Besides the link to a copy of another language, one has two blanks behind it.
        ("german-playbook", 59, ["LF944", "LF944"], ["LF947"]),
    ],
)
def test_the_tocs_of_the_real_playbook(
    folder: str, count: int, told: list[str], linked: list[str]
) -> None:
    base: Path = CORPUS / folder
    toc = read_toc((base / "toc.yml").read_text("utf-8-sig"), "toc.yml")
    assert toc.count == count
    assert codes(toc) == told
    found = check_toc(toc, lambda file: (base / file).is_file())
    assert [problem.code for problem in found] == linked
