"""What who finds nothing probably means."""

from __future__ import annotations

from collections.abc import Iterator

from leitfaden.contract.nearest import nearest
from leitfaden.searching.analysis import MOST_WORDS, Analyser
from leitfaden.searching.index import Index

_SHORTEST = 3  # letters: shorter words are like too many others


def suggestion(text: str, index: Index, analyser: Analyser) -> str:
    """Return the words of a query with the nearest words of an index in the place of unknown ones.

    Args:
        text: What was searched for.
        index: What can be found.
        analyser: Takes queries apart as the index was made.

    Returns:
        The words that can be found; empty if there are none.
    """
    return " ".join(_known(analyser.tokens(text)[:MOST_WORDS], index))


def _known(tokens: list[str], index: Index) -> Iterator[str]:
    for token in tokens:
        if token in index.words:
            yield token
        elif len(token) >= _SHORTEST:
            close = nearest(token, index.words)
            if close:
                yield close
