"""Words as a search compares them: folded, with their stems, and compounds taken apart.

`overrides/assets/javascripts/search/analysis.js` folds and splits texts in the same way; a test
compares the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeAlias

import Stemmer

from leitfaden.contract.settings import SearchLanguage

MOST_WORDS = 12  # of a query
LONGEST_WORD = 40
SHORTEST_PART = 4  # letters of a compound's part: shorter ones are found in words by accident
SHORTEST_COMPOUND = 2 * SHORTEST_PART
LONGEST_COMPOUND = 80  # taking one apart takes more than in proportion to its letters

# Scripts that set no blanks between their words: Thai to Burmese, Khmer, Chinese and Japanese.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = "[\\w\u0900-\u109f]"  # the signs of Indic scripts are no letters by themselves
_WORD = re.compile(f"{_LETTER}+(?:[-\u2010\u2011]{_LETTER}+)*")
_HYPHEN = re.compile("[-\u2010\u2011]")
_RUN = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_MARKS = re.compile("[\u0300-\u036f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")

Stems: TypeAlias = Callable[[str], str]


class Analyser:
    """Turns the texts of one language into words.

    Args:
        language: What there is to know about the language.
    """

    def __init__(self, language: SearchLanguage) -> None:
        self.language = language
        self._stems: Stems = _stems_of(language.stemmer)
        self._letters = {key: _bare(letter) for key, letter in language.letters.items()}
        self._digraphs = (
            re.compile("|".join(map(re.escape, self._letters))) if self._letters else None
        )
        self.fillers = frozenset(map(self.fold, language.fillers))
        self._known: dict[str, tuple[str, ...]] = {}
        self._stem_of: dict[str, str] = {}

    def fold(self, text: str) -> str:
        """Return a text without what readers may write differently: case, accents, digraphs."""
        bare = _bare(text)
        if self._digraphs is None:
            return bare
        return self._digraphs.sub(lambda match: self._letters[match[0]], bare)

    def words(self, text: str) -> list[str]:
        """Return the words of a text as the index holds them, without those that say nothing.

        Of a word with hyphens there are its parts and the whole, written as one.
        """
        known = self._known
        found: list[str] = []
        for token in _WORD.findall(_composed(text)):
            words = known.get(token)
            if words is None:
                words = known[token] = self._analysed(token)
            found += words
        return found

    def tokens(self, text: str) -> list[str]:
        """Return the words of a query: those with hyphens only in their parts.

        Words that say nothing are among them only where there are no others.
        """
        pieces = (piece for word in _WORD.findall(_composed(text)) for piece in _HYPHEN.split(word))
        words = [part for piece in pieces for part in self._parts(self.fold(piece))]
        return [word for word in words if word not in self.fillers] or words

    def stem(self, word: str) -> str:
        """Return the stem of a folded word; that of its first spelling that was met."""
        stem = self._stem_of.get(word)
        if stem is None:
            stem = self._stem_of[word] = self.fold(self._stems(word)) or word
        return stem

    def _analysed(self, token: str) -> tuple[str, ...]:
        pieces = _HYPHEN.split(token)
        words = [part for piece in pieces for part in self._remembered(piece)]
        if len(pieces) > 1 and not _IS_UNSPACED.search(token):
            words += self._remembered("".join(pieces))
        return tuple(word for word in words if word not in self.fillers)

    def _remembered(self, piece: str) -> list[str]:
        """Return the words of a piece, with its stem kept: the folded form may have another."""
        folded = self.fold(piece)
        words = self._parts(folded)
        if words == [folded] and folded not in self._stem_of:
            self._stem_of[folded] = self.fold(self._stems(piece.lower())) or folded
        return words

    def _parts(self, folded: str) -> list[str]:
        if not _IS_UNSPACED.search(folded):
            return [folded] if len(folded) > 1 or folded.isdecimal() else []
        return [part for run in _RUN.findall(folded) for part in _grams(run)]


def pieces_of(
    word: str,
    joints: Collection[str],
    is_known: Callable[[str], bool],
    most: int = 4,
    is_head: Callable[[str], bool] | None = None,
) -> tuple[str, ...]:
    """Return the known words of which a compound is made; empty if it is not made of any.

    Of several ways, that with the fewest words counts, and of these that with the longest first.

    Args:
        word: A folded word.
        joints: What can stand between two words.
        is_known: Tells whether a text is a word.
        most: How many words there can be.
        is_head: Tells whether a text is a word that another one can follow; any can without it.
    """
    if not SHORTEST_COMPOUND <= len(word) <= LONGEST_COMPOUND or not word.isalpha():
        return ()
    heads = _heads(word, is_head or is_known)
    for count in range(2, most + 1) if heads else ():
        found = _pieces(word, joints, is_known, count, is_head or is_known, heads)
        if found:
            return found
    return ()


def _heads(word: str, is_head: Callable[[str], bool]) -> list[int]:
    """Return where the words end that a compound can begin with, the longest first."""
    ends = range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1)
    return [end for end in ends if is_head(word[:end])]


def _pieces(
    word: str,
    joints: Collection[str],
    is_known: Callable[[str], bool],
    count: int,
    is_head: Callable[[str], bool],
    heads: Iterable[int] | None = None,
) -> tuple[str, ...]:
    if count == 1:
        return (word,) if len(word) >= SHORTEST_PART and is_known(word) else ()
    for end in _heads(word, is_head) if heads is None else heads:
        rest = word[end:]
        for joint in ("", *joints):
            if rest.startswith(joint):
                others = _pieces(rest[len(joint) :], joints, is_known, count - 1, is_head)
                if others:
                    return (word[:end], *others)
    return ()


def stem_rules(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return how stems are made of words, by example: `(ending, what takes its place)`.

    With these a reader's browser finds the stem of a word that no page has, without a stemmer.

    Args:
        pairs: Words with their stems.
    """
    counts: dict[tuple[str, str], int] = {}
    for word, stem in pairs:
        shared = _shared(word, stem)
        rule = word[shared:], stem[shared:]
        if rule[0]:
            counts[rule] = counts.get(rule, 0) + 1
    often = [rule for rule, count in counts.items() if count > 1]
    return sorted(often, key=lambda rule: (-len(rule[0]), rule))


def _shared(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _grams(run: str) -> Iterator[str]:
    """Yield pairs of signs that stand side by side, of a script without blanks."""
    if not _IS_UNSPACED.match(run):
        if len(run) > 1 or run.isdecimal():
            yield run
    elif len(run) == 1:
        yield run
    else:
        yield from (run[at : at + 2] for at in range(len(run) - 1))


def _composed(text: str) -> str:
    text = text.lower().replace("_", " ")  # which `\w` takes for a letter
    return text if text.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def _bare(text: str) -> str:
    text = text.lower()
    if text.isascii():
        return text
    text = _MARKS.sub("", unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)))
    text = unicodedata.normalize("NFC", text)
    return text.replace("\N{LATIN SMALL LETTER SHARP S}", "ss").replace(
        "\N{GREEK SMALL LETTER FINAL SIGMA}", "\N{GREEK SMALL LETTER SIGMA}"
    )


def _stems_of(algorithm: str | None) -> Stems:
    if algorithm is None:
        return str
    stemmer = Stemmer.Stemmer(algorithm, 0)  # words are kept here; its own cache would be a second
    stem: Stems = stemmer.stemWord
    return stem
