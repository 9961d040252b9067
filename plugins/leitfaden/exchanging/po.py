"""PO: what is handed off as gettext files have it, and what comes back of it."""

from __future__ import annotations

import polib

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

_FUZZY = "fuzzy"


def write(delivery: Delivery) -> str:
    """Return a PO file; what has to be looked at again is fuzzy.

    Args:
        delivery: What it holds.
    """
    file = polib.POFile()
    file.metadata = {
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": delivery.target,
        "X-Source-Language": delivery.source,
    }
    file.extend(map(_entry, delivery.offers))
    return f"{file}\n"


def _entry(offer: Offer) -> polib.POEntry:
    text, context = offer
    notes = [" > ".join((context.title, *context.section))]
    notes.append(f"{text.standing.kind}, {text.standing.state}")
    notes += [f"= {ours}: {theirs}" for ours, theirs in context.glossary]
    notes += legend(text)
    if context.before:
        notes.append(f"before: {context.before}")
    if context.after:
        notes.append(f"after: {context.after}")
    target = to_text(text.target_pieces)
    return polib.POEntry(
        msgctxt=f"{text.page.id} {text.name} {text.ticket}",
        msgid=to_text(text.pieces),
        msgstr=target,
        comment="\n".join(harmless(" ".join(note.split())) for note in notes),
        occurrences=[(text.path.replace(" ", "%20"), "")],
        flags=[_FUZZY] if target and not is_current(text) else [],
    )


def read(data: bytes) -> list[Returned]:
    """Return what a PO file brings back.

    Args:
        data: The file's content.

    Raises:
        UnreadableError: It is no PO file.
    """
    # The line in front keeps the library from taking a text for the name of a file.
    text = "#\n" + decoded(data)
    try:
        file = polib.pofile(text, encoding="utf-8")
    except (OSError, ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        raise UnreadableError(Trouble.SYNTAX, str(error)[:120]) from None
    return [_returned(entry) for entry in file if not entry.obsolete]


def _returned(entry: polib.POEntry) -> Returned:
    label, _, ticket = (entry.msgctxt or "").rpartition(" ")
    pieces = from_text(entry.msgstr) if entry.msgstr and not entry.msgid_plural else None
    is_done = _FUZZY not in entry.flags
    return Returned(ticket, pieces, is_done, label or entry.msgid[:60], (entry.linenum or 1) - 1)
