"""The index as files: small pieces, of which a reader's browser fetches those that a query needs.

All of one index lie in a folder that is named by a digest of their content, so that a page that was
loaded before the site was published anew never mixes pieces of two indexes. Beside the folder lies
the file that names it. The files, all JSON:

    search_index.json   what the theme takes for an empty index, and the folder's name
    meta.json           how the rest is cut, the analysis, the kinds of all documents, the weights
    w0.json, …          words in the order of their letters: [word, stem, count, postings, parts]
    e0.json, …          the same words backwards, in the order of these letters
    p0.json, …          the postings of the words, in the order of the words
    c0.json, …          pages in the order of their numbers, with their documents' texts:
                        [address, locale, trail, [[title, anchor, facts, text, number], …]]
    f0.json, …          the facets of 4,096 documents each

A stem is a number where it is that many letters of the word, and a word holds how many postings it
has. Postings are pairs of numbers: how far the document is from the one before, and share and
strength as 16 · share + strength. `meta.json` holds the first word of each piece of words, and how
many items each piece has.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from itertools import accumulate
from typing import Any, TypeAlias

from leitfaden.contract import Contract
from leitfaden.searching.documents import FACETS, Facets, PageDocuments
from leitfaden.searching.engine import Weights
from leitfaden.searching.index import FULL, Entry, Index, in_utf16

VERSION = 1
STUB = "search_index.json"
_BLOCK = 4096  # documents whose facets lie in one file
_WORDS = 8_000  # bytes of a piece of words, which the server compresses to about a third
_POSTINGS = 6_000  # bytes of a piece of postings
_CARDS = 4_000  # bytes of a piece of texts, of which a query needs as many as it shows pages
_DIGITS = 16
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_CODES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

Json: TypeAlias = Any


def files_of(
    index: Index, contract: Contract, address_of: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    """Yield the files of an index: their paths below the locale's `search/`, and their texts.

    Args:
        index: The index.
        contract: The names of facets.
        address_of: Returns the address of a page, below the locale's root, by its id.
    """
    words = _cut((_word(*one) for one in index.words.items()), _WORDS)
    postings = _cut(map(_postings, index.words.values()), _POSTINGS)
    backwards = sorted((word[::-1] for word in index.words), key=in_utf16)
    ends = _cut(backwards, _WORDS)
    cards = _cut(
        (_card(page, index.locale, address_of(page.page_id)) for page in index.pages), _CARDS
    )
    ordered = list(index.words)
    cuts = {
        "words": [ordered[at] for at in _starts(words)],
        "ends": [backwards[at] for at in _starts(ends)],
        "numbers": list(map(len, words)),
        "postings": list(map(len, postings)),
        "cards": list(map(len, cards)),
    }
    facets = [_json(one) for one in _facets(index)]
    pieces = {"w": words, "p": postings, "e": ends, "c": cards}
    texts = {
        f"{kind}{number}.json": f"[{','.join(piece)}]"
        for kind, those in pieces.items()
        for number, piece in enumerate(those)
    }
    texts |= {f"f{number}.json": text for number, text in enumerate(facets)}
    texts["meta.json"] = _json({**_about(index, contract), **cuts})
    folder = _digest(texts.items())
    yield from ((f"{folder}/{name}", text) for name, text in texts.items())
    yield STUB, _json(_stub(index.locale, folder))


def _about(index: Index, contract: Contract) -> Json:
    """Return what an engine has to know before it reads a piece."""
    kinds = list(dict.fromkeys(one.kind for page in index.pages for one in page.documents))
    codes = {kind: _CODES[min(at, len(_CODES) - 1)] for at, kind in enumerate(kinds)}
    return {
        "version": VERSION,
        "locale": index.locale,
        "full": FULL,
        "block": _BLOCK,
        "rules": index.rules,
        "joints": index.joints,
        "letters": index.letters,
        "synonyms": index.synonyms,
        "numbering": index.numbering,
        "fillers": index.fillers,
        "weights": asdict(Weights()),
        "kinds": {code: kind for kind, code in codes.items()},
        "documents": "".join(codes[one.kind] for page in index.pages for one in page.documents),
        "sizes": [len(page.documents) for page in index.pages],
        "facets": {
            name: [
                [key, term.name(index.locale)] for key, term in contract.vocabulary(name).items()
            ]
            for name in FACETS
        },
    }


def _word(word: str, entry: Entry) -> Json:
    stem = len(entry.stem) if word.startswith(entry.stem) else entry.stem
    found = [word, stem, entry.count, len(entry.postings)]
    return [*found, entry.parts] if entry.parts else found


def _postings(entry: Entry) -> list[int]:
    numbers: list[int] = []
    before = 0
    for document, said in entry.postings:
        numbers += (document - before, said)
        before = document
    return numbers


def _card(page: PageDocuments, locale: str, address: str) -> Json:
    documents = [[d.title, d.anchor, d.facts, d.text, d.number] for d in page.documents]
    return [address, "" if page.locale == locale else page.locale, page.trail, documents]


def _facets(index: Index) -> Iterator[Json]:
    """Yield the facets of each block: those that there are, and which of them a document has."""
    facets = [document.facets for page in index.pages for document in page.documents]
    for start in range(0, len(facets), _BLOCK):
        block = facets[start : start + _BLOCK]
        known: dict[Facets, int] = {}
        numbers = [known.setdefault(one, len(known)) for one in block]
        yield {"sets": list(known), "documents": numbers}


def _cut(items: Iterable[Json], most: int) -> list[list[str]]:
    """Return items as texts, in pieces that are not much longer than a piece should be.

    Args:
        items: The items.
        most: How long a piece should be, in bytes.
    """
    pieces: list[list[str]] = []
    size = most
    for item in items:
        text = _json(item)
        length = len(text.encode())
        if size + length > most:
            pieces.append([])
            size = 0
        pieces[-1].append(text)
        size += length
    return pieces


def _starts(pieces: Iterable[list[str]]) -> list[int]:
    """Return the number of the first item of each piece."""
    return list(accumulate(map(len, pieces), initial=0))[:-1]


def _stub(locale: str, folder: str) -> Json:
    config = {"lang": [locale], "separator": "[\\s]+", "pipeline": [], "fields": {}}
    return {"config": config, "docs": [], "leitfaden": {"version": VERSION, "folder": folder}}


def _digest(texts: Iterable[tuple[str, str]]) -> str:
    digest = hashlib.sha256()
    for name, text in texts:
        digest.update(f"{name}\0{text}\0".encode())
    return digest.hexdigest()[:_DIGITS]


def _json(content: Json) -> str:
    return _ENCODER.encode(content)
