"""What is wrong with a contract."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from itertools import islice

from leitfaden.contract.nearest import nearest
from leitfaden.model.diagnostic import Diagnostic, Severity
from leitfaden.model.span import Place, Position

_MOST_LISTED = 1000  # a hostile file must not make a message of megabytes
_MOST_COMPARED = 200_000  # nor a search for the nearest of many keys for each of them
_MOST_NAMED = 20


class Code(StrEnum):
    """The codes of what can be wrong in `playbook.yml`."""

    UNKNOWN_KEY = "LF901"
    MISSING_NAME = "LF902"
    CLAIMED_TWICE = "LF903"
    MISSING_PAGE = "LF904"
    NOT_ALLOWED = "LF905"
    UNREADABLE = "LF906"
    DUPLICATE_KEY = "LF907"


class ContractError(Exception):
    """A contract that cannot be used, with everything that is wrong with it.

    Args:
        diagnostics: The findings in the order of the file; as text, one a line.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return "\n".join(str(diagnostic) for diagnostic in self.diagnostics)

    def __reduce__(self) -> tuple[type[ContractError], tuple[tuple[Diagnostic, ...]]]:
        return type(self), (self.diagnostics,)


class Problems:
    """The findings in one contract file, collected so that all are told at once."""

    def __init__(self, path: str) -> None:
        """Begin without findings; `path` is the file as the findings name it."""
        self.path = path
        self._found: dict[Diagnostic, None] = {}
        self._comparisons = _MOST_COMPARED

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(
        self,
        code: Code,
        start: Position | None,
        end: Position | None,
        message: str,
        help: str = "",
    ) -> None:
        """Note one finding; the same one twice (a YAML alias) is one."""
        if not self.full:
            place = Place(self.path, start, end)
            self._found[Diagnostic(code.value, Severity.ERROR, place, message, help)] = None

    @property
    def full(self) -> bool:
        """Whether so much is wrong that no more is noted."""
        return len(self._found) >= _MOST_LISTED

    def guess(self, text: str, known: Collection[str]) -> str | None:
        """Return the nearest of `known`, as long as guessing stays affordable."""
        self._comparisons -= len(known)
        return nearest(text, known) if self._comparisons >= 0 and not self.full else None

    def error(self) -> ContractError:
        """Return all findings as one error, in the order of the file."""
        return ContractError(sorted(self._found, key=_order))


def _order(diagnostic: Diagnostic) -> tuple[Position, str, str]:
    return diagnostic.place.start or Position(0, 0), diagnostic.code, diagnostic.message


def quoted(text: str) -> str:
    """Return a text from the file as a message shows it: in one line and not too long."""
    line = " ".join(text.split())
    return f"`{line if len(line) <= 60 else line[:59] + '…'}`"


def listed(texts: Collection[str]) -> str:
    """Return names as an enumeration in a message, the first of them if they are many."""
    named = ", ".join(quoted(text) for text in islice(texts, _MOST_NAMED))
    return f"{named}, …" if len(texts) > _MOST_NAMED else named
