"""What the tests of translations share: pages in two languages, and how one stands to the other."""

from __future__ import annotations

from dataclasses import replace

from leitfaden.contract import Contract, Term, Vocabulary
from leitfaden.model import Page
from leitfaden.translating.lock import Lock
from leitfaden.translating.standing import Standing, UnitStanding, UnitState, record, standing_of
from leitfaden.translating.units import PageUnits, Unit, UnitReader
from tests.reading.pages import CONTRACT as PLAIN
from tests.reading.pages import read

ALERTS = Vocabulary(
    (
        Term(key="note", names={"en": "Note", "de": "Hinweis", "ja": "\u6ce8"}),
        Term(key="warning", names={"en": "Warning", "de": "Warnung", "ja": "\u8b66"}),
    ),
    PLAIN.locale_keys,
)
CONTRACT = replace(PLAIN, alerts=ALERTS)
READER = UnitReader(CONTRACT)
EN = """\
---
title: Conduct the Workshop
description: How to conduct it.
---

# Conduct the Workshop

Phase: **Assess**

## Overview

Invite 12 people by 03/04/2026. Do not start before all of them are there.

> [!NOTE]
> The room is booked by the customer.

- Read [the guide](resources-guide.md).
- Ask the FastTrack Manager.

| Question | Asked | Answered |
|-|-|-|
| Is mail moved? | Yes | Yes |
| Are files moved? | Yes | No |
| Is chat moved? | No | No |

## Approach

### Plan the Workshop

Primary Role: **FastTrack Manager**\\
Applies To: **Teams**

Plan it well.

#### FTOP Tasks

| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
|-|-|-|-|-|
| 4047 | Plan the workshop | M | FastTrack Manager | Teams / Exchange |
| 4048 | Book the room | O | FastTrack Engineer | All Services |

### Hold the Workshop

Primary Role: **FastTrack Engineer**\\
Applies To: **Exchange**

Hold it.

## Refresh Summary

| Date | Who Changed | What Changed |
|-|-|-|
| 02/03/2026 | Team | Added the room |
"""
DE = """\
---
title: Den Workshop leiten
description: So wird er geleitet.
---

# Den Workshop leiten

Phase: **Analyse**

## Übersicht

Laden Sie bis 04.03.2026 12 Personen ein. Beginnen Sie nicht, bevor alle da sind.

> [!NOTE]
> Den Raum bucht der Kunde.

- Lesen Sie [die Anleitung](resources-guide-de.md).
- Fragen Sie den FastTrack Manager.

| Frage | Gestellt | Beantwortet |
|-|-|-|
| Ziehen E-Mails um? | Ja | Ja |
| Ziehen Dateien um? | Ja | Nein |
| Ziehen Chats um? | Nein | Nein |

## Methode

### Den Workshop planen

Primäre Rolle: **FastTrack Manager**\\
Gilt für: **Teams**

Planen Sie ihn gut.

#### FTOP-Aufgaben

| Aufgaben-ID | Name der Aufgabe | (E) Erforderlich (O) Optional | FastTrack-Rolle | Dienste |
|-|-|-|-|-|
| 4047 | Workshop planen | E | FastTrack Manager | Exchange/Teams |
| 4048 | Raum buchen | O | FastTrack-Entwickler | Alle Dienste |

### Den Workshop halten

Primäre Rolle: **FastTrack Engineer**\\
Gilt für: **Exchange**

Halten Sie ihn.

## Zusammenfassung der Aktualisierung

| Datum | Geändert durch | Änderung an |
|-|-|-|
| 02/03/2026 | Team | Raum ergänzt |
"""


def units(text: str, locale: str = "en", source: Page | None = None) -> PageUnits:
    """Return the units of a page."""
    return READER.read(read(text, locale), source)


def both(source: str, target: str, locale: str = "de") -> tuple[PageUnits, PageUnits]:
    """Return the units of a page and of its translation."""
    page = read(source)
    return READER.read(page), READER.read(read(target, locale), page)


def standing(
    source: str,
    target: str,
    lock: Lock | None = None,
    contract: Contract = CONTRACT,
    locale: str = "de",
) -> Standing:
    """Return how a translation stands to a page."""
    return standing_of(*both(source, target, locale), lock or Lock(), contract)


def locked(source: str = EN, target: str = DE) -> Lock:
    """Return a lock that records all of a page as translated."""
    return record(Lock(), standing(source, target))


def told(found: Standing) -> dict[str, UnitState]:
    """Return what is told of a translation: the units that are neither current nor unknown."""
    fine = (UnitState.CURRENT, UnitState.UNRECORDED)
    return {unit.key: unit.state for unit in found.units if unit.state not in fine}


def after(old: str, new: str, text: str = EN) -> str:
    """Return a text after a change in one place."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def one(found: Standing, key: str) -> UnitStanding:
    """Return how a unit stands that must be there."""
    unit = found.unit(key)
    assert unit is not None, key
    return unit


def unit_of(page: PageUnits, key: str) -> Unit:
    """Return a unit that must be there."""
    return next(unit for unit in page.units if unit.key == key)
