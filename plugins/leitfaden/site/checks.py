"""The same checks as `leitfaden check`, once for all locales of a build."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from leitfaden.checking.baseline import DEFAULT_NAME, load_baseline
from leitfaden.checking.run import CheckOptions, Report, report_of
from leitfaden.checking.survey import Setting, survey_of
from leitfaden.contract import Contract
from leitfaden.model import Playbook
from leitfaden.reading.inventory import Inventory
from leitfaden.site.levels import TOLD_BY_CHECKS
from leitfaden.site.sources import is_ours


def report(playbook: Playbook, inventory: Inventory, contract: Contract, root: Path) -> Report:
    """Check the pages that are published.

    Args:
        playbook: The pages, as written.
        inventory: All files below the docs folder.
        contract: The playbook's contract.
        root: The project's folder, which holds the baseline.

    Raises:
        BaselineError: The baseline cannot be used.
    """
    setting = Setting(root=root, docs=root, contract=contract, today=dt.date.today())
    options = CheckOptions(
        baseline=load_baseline(root / DEFAULT_NAME, DEFAULT_NAME), baseline_name=DEFAULT_NAME
    )
    found = report_of(survey_of(playbook, inventory, setting), options)
    # MkDocs itself looks at the links of pages that it renders.
    theirs = {page.path for page in playbook if not is_ours(page)}
    told = (
        d for d in found.diagnostics if d.code not in TOLD_BY_CHECKS or d.place.path not in theirs
    )
    return replace(found, diagnostics=tuple(told))
