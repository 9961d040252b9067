"""The browser tabs that are open, and what they are told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock
from typing import NamedTuple


class Event(NamedTuple):
    """What a tab is told.

    Args:
        name: `reload`, or `findings` of the page.
        data: What goes with it, as one line.
    """

    name: str
    data: str = ""


@dataclass(eq=False)
class Tab:
    """A tab that shows a page.

    Args:
        uri: The path of the page below the site.
        seen: What stands for the bytes that it shows.
        panel: The panel that it shows.
        events: What it is to be told; None when the server ends.
    """

    uri: str
    seen: str
    panel: str = ""
    events: SimpleQueue[Event | None] = field(default_factory=SimpleQueue)

    def tell(self, name: str, data: str = "") -> None:
        """Tell it something."""
        self.events.put(Event(name, data))


class Tabs:
    """All tabs that listen."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._tabs: dict[Tab, None] = {}
        self._is_open = True

    @contextmanager
    def listening(self, uri: str, seen: str) -> Iterator[Tab]:
        """Know of a tab as long as it listens."""
        tab = Tab(uri, seen)
        with self._lock:
            self._tabs[tab] = None
            if not self._is_open:
                tab.events.put(None)
        try:
            yield tab
        finally:
            with self._lock:
                del self._tabs[tab]

    def by_page(self, first: str = "") -> dict[str, list[Tab]]:
        """Return the tabs by the paths of their pages.

        Args:
            first: The page that comes first.
        """
        with self._lock:
            tabs = tuple(self._tabs)
        found: dict[str, list[Tab]] = {first: []} if first else {}
        for tab in tabs:
            found.setdefault(tab.uri, []).append(tab)
        return {uri: ours for uri, ours in found.items() if ours}

    def close(self) -> None:
        """Let all of them go."""
        with self._lock:
            self._is_open = False
            for tab in self._tabs:
                tab.events.put(None)
