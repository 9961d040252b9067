"""What sources said when they were translated, and how translations stood earlier: from git.

The same commit has to become the same site every time. So nothing here asks for the time: what is
looked for is bound by how many versions and pages there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from math import inf
from pathlib import Path
from typing import NamedTuple

from leitfaden.checking.survey import Survey
from leitfaden.checking.trend import ALWAYS_THE_SAME, Trend, trend_of
from leitfaden.contract import Contract
from leitfaden.model import Playbook
from leitfaden.reading.versions import head_of, read_versions
from leitfaden.translating.history import Before, Found, Key, Point, Wanted, find_before
from leitfaden.translating.standing import Standing, UnitState

_MOST_VERSIONS = 2_000  # of all pages


class _Kept(NamedTuple):
    """What a build has found out; it holds as long as there is no other commit.

    Args:
        head: The last commit.
        contract: The contract that pages were read by.
        trends: The trend of all locales, once it is known.
        found: What texts were.
    """

    head: str
    contract: Contract
    trends: list[Trend]
    found: Found


# `mkdocs serve` builds again and again.
_KEPT: dict[Path, _Kept] = {}


class Befores:
    """Asks git about translations, once a build, when a page asks.

    Args:
        survey: All pages.
        playbook: The pages that were written.
        standings: Returns how all translations of a locale stand.
    """

    def __init__(
        self,
        survey: Survey,
        playbook: Playbook,
        standings: Callable[[str], tuple[Standing, ...]],
    ) -> None:
        self._survey = survey
        self._playbook = playbook
        self._standings = standings

    def before(self, page_id: str, text: str) -> Before | None:
        """Return what a text of a source page was.

        Args:
            page_id: The page.
            text: The text's hash, as it is recorded.
        """
        return self._found.get((page_id, text))

    def trend(self, locale: str) -> tuple[Point, ...]:
        """Return how the translations of a locale stood earlier, the oldest point first."""
        return self._trend.get(locale, ())

    @cached_property
    def _trend(self) -> Trend:
        trends = self._kept.trends
        if not trends:
            pairs = self._survey.standings.pairs
            trends.append(trend_of(self._survey.setting, pairs, ALWAYS_THE_SAME))
        return trends[0]

    @cached_property
    def _found(self) -> Mapping[Key, Before | None]:
        wanted = tuple(self._wanted())
        known = self._kept.found
        if any((one.page_id, text) not in known for one in wanted for text in one.hashes):
            setting = self._survey.setting
            versions = read_versions(setting.docs / setting.contract.source)
            known.update(
                find_before(wanted, versions, setting.contract, known, inf, _MOST_VERSIONS)
            )
        return known

    @cached_property
    def _kept(self) -> _Kept:
        setting = self._survey.setting
        head, kept = head_of(setting.docs), _KEPT.get(setting.docs)
        if kept is None or (kept.head, kept.contract) != (head, setting.contract):
            kept = _KEPT[setting.docs] = _Kept(head, setting.contract, [], {})
        return kept

    def _wanted(self) -> Iterator[Wanted]:
        """Yield what to look for: recorded texts of pages that are there."""
        source = self._playbook.source
        folder = self._survey.setting.docs / source
        texts: dict[str, set[str]] = {}
        for locale in self._playbook.locales:
            for standing in self._standings(locale) if locale != source else ():
                for unit in standing.in_state(UnitState.BEHIND):
                    if unit.record:
                        texts.setdefault(standing.page_id, set()).add(unit.record.source)
        for page_id, found in sorted(texts.items()):
            page = self._playbook.page(page_id, source)
            file = self._survey.setting.root / page.path if page else None
            if file and file.is_relative_to(folder):
                name = file.relative_to(folder).as_posix()
                yield Wanted(name, page_id, frozenset(found))
