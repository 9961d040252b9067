"""The same checks as `leitfaden check`, once for all locales of a build."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from leitfaden.checking.baseline import DEFAULT_NAME, load_baseline
from leitfaden.checking.judge import Judge
from leitfaden.checking.pairs import pairs_of
from leitfaden.checking.run import CheckOptions, Report, report_of
from leitfaden.checking.standings import PairStandings
from leitfaden.checking.survey import Setting, Survey, survey_of
from leitfaden.checking.tree import Tree
from leitfaden.contract import Contract
from leitfaden.model import Page, Playbook
from leitfaden.reading.inventory import Inventory
from leitfaden.site.levels import TOLD_BY_MKDOCS
from leitfaden.site.sources import is_ours


def setting_of(contract: Contract, root: Path, docs: Path, workers: int) -> Setting:
    """Return where the pages of a build lie, and how they are checked: as of today.

    Args:
        contract: The playbook's contract.
        root: The project's folder.
        docs: The folder that holds one folder a locale.
        workers: How many processes may compare translations at the same time.
    """
    today = dt.date.today()
    return Setting(root=root, docs=docs, contract=contract, today=today, workers=workers)


def survey_unchecked(playbook: Playbook, inventory: Inventory, setting: Setting) -> Survey:
    """Return where the pages of a build are from, and how translations stand; none is checked.

    Args:
        playbook: The pages, as written.
        inventory: All files below the docs folder.
        setting: Where they lie.
    """
    none = Playbook(playbook.source, playbook.locales, {})
    found = survey_of(none, inventory, setting)
    pairs = partial(pairs_of, setting, inventory, playbook=playbook)
    return replace(found, standings=PairStandings(setting.contract, pairs, playbook.page))


def let_go(pages: Survey) -> Survey:
    """Return pages that have been checked, without what only checks have to know of them.

    Args:
        pages: All pages.
    """
    pages.standings.pairs.let_go()
    setting = pages.setting
    tree = Tree(setting.contract, {}, frozenset(), setting.today, standings=pages.standings)
    return replace(pages, tree=tree, judge=Judge.of_findings(tree, {}))


def report(pages: Survey, playbook: Playbook) -> Report:
    """Check the pages that are published.

    Args:
        pages: All pages.
        playbook: The same, as they were read.

    Raises:
        BaselineError: The baseline in the project's folder cannot be used.
    """
    file = pages.setting.root / DEFAULT_NAME
    options = CheckOptions(baseline=load_baseline(file, DEFAULT_NAME), baseline_name=DEFAULT_NAME)
    found = report_of(pages, options)
    theirs = {page.path for page in playbook if not is_ours(page) and _mkdocs_reads(page)}
    told = (
        one
        for one in found.diagnostics
        if one.code not in TOLD_BY_MKDOCS or one.place.path not in theirs
    )
    return replace(found, diagnostics=tuple(told))


def _mkdocs_reads(page: Page) -> bool:
    """Tell whether MkDocs gets through a page: it breaks down at an address like `http://[`."""
    try:
        for link in page.links:
            urlsplit(link.target)
    except ValueError:
        return False
    return True
