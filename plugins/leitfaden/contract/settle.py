"""The tree of a contract file → its models."""

from __future__ import annotations

from typing import Any, TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from leitfaden.contract.draft import Draft, dotted, subject
from leitfaden.contract.file import NAV_TAGS, ContractFile, NavPageEntry
from leitfaden.contract.keys import is_locale, takes_locales
from leitfaden.contract.problem import Code, listed, quoted
from leitfaden.contract.tree import Path, plain, remove

Told: TypeAlias = tuple[str, str]  # a message and its help

_WANTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "union_tag_not_found": "a page's id, a page or a group of pages",
}
_MOST_ROUNDS = 100


def settle(draft: Draft) -> ContractFile | None:
    """Read the models.

    What pydantic refuses is reported and taken out of the tree; then it is asked again, so that
    what is left can be checked further.

    Returns:
        The models of all that is well-formed; None if `source` or `locales` is not.
    """
    for _ in range(_MOST_ROUNDS):
        try:
            return ContractFile.model_validate(plain(draft.root), by_alias=True, by_name=False)
        except ValidationError as error:
            if not _take_out(draft, error.errors(include_url=False)):
                break
    return None


def _take_out(draft: Draft, errors: list[ErrorDetails]) -> bool:
    gone: list[Path] = []
    for detail in errors:
        path = _path(detail)
        missing = detail["type"] == "missing"
        if _is_nameless(detail, path):
            gone.append(path)  # no hole: that the term has no name there is still to be said
            continue
        if not draft.guessed(path) and not draft.hollow(*path):
            _report(draft, detail, path)
        draft.add_hole(path)
        gone.append(path[:-1] if missing else path)
    remove(draft.root, gone)
    return () not in gone


def _path(detail: ErrorDetails) -> Path:
    return tuple(key for key in detail["loc"] if key not in NAV_TAGS)


def _is_nameless(detail: ErrorDetails, path: Path) -> bool:
    """Tell whether someone wrote a locale's key and left the text for later."""
    return (
        detail["type"] == "string_type"
        and detail["input"] is None
        and takes_locales(path[:-1])
        and is_locale(str(path[-1]))
    )


def _report(draft: Draft, detail: ErrorDetails, path: Path) -> None:
    kind = detail["type"]
    if kind == "missing":
        place = path[:-1]
        draft.report_key(Code.NOT_ALLOWED, place, f"The key {dotted(path)} is missing.", "Add it.")
    elif kind == "extra_forbidden":
        message = f"Unknown key {quoted(str(path[-1]))} in an entry with `page`."
        help = f"Known here: {listed(NavPageEntry.file_keys())}."
        draft.report_key(Code.UNKNOWN_KEY, path, message, help)
    else:
        message, help = _told(draft, detail, path)
        draft.report(Code.NOT_ALLOWED, path, message, help)


def _told(draft: Draft, detail: ErrorDetails, path: Path) -> Told:
    name, given = subject(path), detail["input"]
    context = detail.get("ctx", {})
    match detail["type"]:
        case kind if kind in _WANTED:
            return _mismatch(f"{name} must be {_WANTED[kind]}", given), _help(kind, given)
        case "literal_error":
            expected = str(context["expected"]).replace("'", "`")
            known = [part for part in expected.split("`") if part.strip(" ,") not in ("", "or")]
            return _mismatch(f"{name} must be {expected}", given), _guess(draft, given, known)
        case "greater_than_equal" | "less_than_equal":
            most = {"level": "6", "depth": "100"}.get(str(path[-1]))
            wanted = f"a whole number from 1 to {most}" if most else "a whole number above 0"
            return f"{name} must be {wanted}, not {given}.", ""
        case "size":
            help = "Write a number and its unit, such as `500 KB`, `20 MB` or `1 GB`."
            return _mismatch(f"{name} must be a size", given), help
        case "ending":
            help = "Write it without a dot, such as `pdf`."
            return f"{name} is no ending: {quoted(given)}.", help
        case "origin":
            help = "Write one such as `https://images.example`."
            return f"{name} is no host: {quoted(given)}.", help
        case "blank" | "string_too_short":
            return f"{name} is blank.", "Write a text, or remove it."
        case "too_short":
            return f"{name} is empty.", "Add at least one entry."
        case "date_pattern":
            help = "Write one with day, month and year, such as `%d.%m.%Y`."
            return f"{name} is no date pattern: {quoted(given)}.", help
    return f"{name} is not allowed: {detail['msg']}.", ""


def _mismatch(wanted: str, given: Any) -> str:
    if given is None:
        return f"{wanted}, but has no value."
    return f"{wanted}, not {_described(given)}."


def _described(given: Any) -> str:
    if isinstance(given, dict):
        return "a mapping"
    if isinstance(given, list):
        return "a list"
    if isinstance(given, str):
        return f"the text {quoted(given)}"
    return f"`{str(given).lower()}`"


def _help(kind: str, given: Any) -> str:
    if given is None:
        return "Write one, or remove the key."
    if kind == "string_type" and isinstance(given, int):
        return f'Put it in quotes: "{str(given).lower()}".'
    if kind == "tuple_type" and not isinstance(given, dict | list):
        return f"Put it in brackets: [{str(given)[:60]}]."
    if kind in ("dict_type", "model_type"):
        return "Write it as `{key: value}`."
    return ""


def _guess(draft: Draft, given: Any, known: list[str]) -> str:
    return draft.did_you_mean(given, known) if isinstance(given, str) else ""
