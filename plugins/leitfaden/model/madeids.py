"""The ids of the pages that a site makes besides those that were written."""

from __future__ import annotations

_RULES = "rules"
RULES_INDEX = f"{_RULES}/index"
_TASKS = "tasks"
FINDER = f"{_TASKS}/index"
CHECKLIST = "checklist"
MAP = "map"
CHANGES = "changes"
STATUS = "status"
_PRINT = "print"
WHOLE_PRINT = f"{_PRINT}/index"


def rule_page(code: str) -> str:
    """Return the id of the page that explains a rule."""
    return f"{_RULES}/{code}"


def task_page(task_id: str) -> str:
    """Return the id of the page of a task."""
    return f"{_TASKS}/{task_id}"


def term_page(vocabulary: str, key: str) -> str:
    """Return the id of the page of a term."""
    return f"{vocabulary}/{key}"


def terms_index(vocabulary: str) -> str:
    """Return the id of the page that lists the terms of a vocabulary."""
    return f"{vocabulary}/index"


def print_page(phase: str) -> str:
    """Return the id of the page that holds all pages of a phase, to be printed."""
    return f"{_PRINT}/{phase}"
