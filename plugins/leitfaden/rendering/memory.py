"""What is found out once for all pages that readers of a locale get."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from leitfaden.model import Playbook

T = TypeVar("T")


class OncePerLocale(Generic[T]):
    """Remembers what was made of a playbook for a locale, until another playbook comes.

    Args:
        make: Makes it.
    """

    def __init__(self, make: Callable[[Playbook, str], T]) -> None:
        self._make = make
        self._playbook: Playbook | None = None
        self._made: dict[str, T] = {}

    def of(self, playbook: Playbook, locale: str) -> T:
        """Return what there is for the readers of a locale."""
        if playbook is not self._playbook:
            self._playbook, self._made = playbook, {}
        if locale not in self._made:
            self._made[locale] = self._make(playbook, locale)
        return self._made[locale]
