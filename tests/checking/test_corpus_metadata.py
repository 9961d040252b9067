"""What the rules about files and metadata find in the real pages, against what is known of them."""

from __future__ import annotations

from collections import Counter

import pytest

from leitfaden.model import Span
from tests.checking.corpus import CORPUS, corpus_tree, counts

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the real pages are not here")


@pytest.mark.parametrize(
    ("code", "en", "de"),
    [
        # "Person metadata" are 15 and 12: the author is missing on 9 and 6 pages (LF107), and on
        # 6 and 6 (LF117) stands twice a name for an alias, an alias for a name, the author as
        # manager, a misspelled alias, and the audience as owner.
        ("LF107", 9, 6),
        ("LF117", 6, 6),
        # "`ms.topic`/`ms.custom` not allowed": 17 + 6 and 24 + 10.
        ("LF111", 23, 34),
        # "`ms.date` not `MM/DD/YYYY`".
        ("LF112", 45, 67),
        # "BOM".
        ("LF115", 24, 22),
        # "`description` equals `title`".
        ("LF119", 43, 62),
    ],
)
def test_rules_find_what_is_there(code: str, en: int, de: int) -> None:
    assert counts()[code] == {"en": en, "de": de}


def test_trailing_blanks_are_counted_between_the_fences() -> None:
    between, fences = Counter[str](), Counter[str]()
    _, found, texts = corpus_tree()
    for path, (facts, findings) in found.items():
        for code, finding in findings:
            if code == "LF114":
                start = facts.line_starts[facts.position(finding.span.start).line - 1]
                line = Span(start, finding.span.start).of(texts[path])
                (fences if line == "---" else between)[facts.locale] += 1
    # "Trailing blanks in front matter (lines)" are 314 and 374; those of the fences, which the
    # list of the seed page's defects has too, come on top.
    assert between == {"en": 314, "de": 374}
    assert fences == {"en": 90, "de": 92}


def test_sound_front_matter_is_not_told() -> None:
    silent = ("LF101", "LF102", "LF103", "LF104", "LF105", "LF106", "LF108", "LF109", "LF110")
    assert counts().keys().isdisjoint((*silent, "LF113", "LF116", "LF118", "LF120"))
