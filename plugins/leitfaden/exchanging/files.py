"""What files of translators have in common: what is written into them, and why one is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from leitfaden.exchanging.content import Form
from leitfaden.exchanging.handoff import Context, Handed
from leitfaden.translating.standing import UnitState

MAX_BYTES = 20_000_000  # some ten times what all pages of a large playbook hold
# What no file of text may hold, and what some readers take for the end of a line.
_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")


class Offer(NamedTuple):
    """A text with its context.

    Args:
        text: The text.
        context: What its translator has to know.
    """

    text: Handed
    context: Context


class Delivery(NamedTuple):
    """All that one file holds.

    Args:
        source: The tag of the source's language.
        target: The tag of the translation's language.
        offers: The texts, page by page.
    """

    source: str
    target: str
    offers: Sequence[Offer]


class Trouble(StrEnum):
    """Why a file cannot be read."""

    TOO_LARGE = "too-large"
    ENCODING = "encoding"
    SYNTAX = "syntax"
    DOCTYPE = "doctype"
    FORMAT = "format"
    NOTHING = "nothing"


class UnreadableError(Exception):
    """A file that cannot be read.

    Args:
        trouble: Why.
        detail: What is wrong in it.
        line: Its line, or 0.
    """

    def __init__(self, trouble: Trouble, detail: str = "", line: int = 0) -> None:
        super().__init__(f"{trouble}: {detail}")
        self.trouble = trouble
        self.detail = detail
        self.line = line


def decoded(data: bytes) -> str:
    """Return a file's text.

    Args:
        data: The file's content.

    Raises:
        UnreadableError: It is no UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        detail = f"0x{data[error.start]:02X}"
        raise UnreadableError(Trouble.ENCODING, detail, line) from None
    if "\0" in text:
        raise UnreadableError(Trouble.ENCODING, "0x00", text.count("\n", 0, text.index("\0")) + 1)
    return text


def harmless(text: str) -> str:
    """Return a text that people only read without signs that would break a file."""
    return _ODD.sub("\ufffd", text)


def is_current(text: Handed) -> bool:
    """Tell whether a text needs no translator."""
    return text.standing.state is UnitState.CURRENT


def legend(text: Handed) -> list[str]:
    """Return what each tag of a text and of its translation stands for."""
    found: dict[str, str] = {}
    for content, ids in ((text.source, text.ids), (text.target, text.target_ids)):
        for token in content.tokens if content else ():
            if not isinstance(token, str) and token.form is not Form.CLOSE:
                name = ids.get(token.number)
                if name:
                    found.setdefault(name, f"<{name}> {token.kind}: {token.meant or token.raw}")
    return [harmless(" ".join(line.split())) for line in found.values()]
