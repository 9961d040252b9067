"""Which word says how much of which document."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.contract import Contract, load_contract
from leitfaden.searching.documents import Document, PageDocuments
from leitfaden.searching.index import FULL, MOST_POSTINGS, Entry, apportioned, build_index
from tests.searching.projects import ROOT
from tests.searching.small import small, titled


def postings(entry: Entry) -> list[tuple[int, int, int]]:
    """Return each document with the word's share and strength there."""
    return [(document, *divmod(said, FULL + 1)) for document, said in entry.postings]


WEIGHTS = st.dictionaries(st.text(min_size=1), st.floats(0.01, 20), max_size=30)


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract(ROOT / "playbook.yml")


@given(WEIGHTS)
def test_the_words_of_a_title_are_together_all_of_it(weights: dict[str, float]) -> None:
    shares = apportioned(weights)
    assert list(shares) == list(weights)
    assert all(share >= 1 for share in shares.values())
    if 0 < len(weights) <= FULL:
        assert sum(shares.values()) == FULL
    else:
        assert set(shares.values()) <= {1}


@given(WEIGHTS)
def test_a_rarer_word_has_no_smaller_share(weights: dict[str, float]) -> None:
    shares = apportioned(weights)
    for one, weight in weights.items():
        assert not [
            x for x, other in weights.items() if other > weight and shares[x] < shares[one] - 1
        ]


def test_a_word_of_the_title_counts_more_than_one_of_the_text(contract: Contract) -> None:
    documents = Document("guidance", "Migration", text="moving moving moving mail")
    words = build_index([PageDocuments("a", (documents,), "en")], contract, "en").words
    ((_, share, title),) = postings(words["migration"])
    ((_, of_often, often),) = postings(words["moving"])
    ((_, of_once, once),) = postings(words["mail"])
    assert (share, of_often, of_once) == (FULL, 0, 0)
    assert FULL == title > often > once


def test_words_are_in_the_order_of_their_letters_as_browsers_have_it(contract: Contract) -> None:
    index = titled({"a": "zebra \U00020000\U00020001 \uff41b Äpfel", "b": "apple"}, contract)
    units = [word.encode("utf-16-be") for word in index.words]
    assert units == sorted(units)


def test_a_word_with_hyphens_leads_to_its_page_in_any_spelling(contract: Contract) -> None:
    words = titled({"a": "Kick-off workshop"}, contract).words
    assert {"kick", "off", "kickoff", "workshop"} <= set(words)
    share = {
        word: share for word in ("kick", "off", "kickoff") for _, share, _ in postings(words[word])
    }
    assert share["kickoff"] == share["kick"] + share["off"]


def test_a_word_that_is_everywhere_keeps_the_documents_that_it_says_most_of(
    contract: Contract,
) -> None:
    texts = [
        PageDocuments(f"p{n}", (Document("guidance", f"Number {n}", text="workshop"),), "en")
        for n in range(MOST_POSTINGS + 500)
    ]
    last = PageDocuments("z", (Document("guidance", "Workshop"),), "en")
    kept = postings(build_index([*texts, last], contract, "en").words["workshop"])
    assert len(kept) == MOST_POSTINGS
    assert kept[-1] == (len(texts), FULL, FULL)
    assert kept == sorted(kept)


def test_parts_of_a_compound_lead_to_what_has_the_compound(contract: Contract) -> None:
    titles = {"a": "Sicherheitsworkshop", "b": "Sicherheit", "c": "Workshop"}
    words = titled(titles, contract, "de").words
    assert words["sicherheitsworkshop"].parts in {
        ("sicherheit", "workshop"),
        ("sicherheits", "workshop"),
    }
    assert [document for document, _, _ in postings(words["workshop"])] == [0, 2]


def test_a_language_without_joints_takes_nothing_apart(contract: Contract) -> None:
    words = titled({"a": "Workshopplan", "b": "Workshop", "c": "Plan"}, contract, "en").words
    assert words["workshopplan"].parts == ()


def test_synonyms_are_the_names_of_terms_and_the_contracts_own(tmp_path: Path) -> None:
    site = small(tmp_path, {"en/index.md": "# Home\n"})
    synonyms = site.engine()._index.synonyms
    assert (("fm",), ("fasttrack", "manager")) in synonyms
    assert (("fasttrack", "manager"), ("fm",)) in synonyms
    assert (("opening", "meeting"), ("kickoff",)) in synonyms
    assert not [pair for pair in synonyms if pair[0] == pair[1]]


def test_a_playbook_without_pages_has_an_index_without_words(contract: Contract) -> None:
    index = build_index([], contract, "de")
    assert (index.documents, dict(index.words)) == (0, {})


def test_a_page_that_is_one_word_takes_no_longer_than_in_proportion(contract: Contract) -> None:
    text = "workshop" * 100_000
    page = PageDocuments("a", (Document("guidance", "Workshop", text=text),), "de")
    assert set(build_index([page], contract, "de").words) == {"workshop", text}
