"""The fixes and the hints of the rules about sections."""

from __future__ import annotations

import pytest

from tests.checking.splices import GUIDANCE, fixed, found_by, read


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("LF206", "# T\n\n## A\n\nText\n\n### Overview\n", "# T\n\n## A\n\nText\n\n## Overview\n"),
        ("LF206", "# T\n\n# Overview\n\nText\n", "# T\n\n## Overview\n\nText\n"),
        ("LF208", "# T\n\n- a\n\n    ## Overview\n\nText\n", "# T\n\n- a\n\n## Overview\n\nText\n"),
        ("LF208", "# T\n\n1. a\n\n   ## Overview\n", "# T\n\n1. a\n\n## Overview\n"),
        ("LF208", "# T\n\nText\n\n\t## Overview\r\n", "# T\n\nText\n\n## Overview\r\n"),
        ("LF213", "# T\n\n## Key Input:\n", "# T\n\n## Key Inputs\n"),
        ("LF213", "# T\n\n## Update Summary ##\n", "# T\n\n## Refresh Summary ##\n"),
    ],
)
def test_a_fix_changes_nothing_but_the_defect(code: str, before: str, after: str) -> None:
    assert fixed(code, before) == after
    assert not found_by(code, read(after))


def test_a_name_in_another_language_becomes_that_of_the_pages_own() -> None:
    before = "# T\n\n## Objectives\n\n## \u00dcbersicht\n"
    assert fixed("LF212", before, locale="de") == "# T\n\n## Ziele\n\n## \u00dcbersicht\n"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        # Another heading would come to stand below it, or beside it.
        ("LF206", "# T\n\n## A\n\n### Overview\n\n### More\n"),
        ("LF206", "# T\n\n# Overview\n\n## More\n"),
        # All others have that level, too.
        ("LF206", "# T\n\n### A\n\n### Overview\n"),
        # What follows would become code, or an item of another list.
        ("LF208", "# T\n\n- a\n\n    ## Overview\n\n    Text\n"),
        ("LF208", "# T\n\n1. a\n\n   ## Overview\n2. b\n"),
        # Not the indent is wrong here, or not it alone.
        ("LF208", "# T\n\n- ## Overview\n"),
        ("LF208", "# T\n\n- a\n\n  Overview\n  ---\n"),
        ("LF213", "# T\n\n## **Update Summary**\n"),
    ],
)
def test_where_a_fix_could_do_harm_there_is_none(code: str, text: str) -> None:
    assert found_by(code, read(text))
    assert fixed(code, text) == text


def test_a_missing_section_has_its_place() -> None:
    findings = found_by("LF204", read("# T\n\n## Approach\n\n## Refresh Summary\n"))
    assert [(f.values["section"], f.variant, f.values["neighbour"]) for f in findings] == [
        ("Overview", "before", "Approach"),
        ("Objectives", "before", "Approach"),
        ("Key Inputs", "behind", "Approach"),
        ("Key Outputs", "behind", "Approach"),
        ("Next Steps", "behind", "Approach"),
    ]
    alone = found_by("LF204", read("# T\n"))
    assert {(finding.variant, finding.values["kind"]) for finding in alone} == {("", "process")}


def test_of_two_orders_the_smaller_change_is_told() -> None:
    text = "# T\n\n## Objectives\n\n## Approach\n\n## Next Steps\n\n## Overview\n\n## Key Inputs\n"
    told = [
        (finding.values["section"], finding.variant, finding.values["neighbour"])
        for finding in found_by("LF205", read(text))
    ]
    assert told == [("Overview", "before", "Objectives"), ("Key Inputs", "", "Approach")]


@pytest.mark.parametrize("heading", ["Overvew", "Overveiw", "Overviews", "0verview", "overwiew"])
def test_a_misspelled_section_is_known_on_every_kind_of_page(heading: str) -> None:
    [finding] = found_by("LF213", read(f"# T\n\n## {heading}\n", page_id=GUIDANCE))
    assert (finding.variant, finding.guess) == ("near", "Overview")


@pytest.mark.parametrize("heading", ["View", "Over", "Outlook", "Inputs", "Steps", "Review"])
def test_another_word_is_no_misspelled_section(heading: str) -> None:
    assert not found_by("LF213", read(f"# T\n\n## {heading}\n", page_id=GUIDANCE))


def test_a_misspelled_section_that_is_there_is_another_section() -> None:
    text = "# T\n\n## Overview\n\n## Overviews\n"
    assert not found_by("LF213", read(text, page_id=GUIDANCE))
