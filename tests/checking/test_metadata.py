"""Metadata: what the fixes make of it, and what MkDocs would have made of it."""

from __future__ import annotations

import pytest
from mkdocs.utils import meta

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Found
from leitfaden.model import Edit
from tests.checking.fixtures import Case, build_tree, cases
from tests.checking.splices import contract, found_by, read, spliced

OWN = [case for case in cases() if case.code.startswith("LF1")]


def page(*lines: str) -> str:
    return "\n".join(("---", *lines, "---", "", "# A page", ""))


@pytest.mark.parametrize(
    ("code", "before", "after", "safe"),
    [
        ("LF108", "Title: a", "title: a", True),
        ("LF108", "'ms.Date ': a", "ms.date: a", True),
        ("LF108", "titel: a", "title: a", False),
        ("LF109", "title: a\ntitle: a # c\ntitle: a", "title: a\ntitle: a # c", True),
        ("LF110", "title: 365", 'title: "365"', True),
        ("LF110", "title: No # c", 'title: "No" # c', True),
        ("LF110", "ft.audience: [partner, internal]", "ft.audience: partner, internal", True),
        ("LF111", "ms.topic: Partner-Playbook", "ms.topic: partner-playbook", True),
        ("LF111", "ms.topic: 'partner-playbok'", "ms.topic: 'partner-playbook'", False),
        ("LF111", "ft.audience: internal,Partner", "ft.audience: internal,partner", True),
        ("LF112", "ms.date: 9/5/26", "ms.date: 09/05/2026", True),
        ("LF112", "ms.date: '5.9.2026'", "ms.date: '09/05/2026'", True),
        ("LF112", "ms.date: 2026-09-05", "ms.date: 09/05/2026", True),
        ("LF113", "ms.date: 31/01/2026", "ms.date: 01/31/2026", False),
        ("LF113", "ms.date: 10/018/2026", "ms.date: 10/18/2026", False),
        ("LF114", "title: a \t\nauthor: b\u00a0", "title: a\nauthor: b", True),
    ],
)
def test_fixes_write_what_the_contract_wants(
    code: str, before: str, after: str, safe: bool
) -> None:
    text = page(before)
    fixes = [finding.fix for finding in found_by(code, read(text)) if finding.fix]
    assert {fix.safe for fix in fixes} == {safe}
    edits: list[Edit] = sorted(
        (edit for fix in fixes for edit in fix.edits), key=lambda edit: edit.span
    )
    assert spliced(text, edits) == page(after)
    assert not any(finding.fix for finding in found_by(code, read(page(after))))


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("LF108", "rating: a"),
        ("LF109", "title: a\ntitle: b"),
        ("LF109", "title: a\n? title\n: a"),
        ("LF110", "title:"),
        ("LF110", "title: !!int 365"),
        ("LF110", "ft.audience: [partner, 5]"),
        ("LF110", "ft.audience:\n- partner\n- internal"),
        ("LF111", "ft.audience: everybody"),
        ("LF111", 'ms.topic: "Partner-\\\n  Playbook"'),
        ("LF113", "ms.date: 02/30/2026"),
    ],
)
def test_what_could_mean_two_things_is_left_to_the_writer(code: str, line: str) -> None:
    findings = found_by(code, read(page(line)))
    assert findings
    assert all(finding.fix is None for finding in findings)


def test_metadata_without_fences_get_them() -> None:
    text = "title: a\r\nauthor: b\r\n\r\n# T\r\n"
    [finding] = found_by("LF116", read(text))
    assert finding.fix is not None
    wanted = "---\r\ntitle: a\r\nauthor: b\r\n---\r\n\r\n# T\r\n"
    assert spliced(text, list(finding.fix.edits)) == wanted
    assert found_by("LF116", read(wanted)) == []


def test_line_ends_of_windows_are_no_blanks() -> None:
    text = page("title: a  ", "author: b").replace("\n", "\r\n")
    [finding] = found_by("LF114", read(text))
    assert finding.span.of(text) == "  "
    assert found_by("LF116", read(text)) == []


@pytest.mark.parametrize("case", OWN, ids=str)
def test_no_fix_leaves_what_it_was_for(case: Case) -> None:
    before = _found(case.files)
    fixed = {path: _fixed(case.code, facts, found, case.files[path])
             for path, (facts, found) in before.items()}  # fmt: skip
    after = _found(fixed)
    for path, (_, found) in after.items():
        assert not any(code == case.code and finding.fix for code, finding in found), path


def _found(files: dict[str, bytes]) -> dict[str, tuple[PageFacts, list[Found]]]:
    return build_tree(files, contract())[1]


def _fixed(code: str, facts: PageFacts, found: list[Found], data: bytes) -> bytes:
    fixes = [finding.fix for one, finding in found if one == code and finding.fix]
    if any(fix.drop_bom for fix in fixes):
        return data.decode("utf-8-sig").encode()
    edits: list[Edit] = sorted(
        (edit for fix in fixes for edit in fix.edits), key=lambda edit: edit.span
    )
    return spliced(data.decode(), edits).encode() if edits else data


@pytest.mark.parametrize("case", [case for case in OWN if case.code in ("LF104", "LF116")], ids=str)
def test_mkdocs_reads_a_page_as_we_do_unless_it_is_told(case: Case) -> None:
    for data in case.files.values():
        text = data.decode().replace("\r\n", "\n")
        ours = read(text)
        body, known = meta.get_data(text)
        same = known == ours.metadata() and body.lstrip("\n") == ours.body.lstrip("\n")
        told = [finding.variant for finding in found_by(case.code, ours)]
        # Both take it for text: metadata behind a blank line, and front matter without an end.
        both = told == ["late"] or (case.code == "LF104" and told == [""])
        assert same is (told == [] or both)
