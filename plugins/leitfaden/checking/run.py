"""A whole check: what is wrong with the pages on disk, as far as it is to be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from leitfaden.checking.baseline import Baseline, Located, used_up_told
from leitfaden.checking.finding import Found
from leitfaden.checking.lines import Texts
from leitfaden.checking.rulepages import page_ids
from leitfaden.checking.severities import wrong_severities
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
    located = located_in(pages, options.only)
    told, used_up, known = _beside_baseline(located, paths, texts, options)
    diagnostics = [*_of_tree(pages, options)]
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
    return [
        Located(facts, one)
        for page in pages.asked(only)
        for facts in (pages.facts(page),)
        for one in pages.judge.told(facts)
    ]


def _beside_baseline(
    located: list[Located], asked: frozenset[str], texts: Texts, options: CheckOptions
) -> tuple[Mapping[str, list[Found]], list[Diagnostic], int]:
    """Return the findings to be told by path, what is told of the baseline, and what it knows."""
    used_up: list[Diagnostic] = []
    known = 0
    if options.baseline is not None:
        checked = None if options.only is None else asked
        split = options.baseline.split(located, texts.text, checked)
        located, known = split.new, len(split.known)
        used_up = [*used_up_told(split.used_up, options.baseline_name, options.language)]
    told: dict[str, list[Found]] = {}
    for one in located:
        told.setdefault(one.facts.path, []).append(one.found)
    return told, used_up, known


def _of_tree(pages: Survey, options: CheckOptions) -> Iterator[Diagnostic]:
    """Yield what is wrong with the tree as a whole rather than with a page."""
    inventory, contract = pages.inventory, pages.setting.contract
    ids = {*(page.page_id for page in inventory.pages), *page_ids(contract)}
    told = (*inventory.diagnostics, *inventory.two_files(), *contract.dangling(ids))
    yield from (one for one in told if is_asked(one.place.path, options.only))
    yield from wrong_severities(contract, options.language)


def text_of(root: Path, path: str) -> str:
    """Return the text of a file as lines are counted in it; empty if it cannot be read.

    Args:
        root: The project's folder.
        path: The file, relative to it.
    """
    return decode(content_of(str(root / path)).data).plain
