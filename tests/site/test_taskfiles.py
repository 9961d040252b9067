"""All tasks as files beside the pages, in each language."""

from __future__ import annotations

import csv
import json

from tests.rendering.test_views_finder import HEAD
from tests.site.sites import BILINGUAL, Site

TASK = HEAD + "| 4071 | {} | {} | FM | Exchange |\n"


def test_each_language_has_all_tasks_with_addresses_that_are_right_beside_them(site: Site) -> None:
    english = "# A\n\nPhase: **Assess**\n" + TASK.format("Explain it", "M")
    german = "# A\n\nPhase: **Analyse**\n" + TASK.format("Erklären", "E")
    site.write({**BILINGUAL, "docs/en/assess-a.md": english, "docs/de/assess-a.md": german})
    built = site.build("--strict")
    assert built.complaints == []
    for folder, name in (("", "Explain it"), ("de", "Erklären")):
        root = built.site / folder
        (task,) = json.loads((root / "tasks.json").read_text("utf-8"))["tasks"]
        assert task["name"] == name
        addresses = (task["address"], task["rows"][0]["address"].partition("#")[0])
        assert all((root / address / "index.html").is_file() for address in addresses)
        rows = list(csv.reader((root / "tasks.csv").read_text("utf-8-sig").splitlines()))
        assert [row[0] for row in rows[1:]] == ["4071"]


def test_a_playbook_without_tasks_has_no_such_files(site: Site) -> None:
    built = site.write(BILINGUAL).build("--strict")
    assert not list(built.site.rglob("tasks.*"))
