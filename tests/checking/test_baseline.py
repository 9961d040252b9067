"""The baseline: found again by what lines say, and never growing."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.checking.baseline import (
    BROKEN,
    Baseline,
    BaselineError,
    Entry,
    Located,
    Split,
    baseline_text,
    load_baseline,
    updated,
    used_up_told,
    write_baseline,
)
from leitfaden.checking.facts import facts_of
from leitfaden.checking.finding import Found, found
from leitfaden.contract import load_contract
from leitfaden.model import Span
from leitfaden.reading import PageReader
from tests.checking.fixtures import ROOT

PATH = "docs/en/p.md"
_WORD = re.compile(r"##( {2,})")


@cache
def reader() -> PageReader:
    return PageReader(load_contract(ROOT / "playbook.yml"))


def found_in(text: str, path: str = PATH) -> list[Located]:
    """Return a finding for each `##` with several blanks behind it, as the rule has them."""
    page = reader().read(text.encode(), path=path, locale="en", page_id="p")
    facts = facts_of(page)
    return [
        Located(facts, Found("LF210", found(Span(*match.span(1)), marks="##", heading="h")))
        for match in _WORD.finditer(page.text)
    ]


def baseline_of(text: str) -> Baseline:
    return updated(None, found_in(text), lambda _: text)


def split(baseline: Baseline, text: str) -> Split:
    return baseline.split(found_in(text), lambda _: text)


def counts(parted: Split) -> tuple[int, int, int]:
    return len(parted.new), len(parted.known), sum(entry.count for entry in parted.used_up)


def test_what_is_known_is_not_new() -> None:
    text = "##  a\n\n##  b\n"
    assert counts(split(baseline_of(text), text)) == (0, 2, 0)
    assert counts(split(Baseline(), text)) == (2, 0, 0)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        pytest.param("new\n\n##  a\n\n##  b\n", (0, 2, 0), id="moved down"),
        pytest.param("##  b\n\n##  a\n", (0, 2, 0), id="in another order"),
        pytest.param("##  a  \r\n\r\n##\t b".replace("\t", "  "), (0, 2, 0), id="other blanks"),
        pytest.param("##  a\n\n## b\n", (0, 1, 1), id="one corrected"),
        pytest.param("##  a\n\n##  c\n", (1, 1, 1), id="one line edited"),
        pytest.param("##  a\n\n##  b\n\n##  a\n", (1, 2, 0), id="the same once more"),
        pytest.param("", (0, 0, 2), id="nothing left"),
    ],
)
def test_a_finding_is_known_by_its_line(after: str, expected: tuple[int, int, int]) -> None:
    assert counts(split(baseline_of("##  a\n\n##  b\n"), after)) == expected


def test_the_further_one_of_two_that_are_alike_is_new() -> None:
    text = "##  a\n\ntext\n\n##  a\n"
    (new,) = split(baseline_of("##  a\n"), text).new
    assert new.found.finding.span.start > 5


def test_another_rule_page_wording_or_value_is_another_finding() -> None:
    text = "##  a\n"
    (one,) = found_in(text)
    span = one.found.finding.span
    baseline = baseline_of(text)
    others = [
        one._replace(found=Found("LF204", one.found.finding)),
        one._replace(found=Found("LF210", found(span, "other", marks="##", heading="h"))),
        one._replace(found=Found("LF210", found(span, marks="##", heading="i"))),
        *found_in(text, "docs/de/p.md"),
    ]
    parted = baseline.split([*others, one], lambda _: text)
    assert (parted.new, parted.known) == (others, [one])


def test_a_finding_on_the_page_as_a_whole_does_not_hang_on_its_text() -> None:
    def whole(text: str) -> list[Located]:
        facts = found_in(f"##  {text}")[0].facts
        values = {"marks": "##", "heading": "h"}
        return [Located(facts, Found("LF210", found(Span(0, 0), **values)))]  # type: ignore[arg-type]

    baseline = updated(None, whole("a"), lambda _: "a")
    assert len(baseline.split(whole("b"), lambda _: "b").known) == 1


def test_pages_that_were_not_checked_use_nothing_up() -> None:
    baseline = baseline_of("##  a\n")
    assert baseline.split([], str, checked={"docs/en/other.md"}).used_up == []
    assert len(baseline.split([], str, checked={PATH}).used_up) == 1
    assert updated(baseline, [], str, checked=()).entries == baseline.entries


def test_it_is_made_once_and_then_only_gets_smaller() -> None:
    first = baseline_of("##  a\n\n##  a\n\n##  b\n")
    assert sorted(entry.count for entry in first.entries) == [1, 2]
    text = "##  a\n\n##  c\n"
    second = updated(first, found_in(text), lambda _: text)
    (entry,) = second.entries
    assert entry.count == 1
    assert len(split(second, text).new) == 1


LINES = st.lists(st.sampled_from(["##  a", "##  b", "##   c d", "text", "", "- x"]), max_size=12)


@given(LINES, st.lists(st.tuples(st.integers(0, 12), st.sampled_from(["new", "", "- y", "# z"]))))
@settings(max_examples=80, deadline=None)
def test_no_edit_elsewhere_wakes_it(lines: list[str], edits: list[tuple[int, str]]) -> None:
    baseline = baseline_of("\n".join(lines))
    for at, line in edits:
        if at < len(lines) and not lines[at].startswith("##"):
            lines[at] = line
        else:
            lines.insert(at, line)
    assert counts(split(baseline, "\n".join(lines)))[::2] == (0, 0)


@given(LINES, LINES)
@settings(max_examples=80, deadline=None)
def test_an_update_never_adds(before: list[str], after: list[str]) -> None:
    first, text = baseline_of("\n".join(before)), "\n".join(after)
    second = updated(first, found_in(text), lambda _: text)
    allowed = {entry.key: entry.count for entry in first.entries}
    assert all(0 < entry.count <= allowed[entry.key] for entry in second.entries)
    parted = split(second, text)
    assert parted.used_up == []
    assert len(parted.new) == len(split(first, text).new)
    assert updated(second, found_in(text), lambda _: text).entries == second.entries


def test_the_file_can_be_read_by_people_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    baseline = baseline_of("##  a\n\n##  a\n\n##  b\n")
    assert write_baseline(file, baseline)
    assert not write_baseline(file, baseline)
    lines = file.read_text("utf-8").splitlines()
    assert lines[:3] == ["{", '  "version": 1,', '  "findings": [']
    assert lines[-2:] == ["  ]", "}"]
    entries = [json.loads(line.rstrip(",")) for line in lines[3:-2]]
    assert {entry["count"] for entry in entries} == {1, 2}
    assert all("more than one blank" in entry["message"] for entry in entries)
    again = load_baseline(file)
    assert again is not None
    assert [entry.line for entry in again.entries] == [4, 5]
    assert baseline_text(again) == baseline_text(baseline)
    assert [path.name for path in tmp_path.iterdir()] == ["baseline.json"]


def test_without_a_file_there_is_none(tmp_path: Path) -> None:
    assert load_baseline(tmp_path / "none.json") is None


def test_an_empty_one_is_a_baseline(tmp_path: Path) -> None:
    write_baseline(tmp_path / "b", Baseline())
    loaded = load_baseline(tmp_path / "b")
    assert loaded is not None
    assert loaded.entries == ()


def test_other_layouts_and_entries_that_a_merge_has_doubled_are_read(tmp_path: Path) -> None:
    entry = {"path": PATH, "code": "LF210", "count": 1, "message": "m\u2028", "fingerprint": "f"}
    content = {"more": {"findings": [1]}, "findings": [entry, entry], "version": 1}
    (tmp_path / "b").write_text(json.dumps(content, indent=1), "utf-8")
    loaded = load_baseline(tmp_path / "b")
    assert loaded is not None
    ((read),) = loaded.entries
    assert (read.count, read.line) == (2, 8)


ENTRY = '{"path": "p", "code": "c", "count": 1, "message": "m", "fingerprint": "f"}'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "b:1:1: LF925 The baseline is not JSON: Expecting value. Restore the file."),
        (
            b'{"version": 1, "findings": [\n<<<<<<< main\n]}',
            "b:2:1: LF925 The baseline is not JSON: Expecting value. Restore the file.",
        ),
        (
            b'{"version": 1,\n"findings": [\n\xff]}',
            "b:3:1: LF925 The baseline cannot be read: not ",
        ),
        (b"[1]", "b:1:1: LF925 The baseline is not what checks have written"),
        (b'{"version": 1}', "b:1:1: LF925 The baseline is not what checks have written"),
        (b'{"version": 1, "findings": {}}', "b:1:1: LF925 The baseline is not what checks have "),
        (b'{"version": 2, "findings": []}', "b:1:1: LF925 The baseline has version 2; this "),
        (
            f'{{"version": 1, "findings": [\n{ENTRY},\n{ENTRY.replace("1", "0")}]}}'.encode(),
            "b:3:1: LF925 This entry of the baseline lacks something",
        ),
        (b'{"version": 1, "findings": [\n\n7]}', "b:3:1: LF925 This entry of the baseline lacks"),
        (b"[" * 100_000, "b:1:1: LF925 The baseline is not JSON: "),
        (b"9" * 10_000, "b:1:1: LF925 The baseline is not JSON: "),
    ],
)
def test_a_broken_one_is_told_with_its_line(tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "b"
    file.write_bytes(content)
    with pytest.raises(BaselineError) as raised:
        load_baseline(file, "b")
    assert str(raised.value).startswith(told)
    assert raised.value.diagnostics[0].name == "baseline-broken"


def test_a_folder_is_no_baseline(tmp_path: Path) -> None:
    with pytest.raises(BaselineError) as raised:
        load_baseline(tmp_path, "b", "de")
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.code == BROKEN
    assert diagnostic.message.startswith("Die Baseline kann nicht gelesen werden: ")
    assert diagnostic.place.start is None


@given(st.binary(max_size=60) | st.text(alphabet='{}[]",: \n1version findings', max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_file_is_read_or_told(tmp_path_factory: pytest.TempPathFactory, data: object) -> None:
    file = tmp_path_factory.getbasetemp() / "any.json"
    file.write_bytes(data if isinstance(data, bytes) else str(data).encode())
    try:
        assert load_baseline(file) is not None
    except BaselineError as error:
        told = error
    else:
        return
    assert [one.code for one in told.diagnostics] == [BROKEN]


def test_entries_that_are_used_up_are_told_by_their_lines() -> None:
    entries = [Entry(PATH, "LF210", "f", 3, "m", 5), Entry(PATH, "LF204", "g", 1, "m", 4)]
    assert [str(one) for one in used_up_told(entries, "b.json")] == [
        f"b.json:4:1: LF924 The baseline lists a finding of LF204 in {PATH} that is no longer "
        "there. Run `leitfaden check --update-baseline`.",
        f"b.json:5:1: LF924 The baseline lists 3 findings of LF210 in {PATH} that are no longer "
        "there. Run `leitfaden check --update-baseline`.",
    ]


def test_a_file_that_cannot_be_written_stays_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_baseline(tmp_path / "none" / "b", Baseline())
    (tmp_path / "folder").mkdir()
    with pytest.raises(IsADirectoryError):
        write_baseline(tmp_path / "folder", Baseline())
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_many_findings_on_long_lines_take_no_longer_than_the_lines_are_long() -> None:
    text = "##  a" * 20_000
    baseline = baseline_of(text)
    assert counts(split(baseline, text)) == (0, 20_000, 0)
