"""Where rules are explained on the site."""

from __future__ import annotations

from leitfaden.checking.registry import all_rules
from leitfaden.contract import Contract

_FOLDER = "rules"
INDEX = f"{_FOLDER}/index"


def page_id_of(code: str) -> str:
    """Return the id of the page that explains a rule."""
    return f"{_FOLDER}/{code}"


def page_ids(contract: Contract) -> tuple[str, ...]:
    """Return the ids of all pages that a playbook's site makes of rules."""
    return (INDEX, *map(page_id_of, all_rules())) if contract.checks.pages else ()
