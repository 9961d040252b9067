"""What the models of the contract file have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from leitfaden.contract.bounds import UNITS
from leitfaden.contract.fold import fold
from leitfaden.contract.frozen import FrozenMap
from leitfaden.contract.settings import PersonForm

T = TypeVar("T")

_SIZE = re.compile(r"([1-9][0-9]{0,5}) ?(KB|MB|GB)")
_ORIGIN = re.compile(
    r"(?:(?:https?|wss?)://)?(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::[0-9]{1,5})?(?:/[\w.~/-]*)?",
    re.ASCII,
)
_DATE_PARTS = {
    "d": "day",
    **dict.fromkeys("mbB", "month"),
    **dict.fromkeys("yY", "year"),
}


def kebab(name: str) -> str:
    """Return a field's name as the file writes it."""
    return name.replace("_", "-")


class Shape(BaseModel):
    """A mapping with fixed keys, written in kebab-case in the file."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        defer_build=True,
        alias_generator=kebab,
        validate_by_alias=True,
        validate_by_name=True,  # in Python; files are read by alias only
    )

    @classmethod
    def file_keys(cls) -> tuple[str, ...]:
        """Return the keys as the file writes them."""
        return tuple(kebab(name) for name in cls.model_fields)


def _not_blank(text: str) -> str:
    if not fold(text):
        raise PydanticCustomError("blank", "is blank")
    return text


def _not_empty(text: str) -> str:
    if not text:
        raise PydanticCustomError("blank", "is blank")
    return text


def _is_pattern(pattern: str) -> str:
    """Refuse what would fail, or lose a part of the date, when a page is read or written."""
    directives = [part[:1] for part in pattern.replace("%%", "").split("%")[1:]]
    parts = sorted(_DATE_PARTS.get(directive, "") for directive in directives)
    if parts != ["day", "month", "year"] or "\0" in pattern:
        raise PydanticCustomError("date_pattern", "is no date pattern")
    return pattern


def _size(value: object) -> object:
    """Return the bytes that a text such as `20 MB` names."""
    written = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if written is None:
        raise PydanticCustomError("size", "is no size")
    return int(written[1]) * UNITS[written[2]]


def _is_ending(text: str) -> str:
    if text.startswith(".") or text != text.strip() or "/" in text:
        raise PydanticCustomError("ending", "is no ending")
    return text


def _is_origin(text: str) -> str:
    """Refuse what would be no single host, or would mean more in a page's policy than it says."""
    if not _ORIGIN.fullmatch(text):
        raise PydanticCustomError("origin", "is no host")
    return text


def _freeze(entries: Mapping[str, T]) -> Mapping[str, T]:
    return FrozenMap(entries)


Text: TypeAlias = Annotated[str, Field(min_length=1), AfterValidator(_not_blank)]
Separator: TypeAlias = Annotated[str, Field(min_length=1), AfterValidator(_not_empty)]
DatePattern: TypeAlias = Annotated[str, AfterValidator(_is_pattern)]
Ending: TypeAlias = Annotated[str, Field(min_length=1), AfterValidator(_is_ending)]
Origin: TypeAlias = Annotated[str, Field(min_length=1), AfterValidator(_is_origin)]
Count: TypeAlias = Annotated[int, Strict(), Field(ge=1)]
Size: TypeAlias = Annotated[
    int,
    BeforeValidator(_size),
    WithJsonSchema({"type": "string", "pattern": rf"^{_SIZE.pattern}$"}),
]
Texts: TypeAlias = Annotated[Mapping[str, Text], AfterValidator(_freeze)]
TextLists: TypeAlias = Annotated[Mapping[str, tuple[Text, ...]], AfterValidator(_freeze)]
Patterns: TypeAlias = Annotated[Mapping[str, DatePattern], AfterValidator(_freeze)]
PersonForms: TypeAlias = Annotated[Mapping[str, PersonForm], AfterValidator(_freeze)]
