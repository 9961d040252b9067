"""What is logged: told by who is meant to hear it, and each thing once."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError
from mkdocs.exceptions import Abort, MkDocsException

from leitfaden.model import Diagnostic

ROOT = "mkdocs"
"""What MkDocs listens to, and all of its plugins log below."""

_PACKAGES = "site-packages"


class Ear(logging.Handler):
    """Hears what is logged, and keeps it for who has asked for it in the same thread.

    Args:
        others: Who hears it if nobody has.
    """

    def __init__(self, others: Iterable[logging.Handler]) -> None:
        super().__init__()
        self._others = tuple(others)
        self._own = threading.local()

    def handle(self, record: logging.LogRecord) -> bool:
        """Keep or hand on a record."""
        kept: list[logging.LogRecord] | None = getattr(self._own, "kept", None)
        if kept is not None:
            kept.append(record)
        else:
            self.hand_on((record,))
        return True

    def hand_on(self, records: Iterable[logging.LogRecord]) -> None:
        """Let the others hear records, as far as their levels want them."""
        for record in records:
            for other in self._others:
                if record.levelno >= other.level:
                    other.handle(record)

    @contextmanager
    def listening(self) -> Iterator[list[logging.LogRecord]]:
        """Keep what this thread logs."""
        # Who records what is logged takes our place for a moment; two at once could keep it.
        logging.getLogger(ROOT).handlers[:] = [self]
        before = getattr(self._own, "kept", None)
        kept: list[logging.LogRecord] = []
        self._own.kept = kept
        try:
            yield kept
        finally:
            self._own.kept = before


@contextmanager
def heard() -> Iterator[Ear]:
    """Hear all that MkDocs and its plugins log."""
    logger = logging.getLogger(ROOT)
    before = logger.handlers[:]
    ear = Ear(before)
    logger.handlers[:] = [ear]
    try:
        yield ear
    finally:
        logger.handlers[:] = before


def diagnostic_of(record: logging.LogRecord) -> Diagnostic | None:
    """Return the finding that a record tells, if it tells one."""
    args = record.args
    if isinstance(args, tuple) and len(args) == 1 and isinstance(args[0], Diagnostic):
        return args[0]
    return None


def worth_telling(records: Iterable[logging.LogRecord]) -> list[logging.LogRecord]:
    """Return the records that say something about the site, not about what is being done."""
    return [
        record
        for record in records
        if record.levelno > logging.INFO
        or (record.levelno == logging.INFO and diagnostic_of(record) is not None)
    ]


def why_not(
    records: Iterable[logging.LogRecord], error: BaseException, root: Path
) -> tuple[str, ...]:
    """Return why something could not be made, as people can read it.

    Args:
        records: What was logged meanwhile.
        error: What ended it.
        root: The project's folder, to which files are named.
    """
    told = [one.getMessage() for one in records if one.levelno >= logging.WARNING]
    findings = [
        one.getMessage()
        for one in records
        if one.levelno >= logging.ERROR and diagnostic_of(one) is not None
    ]
    if isinstance(error, Abort | SystemExit) and (findings or told):
        return tuple(dict.fromkeys(findings or told))
    return tuple(dict.fromkeys((*told, _described(error, root))))


def _described(error: BaseException, root: Path) -> str:
    """Return what is wrong, with the last file of the project that had to do with it."""
    what = str(error) or type(error).__name__
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return f"{_short(error.filename, root)}:{error.lineno}: {what}"
    if not isinstance(error, MkDocsException | TemplateError):
        what = f"{type(error).__name__}: {what}"
    own = [
        f"{_short(frame.filename, root)}:{frame.lineno}: "
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).is_relative_to(root) and _PACKAGES not in frame.filename
    ]
    return f"{own[-1] if own else ''}{what}"


def _short(name: str, root: Path) -> str:
    path = Path(name)
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else name
