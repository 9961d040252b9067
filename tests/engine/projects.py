"""A small project with something of everything."""

from __future__ import annotations

from pathlib import Path

from tests.site.sites import BILINGUAL, Site

_PAGES = {
    "docs/en/tasks-here.md": """\
---
title: Tasks
---

# Tasks of an assessment

Phase: **Assess**

Its tasks, first of all task 102. See [home](index.md#welcome-home).

## Approach

### Look at the network

Primary Role: **SME**

#### Tasks

| Task ID | Task Name | Requirement | Role | Services |
| --- | --- | :-: | --- | --- |
| 101 | Look at it | M | SME | Exchange |
| 102 | Look again | O | SME | Teams |

[!INCLUDE [Shared](includes/shared.md)]

## Next Steps

Go on to [the assessment](assess-it.md).

## Update Summary

| Date | Who Changed | What Changed |
| --- | --- | --- |
| 01/05/2026 | SME | Task 101 is new |
""",
    "docs/de/tasks-here.md": """\
# Aufgaben einer Analyse

Phase: **Analyse**

Ihre Aufgaben, zuerst Aufgabe 102.

## Vorgehen

Dazu mehr.

### Das Netzwerk ansehen

Primäre Rolle: **SME**

#### Aufgaben

| Aufgaben-ID | Aufgabenname | Anforderung | Rolle | Dienste |
| --- | --- | :-: | --- | --- |
| 101 | Ansehen | V | SME | Exchange |
| 102 | Noch einmal ansehen | O | SME | Teams |
""",
    "docs/en/includes/shared.md": "Shared by several pages, with task 101.\n\nMore of it.\n",
    "docs/nl/index.md": "# Welkom\n\nAlles over [taken](tasks-here.md).\n",
}

# Each term has a page in each language, which takes time to make.
_TERMS = {
    "roles": ("fasttrack-manager", "sme"),
    "services": ("all", "exchange", "teams"),
    "motions": ("rfa",),
}


def small_project(root: Path) -> Path:
    """Write a project with three languages, tasks, a file that is included, and images.

    Args:
        root: Its folder.
    """
    site = Site(root)
    for vocabulary, wanted in _TERMS.items():
        terms = site.contract[vocabulary]
        site.contract[vocabulary] = {key: terms[key] for key in terms if key in wanted}
    group = {"title": {"en": "All", "de": "Alle", "nl": "Alle"}, "pages": ["tasks-here"]}
    site.locale("nl").navigation("index", "assess-it", group)
    site.write({**BILINGUAL, **_PAGES}).save()
    return root
