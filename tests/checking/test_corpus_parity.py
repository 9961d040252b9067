"""What the rules that compare translations with their sources find in the real pages."""

from __future__ import annotations

import pytest

from leitfaden.checking.finding import Found
from tests.checking.corpus import CORPUS, corpus_tree, counts
from tests.checking.precision import compared, judged

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real pages are not here")


@pytest.mark.parametrize(
    ("code", "de"),
    [
        # A tool is called by its old name, `Office 365`, where the source has dropped the number.
        # Addresses that differ are 16 more; LF506 tells them as long as nothing is recorded.
        ("LF513", 1),
        # Most stand on two pages: the services that are enabled, and the workshops.
        ("LF514", 16),
        # Two pages are of an older generation, one names a person in a line of its own.
        ("LF515", 3),
        # Lists below a heading were written anew, or are one text in the source.
        ("LF517", 2),
    ],
)
def test_rules_find_what_is_there(code: str, de: int) -> None:
    found = counts()[code]
    assert (found["en"], found["de"]) == (0, de)


# Nothing is recorded of these pages, so that nothing can be behind or contradict what is recorded.
# Whole sentences that were left in English stand only in titles, LF502, and on copies, LF507.
@pytest.mark.parametrize("code", ["LF511", "LF512", "LF516", "LF802"])
def test_some_mistakes_are_made_nowhere(code: str) -> None:
    assert code not in counts()


def test_at_least_95_of_100_are_right() -> None:
    known = judged()
    verdicts = [known[one.key][0] for one in compared()]
    assert len(verdicts) > 20
    assert sum(verdicts) / len(verdicts) >= 0.95


def test_the_21_pages_whose_summaries_are_older_are_told_and_one_of_them_is_no_translation() -> (
    None
):
    told = {
        code: [facts.path for facts, found in corpus_tree()[1].values() if code in _codes(found)]
        for code in ("LF503", "LF507")
    }
    assert len(told["LF503"]) == 20
    # As counted there, with an English page in the German folder: that says more.
    assert "docs/de/success-support-success-execution-partner-en.md" in told["LF507"]


def test_requirements_roles_services_and_labels_contradict_nowhere() -> None:
    assert "LF505" not in counts()
    said = [
        one.finding.variant
        for _, found in corpus_tree()[1].values()
        for one in found
        if one.code == "LF513"
    ]
    assert said == ["adds"]  # the number that LF513 tells above


def _codes(found: list[Found]) -> set[str]:
    return {one.code for one in found}
