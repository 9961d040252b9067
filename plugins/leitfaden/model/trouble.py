"""What keeps a project from being built well, as it is told to a person."""

from __future__ import annotations

from typing import NamedTuple

from leitfaden.model.diagnostic import Severity


class Trouble(NamedTuple):
    """Something that is wrong around the pages.

    Args:
        name: Its stable name, such as `shallow-clone`.
        severity: How much it matters.
        what: What is wrong.
        why: Why that matters; empty where it goes without saying.
        cure: What to do about it.
    """

    name: str
    severity: Severity
    what: str
    why: str
    cure: str


class Examined(NamedTuple):
    """Something that has been looked at.

    Args:
        name: Its stable name, such as `history`.
        title: What it is called.
        troubles: What is wrong with it.
    """

    name: str
    title: str
    troubles: tuple[Trouble, ...]
