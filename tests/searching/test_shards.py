"""The files of an index hold all of it, in pieces that are small enough to be fetched alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from leitfaden.contract import Contract, load_contract
from leitfaden.searching.documents import Document, Facets, PageDocuments
from leitfaden.searching.index import FULL, Index, build_index
from leitfaden.searching.shards import STUB, files_of
from tests.searching.projects import ROOT, Project
from tests.searching.small import found_in, small

LARGEST = 24_000  # bytes of a piece of many small things


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract(ROOT / "playbook.yml")


def index_of(project: Project, locale: str) -> Index:
    return build_index(found_in(project, locale), project.contract, locale)


def files(index: Index, contract: Contract) -> dict[str, str]:
    return dict(files_of(index, contract, lambda page_id: f"{page_id}/"))


def folder_of(texts: Mapping[str, str]) -> str:
    folder: str = json.loads(texts[STUB])["leitfaden"]["folder"]
    return folder


def pieces(texts: Mapping[str, str], kind: str) -> list[Any]:
    """Return the pieces of a kind in their order."""
    folder = folder_of(texts)
    count = sum(name.startswith(f"{folder}/{kind}") for name in texts) - (kind == "m")
    return [json.loads(texts[f"{folder}/{kind}{number}.json"]) for number in range(count)]


def meta(texts: Mapping[str, str]) -> dict[str, Any]:
    about: dict[str, Any] = json.loads(texts[f"{folder_of(texts)}/meta.json"])
    return about


def big(contract: Contract, pages: int = 2500) -> Index:
    """Return an index as large as that of a large playbook."""
    facets = Facets(roles=("sme",))
    parts = [Document("task", f"Task of {n}", f"task-{n}", facets=facets) for n in range(3)]
    made = [
        PageDocuments(
            f"page-{number}",
            (
                Document("process", f"Name{number} of {number % 97}", text=f"word{number} " * 40),
                *parts,
            ),
            "en" if number % 2 else "de",
            "Assess",
        )
        for number in range(pages)
    ]
    return build_index(made, contract, "en")


@pytest.fixture(scope="module", params=["own en", "own de", "corpus en", "corpus de", "big"])
def indexed(request: pytest.FixtureRequest, contract: Contract) -> Index:
    if request.param == "big":
        return big(contract)
    name, locale = request.param.split()
    return index_of(request.getfixturevalue(name), locale)


def test_what_was_written_is_read_back(indexed: Index, contract: Contract) -> None:
    texts = files(indexed, contract)
    words = {entry[0]: entry for piece in pieces(texts, "w") for entry in piece}
    assert list(words) == list(indexed.words)
    postings_of = [postings for piece in pieces(texts, "p") for postings in piece]
    for postings, (word, entry) in zip(postings_of, indexed.words.items(), strict=True):
        _, stem, count, many, *parts = words[word]
        assert many == len(entry.postings)
        assert (word[:stem] if isinstance(stem, int) else stem) == entry.stem
        assert count == entry.count
        assert tuple(parts[0] if parts else ()) == entry.parts
        numbers = accumulate(postings[::2])
        assert [tuple(pair) for pair in zip(numbers, postings[1::2], strict=True)] == [
            tuple(one) for one in entry.postings
        ]
        assert all(0 < said <= (FULL + 1) * FULL + FULL for said in postings[1::2])


def test_words_can_be_looked_up_by_their_ends(indexed: Index, contract: Contract) -> None:
    backwards = [word for piece in pieces(files(indexed, contract), "e") for word in piece]
    assert sorted(word[::-1] for word in backwards) == sorted(indexed.words)
    assert backwards == sorted(backwards, key=lambda word: word.encode("utf-16-be"))


def test_pages_and_their_documents_are_read_back(indexed: Index, contract: Contract) -> None:
    texts = files(indexed, contract)
    about = meta(texts)
    cards = [card for piece in pieces(texts, "c") for card in piece]
    kinds = iter(about["documents"])
    sets = [block["sets"][number] for block in pieces(texts, "f") for number in block["documents"]]
    facets = iter(sets)
    assert about["sizes"] == [len(page.documents) for page in indexed.pages]
    for page, (address, locale, trail, documents) in zip(indexed.pages, cards, strict=True):
        assert address == f"{page.page_id}/"
        assert (locale or indexed.locale, trail) == (page.locale, page.trail)
        for one, read in zip(page.documents, documents, strict=True):
            assert read == [one.title, one.anchor, one.facts, one.text, one.number]
            assert about["kinds"][next(kinds)] == one.kind
            assert [tuple(keys) for keys in next(facets)] == list(one.facets)


def test_each_piece_says_where_it_begins(indexed: Index, contract: Contract) -> None:
    texts = files(indexed, contract)
    about = meta(texts)
    assert about["words"] == [piece[0][0] for piece in pieces(texts, "w")]
    assert about["ends"] == [piece[0] for piece in pieces(texts, "e")]
    for name, kind in (("numbers", "w"), ("postings", "p"), ("cards", "c")):
        assert about[name] == [len(piece) for piece in pieces(texts, kind)]


def test_no_piece_is_larger_than_a_reader_should_wait_for(
    indexed: Index, contract: Contract
) -> None:
    texts = files(indexed, contract)
    for kind in "wpec":
        for number, piece in enumerate(pieces(texts, kind)):
            text = texts[f"{folder_of(texts)}/{kind}{number}.json"]
            assert len(text.encode()) <= LARGEST or len(piece) == 1
            assert piece
    assert len(texts[STUB]) < 500


def test_a_large_playbook_is_cut_into_many_pieces(contract: Contract) -> None:
    texts = files(big(contract), contract)
    assert min(len(pieces(texts, kind)) for kind in "wpec") >= 5
    assert len(pieces(texts, "f")) == 3


def test_the_theme_takes_the_stub_for_an_index_without_pages(contract: Contract) -> None:
    stub = json.loads(files(big(contract, 3), contract)[STUB])
    assert (stub["docs"], stub["config"]["lang"]) == ([], ["en"])


def test_equal_pages_have_the_same_files(own: Project) -> None:
    one, other = (files(index_of(own, "de"), own.contract) for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d._replace(text="Another word."),
        lambda d: d._replace(title="Another"),
        lambda d: d._replace(anchor="there"),
        lambda d: d._replace(facts="SME"),
        lambda d: d._replace(facets=Facets(("assess",))),
        lambda d: d._replace(kind="guidance"),
        lambda d: d._replace(number="4047"),
    ],
)
def test_whatever_changes_has_a_folder_of_its_own(
    change: Callable[[Document], Document], contract: Contract
) -> None:
    document = Document("process", "Title", "here", text="Some words.")
    folders = {
        folder_of(files(build_index([PageDocuments("a", (one,), "en")], contract, "en"), contract))
        for one in (document, change(document))
    }
    assert len(folders) == 2


def test_other_synonyms_have_a_folder_of_their_own(contract: Contract) -> None:
    locale = contract.locales["en"]
    other = replace(locale.search, synonyms=(*locale.search.synonyms, ("one", "other")))
    changed = replace(contract, locales={**contract.locales, "en": replace(locale, search=other)})
    pages = big(contract, 3).pages
    folders = {folder_of(files(build_index(pages, c, "en"), c)) for c in (contract, changed)}
    assert len(folders) == 2


def test_half_of_a_sign_that_yaml_can_write_is_no_end_of_the_build(tmp_path: Path) -> None:
    page = '---\ntitle: A\ndescription: "Half \\ud83d of a sign"\n---\n# Signs\n\nText.\n'
    site = small(tmp_path, {"en/signs.md": page})
    texts = dict(files_of(site.engine()._index, site.contract, str))
    for text in texts.values():
        json.loads(text.encode("utf-8"))
