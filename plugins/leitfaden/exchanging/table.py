"""CSV: what is handed off as a table, and what comes back of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from leitfaden.exchanging.files import (
    Delivery,
    Offer,
    Trouble,
    UnreadableError,
    decoded,
    harmless,
    is_current,
    legend,
)
from leitfaden.exchanging.intake import Returned
from leitfaden.exchanging.notation import from_text, to_text
from leitfaden.publishing.tasks import as_cell

COLUMNS = (
    "id",
    "page",
    "section",
    "unit",
    "kind",
    "state",
    "source",
    "target",
    "done",
    "glossary",
    "tags",
    "before",
    "after",
)
_DONE = frozenset(("x", "1", "yes", "true"))
_SIGNS = "=+@\uff1d\uff0b\uff20"
# Where a spreadsheet begins a formula; apostrophes that stand there already get one more.
_FIRST = re.compile(rf"\A('*)(?= *[{_SIGNS}\-\uff0d\t\r\n])")
_WITHIN = re.compile(rf"([;\t\r\n][ \"]*)('*)(?=[{_SIGNS}]|[-\uff0d](?! ))")
_SEPARATORS = (",", ";", "\t")


def write(delivery: Delivery) -> str:
    """Return a CSV file in which no spreadsheet computes anything.

    Args:
        delivery: What it holds.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for offer in delivery.offers:
        writer.writerow([as_cell(quoted(cell)) for cell in _cells(offer)])
    return stream.getvalue()


def _cells(offer: Offer) -> Iterator[str]:
    text, context = offer
    yield text.ticket
    yield text.page.id
    yield harmless(" > ".join((context.title, *context.section)))
    yield harmless(text.name)
    yield text.standing.kind.value
    yield text.standing.state.value
    yield to_text(text.pieces)
    yield to_text(text.target_pieces)
    yield "x" if is_current(text) else ""
    yield " / ".join(f"{ours}: {theirs}" for ours, theirs in context.glossary)
    yield " / ".join(legend(text))
    yield harmless(context.before)
    yield harmless(context.after)


def quoted(text: str) -> str:
    """Return a text with an apostrophe wherever a spreadsheet would begin a formula."""
    return _FIRST.sub(r"'\1", _WITHIN.sub(r"\1'\2", text), count=1)


def unquoted(text: str) -> str:
    """Return a text without the apostrophes of `quoted`."""
    text = _FIRST.sub(lambda match: match[1][1:], text, count=1)
    return _WITHIN.sub(lambda match: match[1] + match[2][1:], text)


def read(data: bytes) -> list[Returned]:
    """Return what a CSV file brings back, whichever separator a spreadsheet has put in.

    Args:
        data: The file's content.

    Raises:
        UnreadableError: It is no table with the columns that are needed.
    """
    text = decoded(data)
    header = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    found: list[Returned] = []
    try:
        names = [name.strip().lower() for name in next(reader, [])]
        if "id" not in names or "target" not in names:
            raise UnreadableError(Trouble.FORMAT, ", ".join(names)[:120], 1)
        for row in reader:
            if any(row):
                found.append(_returned(dict(zip(names, row, strict=False)), reader.line_num))
    except csv.Error as error:
        raise UnreadableError(Trouble.SYNTAX, str(error), reader.line_num) from None
    return found


def _returned(row: dict[str, str], line: int) -> Returned:
    target = unquoted(row.get("target", ""))
    label = f"{row.get('page', '')} {row.get('unit', '')}".strip()
    is_done = row.get("done", "").strip().lower() in _DONE
    pieces = from_text(target) if target.strip() else None
    return Returned(row.get("id", "").strip(), pieces, is_done or None, label, line)
