"""The index: which word says how much of which document."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from leitfaden.contract import Contract
from leitfaden.contract.vocabulary import spellings
from leitfaden.searching.analysis import SHORTEST_PART, Analyser, pieces_of, stem_rules
from leitfaden.searching.documents import Document, PageDocuments

FULL = 15  # the most that a share or a strength can be
MOST_POSTINGS = 1000  # of one word; of one that is everywhere, those that say most
_TITLE, _NAME, _FACT, _TEXT = 15, 14, 7, 5
_MORE_TEXT = 2  # for each doubling of how often a text has the word
_OFTEN = 17  # times; more often says no more
# By how often a text has a word. It never says as much as a title or another name does.
_STRENGTHS = tuple(
    min(_TEXT + _MORE_TEXT * (max(times, 1).bit_length() - 1), _TITLE - 2)
    for times in range(_OFTEN)
)
_PART = 0.7  # of a compound that is made of the word


@dataclass(slots=True)
class Entry:
    """A word of the index.

    A posting is the number of a document, and share and strength in one number, see `packed`: how
    much of the document's title, or of another name of it, the word is, and how strongly it says
    what the document is about.

    Args:
        stem: Its stem.
        parts: The words of which it is made, if it is a compound.
        count: How many documents would have it if all had texts: names of tasks are too short to
            tell how rare a word is.
        postings: The documents that have it, by number.
    """

    stem: str
    parts: tuple[str, ...] = ()
    count: int = 0
    postings: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Index:
    """What can be found in one locale.

    Args:
        locale: The locale.
        pages: The pages with their documents.
        first: The number of the first document of each page.
        words: The words, in the order of their letters.
        rules: How stems are made of words that no page has.
        joints: What can stand between the parts of a compound.
        letters: Two letters that stand for one, and that one, folded.
        synonyms: Words, or several in a row, with what means the same.
        numbering: Words that stand before the number of a task and mean nothing by themselves.
        fillers: Words that say nothing of what a text is about.
    """

    locale: str
    pages: tuple[PageDocuments, ...]
    first: tuple[int, ...]
    words: Mapping[str, Entry]
    rules: tuple[tuple[str, str], ...]
    joints: tuple[str, ...]
    letters: Mapping[str, str]
    synonyms: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    numbering: tuple[str, ...]
    fillers: tuple[str, ...]

    @property
    def documents(self) -> int:
        """How many there are."""
        return self.first[-1] + len(self.pages[-1].documents) if self.pages else 0


def build_index(pages: Sequence[PageDocuments], contract: Contract, locale: str) -> Index:
    """Return the index of what readers of a locale can find.

    Args:
        pages: What there is to find.
        contract: The language, and the names that mean the same.
        locale: The readers' locale.
    """
    language = contract.locales[locale].search
    analyser = Analyser(language)
    said: dict[str, dict[int, int]] = {}
    first = []
    number = 0
    spread = _Spread(analyser, pages)
    for page in pages:
        first.append(number)
        for document in page.documents:
            for word, value in spread.of(document).items():
                documents = said.get(word)
                if documents is None:
                    documents = said[word] = {}
                documents[number] = value
            number += 1
    parts = _compounds(said, analyser) if language.joints else {}
    _let_parts_lead_to_compounds(said, parts)
    texts = _texts(pages)
    ordered = {
        word: Entry(
            analyser.stem(word),
            parts.get(word, ()),
            _count(said[word], texts, number),
            _foremost(said[word]),
        )
        for word in sorted(said, key=in_utf16)
    }
    return Index(
        locale,
        tuple(pages),
        tuple(first),
        ordered,
        tuple(stem_rules((word, entry.stem) for word, entry in ordered.items())),
        tuple(analyser.fold(joint) for joint in language.joints),
        {key: analyser.fold(letter) for key, letter in language.letters.items()},
        tuple(_synonyms(contract, locale, analyser)),
        tuple(dict.fromkeys(_numbering(contract, locale, analyser))),
        tuple(sorted(analyser.fillers)),
    )


def _texts(pages: Iterable[PageDocuments]) -> frozenset[int]:
    """Return the numbers of the documents that have a text."""
    documents = (one for page in pages for one in page.documents)
    return frozenset(number for number, one in enumerate(documents) if one.text)


def _count(documents_with: Mapping[int, int], texts: frozenset[int], documents: int) -> int:
    among = len(texts.intersection(documents_with))
    return max(among * documents // max(1, len(texts)), 1)


class _Spread:
    """Tells how much each word says of a document.

    Args:
        analyser: Finds the words.
        pages: All documents, since a word that many titles have says little of each.
    """

    def __init__(self, analyser: Analyser, pages: Iterable[PageDocuments]) -> None:
        self._words = analyser.words
        self._tokens = analyser.tokens
        self._titles: dict[str, list[str]] = {}
        self._facts: dict[str, list[str]] = {}
        self._shares: dict[str, dict[str, int]] = {}
        counts: Counter[str] = Counter()
        total = 0
        for page in pages:
            for document in page.documents:
                counts.update(set(self._title(document.title)))
                total += 1
        self._weight = {
            word: math.log(1 + (total - count + 0.5) / (count + 0.5))
            for word, count in counts.items()
        }
        self._rare = math.log(1 + 2 * total)

    def of(self, document: Document) -> dict[str, int]:
        """Return the share and the strength of each word, `packed`."""
        found: dict[str, int] = {}
        for word, count in Counter(self._words(document.text)).items():
            found[word] = _STRENGTHS[count] if count < _OFTEN else _STRENGTHS[-1]
        for word in self._fact(document.facts):
            _raise(found, word, 0, _FACT)
        for name in document.names:
            self._name(found, name, _NAME)
        self._name(found, document.title, _TITLE)
        if document.number:
            _raise(found, document.number, FULL, _TITLE)
        return found

    def _fact(self, facts: str) -> list[str]:
        words = self._facts.get(facts)
        if words is None:
            words = self._facts[facts] = self._words(facts)
        return words

    def _name(self, found: dict[str, int], name: str, strength: int) -> None:
        shares = self._shares.get(name)
        if shares is None:
            shares = self._shares[name] = dict(self._shares_of(name))
        for word, share in shares.items():
            _raise(found, word, share, strength)

    def _shares_of(self, name: str) -> Iterator[tuple[str, int]]:
        """Yield the share of each word; together those that a query has are the whole name."""
        tokens = self._tokens(name)
        weights: dict[str, float] = {}
        for word in tokens:
            weights[word] = weights.get(word, 0.0) + self._weight.get(word, self._rare)
        shares = apportioned(weights)
        yield from shares.items()
        for word in self._title(name):
            if word not in shares:  # one with hyphens, written as one
                yield word, min(FULL, sum(shares[part] for part in _parts_of(word, tokens))) or 1

    def _title(self, title: str) -> list[str]:
        words = self._titles.get(title)
        if words is None:
            words = self._titles[title] = self._words(title)
        return words


def apportioned(weights: Mapping[str, float]) -> dict[str, int]:
    """Return for each word its share in `FULL` by weight: at least 1, and together no less.

    Args:
        weights: The words of a title with how much each counts.
    """
    whole = sum(weights.values())
    exact = {word: FULL * weight / whole for word, weight in weights.items()}
    shares = {word: max(1, math.floor(share)) for word, share in exact.items()}
    missing = FULL - sum(shares.values())
    for word in sorted(exact, key=lambda word: shares[word] - exact[word])[: max(missing, 0)]:
        shares[word] += 1
    while missing < 0 and max(shares.values(), default=1) > 1:
        largest = max(shares, key=shares.__getitem__)
        shares[largest] -= 1
        missing += 1
    return shares


def _parts_of(word: str, tokens: Sequence[str]) -> Sequence[str]:
    """Return the words in a row that make up one; none if there are no such ones."""
    for start, first in enumerate(tokens):
        end, text = start + 1, first
        while word.startswith(text) and end < len(tokens) and text != word:
            text += tokens[end]
            end += 1
        if text == word:
            return tokens[start:end]
    return ()


def _raise(found: dict[str, int], word: str, share: int, strength: int) -> None:
    known = found.get(word)
    said = packed(share, strength)
    found[word] = said if known is None else _most(known, said)


def _compounds(words: Collection[str], analyser: Analyser) -> dict[str, tuple[str, ...]]:
    """Return the words that are made of others, with these."""
    known = {word for word in words if len(word) >= SHORTEST_PART and word.isalpha()}
    stems = {stem for word in words if len(stem := analyser.stem(word)) >= SHORTEST_PART}
    heads = known | stems
    joints = tuple(analyser.fold(joint) for joint in analyser.language.joints)

    def is_known(text: str) -> bool:
        return text in heads or analyser.stem(text) in stems

    found = (
        (word, pieces_of(word, joints, is_known, is_head=heads.__contains__)) for word in known
    )
    # An ending that happens to be a word, as in `abgeb-enden`, is no part.
    return {
        word: parts
        for word, parts in found
        if parts and len(word) - len(parts[-1]) < len(analyser.stem(word))
    }


def _let_parts_lead_to_compounds(
    said: dict[str, dict[int, int]], compounds: Mapping[str, Sequence[str]]
) -> None:
    weak: dict[str, dict[int, int]] = {}
    for word, parts in compounds.items():
        for part in dict.fromkeys(parts):
            found = weak.setdefault(part, {})
            for number, value in said[word].items():
                less = _WEAK[value]
                found[number] = _most(found[number], less) if number in found else less
    for part, documents in weak.items():
        found = said.setdefault(part, {})
        for number, less in documents.items():
            found[number] = _most(found[number], less) if number in found else less


def packed(share: int, strength: int) -> int:
    """Return share and strength, 0 to 15 each, in one number."""
    return (FULL + 1) * share + strength


def _weak(said: int) -> int:
    """Return what a document says of a part when it says as much as that of the compound."""
    share, strength = divmod(said, FULL + 1)
    return packed(int(_PART * share), max(1, int(_PART * strength)))


_WEAK = tuple(_weak(said) for said in range((FULL + 1) ** 2))


def _most(one: int, other: int) -> int:
    """Return the greater share and the greater strength of two."""
    step = FULL + 1
    return packed(max(one // step, other // step), max(one % step, other % step))


def _foremost(postings: Mapping[int, int]) -> list[tuple[int, int]]:
    if len(postings) <= MOST_POSTINGS:
        return sorted(postings.items())
    step = FULL + 1
    chosen = sorted(postings.items(), key=lambda one: (-(one[1] % step), -one[1], one[0]))
    return sorted(chosen[:MOST_POSTINGS])


def in_utf16(word: str) -> bytes:
    """Return what words are sorted by: as browsers compare them, in units of UTF-16."""
    return word.encode("utf-16-be", "surrogatepass")


def _synonyms(
    contract: Contract, locale: str, analyser: Analyser
) -> Iterable[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield what means the same: the names of each term, and the contract's own groups."""
    groups = [*contract.locales[locale].search.synonyms]
    for name in ("phases", "motions", "roles", "services", "requirements", "glossary"):
        terms = contract.vocabulary(name).values()
        groups += [tuple(text for text, _ in spellings(term, locale)) for term in terms]
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], None] = {}
    for group in groups:
        written = list(dict.fromkeys(tuple(analyser.tokens(text)) for text in group))
        for one in filter(None, written):
            for other in filter(None, written):
                if not set(other) <= set(one):
                    found[one, other] = None
    return sorted(found)


def _numbering(contract: Contract, locale: str, analyser: Analyser) -> Iterable[str]:
    names = contract.columns["task-id"].names if "task-id" in contract.columns else {}
    for text in (*contract.citations.task.get(locale, ()), names.get(locale, "")):
        yield from analyser.tokens(text)
