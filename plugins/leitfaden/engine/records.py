"""What is logged, kept until it is its turn to be told.

Processes that work at the same time log at the same time; people are to read it in the order in
which one process would have told it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from mkdocs.commands import build as mkdocs_build
from mkdocs.utils import DuplicateFilter

from leitfaden.model import Diagnostic
from leitfaden.site.messages import Messages

Records: TypeAlias = list[logging.LogRecord]

_ROOT = "mkdocs"  # what MkDocs listens to, and all of its plugins log below
_PLAIN = (str, int, float, bool, type(None), Diagnostic)


@contextmanager
def recorded(records: Records) -> Iterator[None]:
    """Keep what is logged instead of telling it.

    Args:
        records: Gets what is logged.
    """
    logger = logging.getLogger(_ROOT)
    before = logger.handlers[:]
    logger.handlers[:] = [_Recorder(records)]
    try:
        yield
    finally:
        logger.handlers[:] = before


@contextmanager
def forgotten() -> Iterator[None]:
    """Let MkDocs tell again what is told in this block, though it tells most things only once."""
    filters = [one for one in mkdocs_build.log.filters if isinstance(one, DuplicateFilter)]
    before = [set(one.msgs) for one in filters]
    try:
        yield
    finally:
        for one, known in zip(filters, before, strict=True):
            one.msgs = known


class _Recorder(logging.Handler):
    """Keeps records as they can be sent to another process."""

    def __init__(self, records: Records) -> None:
        super().__init__()
        self._records = records

    def handle(self, record: logging.LogRecord) -> bool:
        """Keep a record."""
        if record.exc_info and not record.exc_text:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip()
        record.exc_info = None
        if not _is_plain(record):
            record.msg, record.args = record.getMessage(), None
        self._records.append(record)
        return True


def _is_plain(record: logging.LogRecord) -> bool:
    args = record.args or ()
    return isinstance(args, tuple) and all(isinstance(one, _PLAIN) for one in args)


class Teller:
    """Tells what was recorded, each diagnostic once, as one build would have.

    Args:
        messages: What has told the build's diagnostics; learns which ones have been told.
    """

    def __init__(self, messages: Messages) -> None:
        self._messages = messages
        self._told: set[Diagnostic] = set()

    def tell(self, records: Iterable[logging.LogRecord]) -> None:
        """Hand records to whoever listens, in their order."""
        for record in records:
            diagnostic = diagnostic_of(record)
            if diagnostic is not None and diagnostic in self._told:
                continue
            if diagnostic is not None:
                self._told.add(diagnostic)
                self._messages.remember(diagnostic)
            logging.getLogger(record.name).handle(record)


def diagnostic_of(record: logging.LogRecord) -> Diagnostic | None:
    """Return what a record tells, if it is a diagnostic."""
    args = record.args
    if isinstance(args, tuple) and len(args) == 1 and isinstance(args[0], Diagnostic):
        return args[0]
    return None
