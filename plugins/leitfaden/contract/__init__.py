"""The contract of a playbook: `playbook.yml`, read, checked and ready to be asked."""

from leitfaden.contract.bounds import FileKinds, Limits
from leitfaden.contract.contract import Contract
from leitfaden.contract.fold import fold
from leitfaden.contract.load import load_contract, parse_contract
from leitfaden.contract.navigation import NavEntry, NavGroup, NavPage, nav_pages, phases_of_pages
from leitfaden.contract.nearest import nearest
from leitfaden.contract.problem import Code, ContractError
from leitfaden.contract.schema import contract_schema, front_matter_schema
from leitfaden.contract.settings import (
    Checks,
    Hosts,
    Kind,
    Level,
    Links,
    Locale,
    Metadata,
    PathLevels,
    Policy,
    RuleLevel,
)
from leitfaden.contract.term import GlossaryEntry, Label, Section, Term, terms_in_order
from leitfaden.contract.vocabulary import Form, Match, Vocabulary

__all__ = [
    "Checks",
    "Code",
    "Contract",
    "ContractError",
    "FileKinds",
    "Form",
    "GlossaryEntry",
    "Hosts",
    "Kind",
    "Label",
    "Level",
    "Limits",
    "Links",
    "Locale",
    "Match",
    "Metadata",
    "NavEntry",
    "NavGroup",
    "NavPage",
    "PathLevels",
    "Policy",
    "RuleLevel",
    "Section",
    "Term",
    "Vocabulary",
    "contract_schema",
    "fold",
    "front_matter_schema",
    "load_contract",
    "nav_pages",
    "nearest",
    "parse_contract",
    "phases_of_pages",
    "terms_in_order",
]
