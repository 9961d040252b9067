"""What is told of real pages is right: a sample of it, judged by hand, page by page."""

from __future__ import annotations

import pytest

from leitfaden.model import Severity
from tests.checking.corpus import CORPUS
from tests.checking.precision import SIZE, all_told, judged, sample

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="there is no shared/corpus beside the project"
)


def test_all_of_the_sample_was_judged() -> None:
    known = judged()
    assert len(sample()) >= SIZE
    assert [one for one in sample() if one.key not in known] == []


def test_at_least_97_of_100_findings_are_right() -> None:
    known = judged()
    verdicts = [known[one.key][0] for one in sample()]
    assert sum(verdicts) / len(verdicts) >= 0.97


def test_no_finding_that_is_an_error_is_wrong() -> None:
    known = judged()
    errors = [one for one in all_told() if one.severity == Severity.ERROR]
    assert errors
    assert [one for one in errors if not known[one.key][0]] == []
