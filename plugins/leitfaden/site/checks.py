"""The same checks as `leitfaden check`, once for all locales of a build."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from leitfaden.checking.baseline import DEFAULT_NAME, load_baseline
from leitfaden.checking.run import CheckOptions, Report, report_of
from leitfaden.checking.survey import Setting, survey_of
from leitfaden.contract import Contract
from leitfaden.model import Playbook
from leitfaden.reading.inventory import Inventory


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
    return report_of(survey_of(playbook, inventory, setting), options)
