"""A whole check: what is wrong with the pages on disk, as far as it is to be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from leitfaden.checking.around import around
from leitfaden.checking.baseline import Baseline, Located, used_up_told
from leitfaden.checking.finding import Found
from leitfaden.checking.lines import Texts
from leitfaden.checking.outside import told_outside
from leitfaden.checking.registry import all_rules
from leitfaden.checking.severities import severity_of, wrong_severities
from leitfaden.checking.shared import without_repetitions
from leitfaden.checking.survey import Setting, Survey, is_asked, survey
from leitfaden.model import Diagnostic
from leitfaden.reading.files import content_of
from leitfaden.reading.playbook import no_collector
from leitfaden.reading.source import decode


@dataclass(frozen=True, kw_only=True)
class CheckOptions:
    """What is told, and how.

    Args:
        language: The language of the messages.
        only: Paths, as findings name them, of which alone findings are told; None for all.
        codes: The rules whose findings are told; all if empty.
        baseline: What nobody is to be told.
        baseline_name: What findings call the baseline's file.
    """

    language: str = "en"
    only: frozenset[str] | None = None
    codes: frozenset[str] = frozenset()
    baseline: Baseline | None = None
    baseline_name: str = ""


@dataclass(frozen=True)
class Report:
    """What a check has found.

    Args:
        diagnostics: The findings, by file and place.
        pages: How many pages were looked at.
        texts: The texts of the files that findings name.
        known: How many findings the baseline knows.
    """

    diagnostics: tuple[Diagnostic, ...]
    pages: int
    texts: Texts
    known: int = 0


def check(setting: Setting, options: CheckOptions) -> Report:
    """Check the pages of a docs folder.

    Args:
        setting: Where they are.
        options: What is told, and how.
    """
    with no_collector():
        return report_of(survey(setting), options)


def report_of(pages: Survey, options: CheckOptions) -> Report:
    """Return what is told of pages that have been looked at.

    Args:
        pages: All pages.
        options: What is told, and how.
    """
    texts = Texts(partial(text_of, pages.setting.root))
    asked = pages.asked(options.only)
    paths = frozenset(page.path for page in asked)
    located, used_up, known = _beside_baseline(pages, paths, texts, options)
    located = without_repetitions(located)
    diagnostics = [*_around(located, pages, options)]
    told: dict[str, list[Found]] = {}
    for one in located:
        if one.place is None:
            told.setdefault(one.facts.path, []).append(one.found)
    for page in asked:
        found = told.get(page.path, [])
        diagnostics += pages.judge.diagnostics(pages.facts(page), found, options.language)
    diagnostics += used_up
    if options.codes:
        diagnostics = [one for one in diagnostics if one.code in options.codes]
    return Report(tuple(diagnostics), len(asked), texts, known)


def located_in(pages: Survey, only: frozenset[str] | None) -> list[Located]:
    """Return all findings that would be told without a baseline.

    Args:
        pages: All pages.
        only: Paths of which alone findings are told; None for all.
    """
    return [*around(pages, only)] + [
        Located(facts, one)
        for page in pages.asked(only)
        for facts in (pages.facts(page),)
        for one in pages.judge.told(facts)
    ]


def _beside_baseline(
    pages: Survey, asked: frozenset[str], texts: Texts, options: CheckOptions
) -> tuple[list[Located], list[Diagnostic], int]:
    """Return the findings to be told, what is told of the baseline, and how many it knows."""
    located = located_in(pages, options.only)
    if options.baseline is None:
        return located, [], 0
    checked = None if options.only is None else asked
    split = options.baseline.split(located, texts.text, checked)
    used_up = [*used_up_told(split.used_up, options.baseline_name, options.language)]
    return split.new, used_up, len(split.known)


def _around(
    located: Iterable[Located], pages: Survey, options: CheckOptions
) -> Iterator[Diagnostic]:
    """Yield what is wrong around the pages, in words."""
    contract = pages.setting.contract
    for one in located:
        if one.place:
            severity = severity_of(all_rules()[one.found.code], one.facts.path, contract)
            yield told_outside(one.found, one.place, options.language, severity)
    wrong = wrong_severities(contract, options.language)
    yield from (one for one in wrong if is_asked(one.place.path, options.only))


def text_of(root: Path, path: str) -> str:
    """Return the text of a file as lines are counted in it; empty if it cannot be read.

    Args:
        root: The project's folder.
        path: The file, relative to it.
    """
    return decode(content_of(str(root / path)).data).plain
