"""What the real pages have of broken links, poor addresses, images without a text, lonely pages.

Where a number differs from that of the table in corpus.md, it says why.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Found
from leitfaden.checking.registry import all_rules
from leitfaden.contract import NavPage
from tests.checking.corpus import CORPUS, FOLDERS, corpus_tree, counts

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")

EXPECTED = {
    # The table's broken links, 14 and 19, are those of LF401, LF403, LF405 and LF425 with the
    # address that begins with `www.` and the two with an invisible character before it (LF423). It
    # leaves out
    # an absolute path (LF402) and the mail addresses (3 and 4 of LF423).
    "LF401": (10, 10),
    "LF402": (1, 0),
    "LF403": (1, 1),
    "LF405": (0, 7),
    "LF425": (0, 1),
    "LF423": (6, 4),
    "LF404": (0, 0),
    "LF406": (0, 0),
    "LF407": (0, 0),  # nothing links to an anchor
    # All lead to English copies beside German pages. The table's 32 count two entries of the
    # navigation as well, which are no links of a page.
    "LF408": (0, 30),
    # The table's row on hygiene, 19 and 9, adds up several things. Of these there are one SafeLink
    # and two links to an internal host each, one with a doubled parenthesis, and none without text;
    # the rest are bare addresses, which the table counts by line and here each counts.
    "LF409": (1, 1),
    "LF410": (11, 14),
    "LF411": (0, 0),
    "LF412": (1, 0),
    "LF413": (2, 2),
    # The table's 83 and 100 links with `http://` are those of LF415 with those to the playbook's
    # own site, 66 and 86, which LF414 tells. Four of LF414 have `https://`.
    "LF414": (70, 86),
    "LF415": (17, 14),
    # One more stands on a page that is English as a whole, of which LF507 tells only that.
    "LF416": (0, 35),
    # A German page uses an image that lies in the English folder alone: readers get that one.
    "LF417": (0, 0),
    "LF418": (0, 0),
    "LF426": (0, 0),
    # 10 and 10 repeat the name with its ending, as in the table; 4 and 1 without it.
    "LF419": (14, 11),
    # The table's 43 are the addresses of the source that German pages lack; see below.
    "LF506": (0, 7),
}


@pytest.mark.parametrize("code", EXPECTED)
def test_how_often_a_rule_finds_something(code: str) -> None:
    found = counts().get(code, Counter())
    assert (found["en"], found["de"]) == EXPECTED[code]


def test_how_the_findings_add_up_to_the_table() -> None:
    told = counts()
    for locale, broken, unencrypted in (("en", 14, 83), ("de", 19, 100)):
        files = sum(told[code][locale] for code in ("LF401", "LF403", "LF405", "LF425"))
        variants = Counter(one.finding.variant for _, one in of("LF423", locale))
        assert files + variants[""] + variants["invisible"] + variants["several"] == broken
        own = [one for _, one in of("LF414", locale) if is_unencrypted(one)]
        assert told["LF415"][locale] + len(own) == unencrypted


def is_unencrypted(one: Found) -> bool:
    return one.finding.values["target"].startswith("http://")


def test_alternative_texts_by_what_they_repeat() -> None:
    assert Counter(one.finding.variant for _, one in of("LF419", "en")) == {"name": 10, "stem": 4}
    assert Counter(one.finding.variant for _, one in of("LF419", "de")) == {"name": 10, "stem": 1}


def test_how_many_addresses_the_german_pages_lack() -> None:
    findings = [one.finding for _, one in of("LF506", "de")]
    # The table's 43, less one of the playbook itself and two with an invisible character.
    assert sum(int(finding.values["missing"]) for finding in findings) == 40
    assert sum(int(finding.values["extra"]) for finding in findings) == 7


def test_what_was_meant_by_broken_links() -> None:
    guesses = {one.finding.values["target"]: one.finding.guess for _, one in of("LF401", "en")}
    assert guesses == {
        "phase-success.md": None,  # only the German playbook has it
        "resources-fasttrack-subject-matter-expert-resources-guidance.md": (
            "resources-fasttrack-subject-matter-experts-resources-guidance.md"
        ),
        "guidance-fm-overall-status-notes.md": "guidance-fm-overall-status-notes-partner.md",
        "status-guidance-entitlement-status-notes.md": (
            "status-guidance-entitlement-status-notes-partner.md"
        ),
        "assess-conduct-security-workshops-partner.md": (
            "assess-conduct-security-workshop-partner.md"
        ),
        "initiate-customer-kick-off-partner.md": "initiate-conduct-customer-kick-off-partner.md",
        "success-conduct-success-review.md": "success-conduct-success-review-partner.md",
        "initiate-conduct-customer-kickoff-partner.md": (
            "initiate-conduct-customer-kick-off-partner.md"
        ),
    }


def test_the_seed_page() -> None:
    page = "assess-conduct-adoption-and-change-management-conversation-partner-de.md"
    told = [
        (one.code, facts.position(one.finding.span.start).line)
        for code in ("LF401", "LF405", "LF408", "LF410", "LF412", "LF416", "LF419", "LF506")
        for facts, one in of(code, "de")
        if facts.path.endswith(f"/{page}")
    ]
    assert told == [("LF401", 123), ("LF416", 67), ("LF416", 71)]


@pytest.mark.parametrize(
    ("locale", "unlisted"),
    [
        ("en", 14),
        # The table counts 37 files. 21 of them are English copies of pages that are listed, or
        # whose German file counts for itself: they are no pages of their own here.
        ("de", 16),
    ],
)
def test_pages_that_the_playbooks_own_navigation_does_not_list(locale: str, unlisted: int) -> None:
    tree, found, _ = corpus_tree()
    toc = yaml.safe_load((FOLDERS[locale] / "toc.yml").read_text("utf-8"))
    ids = [tree.contract.page_id(path.strip(), locale) for path in listed(toc)]
    contract = dataclasses.replace(tree.contract, navigation=tuple(map(NavPage, ids)))
    own = dataclasses.replace(tree, contract=contract)
    check = all_rules()["LF421"].tree_check
    assert check is not None
    pages = [facts for facts, _ in found.values() if facts.locale == locale]
    assert sum(len(list(check(facts, own))) for facts in pages) == unlisted


def listed(nodes: list[dict[str, Any]]) -> Iterator[str]:
    for node in nodes:
        if "href" in node:
            yield node["href"]
        yield from listed(node.get("items", []))


def of(code: str, locale: str) -> list[tuple[PageFacts, Found]]:
    return [
        (facts, one)
        for facts, findings in corpus_tree()[1].values()
        if facts.locale == locale
        for one in findings
        if one.code == code
    ]
