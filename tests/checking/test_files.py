"""Files and their front matter: what breaks them, and what the fixes make of it."""

from __future__ import annotations

import dataclasses

import pytest

from leitfaden.checking.registry import all_rules
from leitfaden.checking.subject import Subject
from leitfaden.model import Defect, DefectKind, Edit, Fix, Span
from tests.checking.splices import contract, found_by, read, spliced


def fixed(code: str, text: str, *, safe: bool) -> str:
    """Return a text after the fixes of a rule, which must all be safe, or all not."""
    page = read(text)
    fixes = [finding.fix for finding in found_by(code, page) if finding.fix]
    assert fixes
    assert all(fix.safe is safe for fix in fixes)
    edits: list[Edit] = [edit for fix in fixes for edit in fix.edits]
    return spliced(page.text, sorted(edits, key=lambda edit: edit.span))


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("LF103", "---\ntitle: a: b\n---\n", '---\ntitle: "a: b"\n---\n'),
        ("LF103", '---\ntitle: a\\b: "c"\n---\n', '---\ntitle: "a\\\\b: \\"c\\""\n---\n'),
        ("LF103", "---\r\ntitle: a:\r\nx: y\r\n---\r\n", '---\r\ntitle: "a:"\r\nx: y\r\n---\r\n'),
        ("LF103", "---\ntitle:a\nauthor: b\n---\n", "---\ntitle: a\nauthor: b\n---\n"),
        ("LF103", "---\ntitle: @a\n---\n", '---\ntitle: "@a"\n---\n'),
        ("LF104", "---\n# x\ntitle: a\n\n# T\n", "---\n# x\ntitle: a\n---\n\n# T\n"),
        ("LF104", "---\r\ntitle: a\r\nText\r\n", "---\r\ntitle: a\r\n---\r\nText\r\n"),
        ("LF104", "---\ntitle: a\n... \n\nText\n", "---\ntitle: a\n---\n\nText\n"),
        ("LF104", "---\ntitle: a\n...\n---\nText\n", "---\ntitle: a\n---\nText\n"),
    ],
)
def test_broken_front_matter_is_mended(code: str, before: str, after: str) -> None:
    assert fixed(code, before, safe=False) == after
    assert found_by(code, read(after)) == []
    assert read(after).front_matter.entries
    assert read(after).front_matter.defects == ()


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("LF103", "---\ntitle: a: b # c\n---\n"),
        ("LF103", "---\ntitle a\nauthor: b\n---\n"),
        ("LF104", "---\n\nText\n"),
    ],
)
def test_what_could_mean_two_things_is_left_to_the_writer(code: str, text: str) -> None:
    findings = found_by(code, read(text))
    assert [finding.fix for finding in findings] == [None]


def test_a_byte_order_mark_goes_by_a_safe_fix() -> None:
    [finding] = found_by("LF115", read("\ufeff# T\n"))
    assert finding.fix == Fix((), safe=True, drop_bom=True)


def test_a_second_byte_order_mark_goes_with_the_first() -> None:
    [finding] = found_by("LF115", read("\ufeff\ufeff---\ntitle: T\n---\n"))
    assert finding.fix == Fix((Edit(Span(0, 1), ""),), safe=False, drop_bom=True)


def test_a_file_that_the_system_refuses_is_told() -> None:
    defect = Defect(DefectKind.UNREADABLE, Span(0, 0), "Permission denied")
    page = dataclasses.replace(read(""), defects=(defect,))
    check = all_rules()["LF101"].page_check
    assert check is not None
    [finding] = check(Subject(page, contract()))
    assert (finding.variant, finding.values) == ("", {"detail": "Permission denied"})


@pytest.mark.parametrize("line", ["a: b", "a", "a: b: c", "\t", "'", "- a", "a:b", "..."])
def test_long_broken_front_matter_is_told_at_once(line: str) -> None:
    text = "---\n" + f"{line}\n" * 20_000 + "a: b: c\n---\n"
    page = read(text)
    for code in ("LF103", "LF104", "LF105"):
        assert len(found_by(code, page)) <= 1
