"""Something that is wrong around the pages, before it is put into words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import NamedTuple

from leitfaden.model import Severity

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Ailment(NamedTuple):
    """Something that is wrong.

    Args:
        name: The key of its texts.
        severity: How much it matters.
        values: What stands in the texts.
    """

    name: str
    severity: Severity
    values: Mapping[str, str] = _NOTHING


def _ailment(severity: Severity, name: str, /, **values: object) -> Ailment:
    return Ailment(name, severity, {key: str(value) for key, value in values.items()})


error = partial(_ailment, Severity.ERROR)
warning = partial(_ailment, Severity.WARNING)
notice = partial(_ailment, Severity.NOTICE)
