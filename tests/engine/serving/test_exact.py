"""What is served is what would be built, byte for byte: at first, and after any edit."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.engine.serving.served import Served, serving
from tests.site.sites import BILINGUAL, Site

TASKS = """\
# Do it all {title}

Phase: **{phase}**

Beforehand, see task 4047 and [the assessment](assess-it.md#overview). {prose}

## Overview

Some text about it. {prose}

## Approach

### Step 1: Begin

| Task ID | Task | M/O | Service | Responsible |
| --- | --- | --- | --- | --- |
| 4047 | {task} | M | | |
| 4048 | Other | O | | |

## Update Summary

| Date | Updated by | Update |
| --- | --- | --- |
| 1 March 2024 | PM | {update} |
"""
WORDS = {"title": "", "phase": "Assess", "prose": "", "task": "Ask them", "update": "New page"}


def big(tmp_path: Path) -> Site:
    """Return a site that has something of all."""
    (tmp_path / "project").mkdir()
    site = Site(tmp_path / "project").write(BILINGUAL)
    site.write(
        {
            "docs/en/do-it.md": TASKS.format(**WORDS),
            "docs/de/do-it.md": TASKS.format(**{**WORDS, "phase": "Analyse", "title": "(de)"}),
            "docs/en/only.md": TASKS.format(**{**WORDS, "task": "Say it"}),
            "docs/en/redirects.yml": "old-name: do-it\n",
        }
    )
    site.navigation("index", {"phase": "assess", "pages": ["assess-it", "do-it", "only"]})
    return site.save()


def test_each_file_is_served_as_it_is_built(tmp_path: Path) -> None:
    with serving(big(tmp_path)) as served:
        assert served.differences(served.built()) == []


def _texts(name: str, draw: random.Random) -> dict[str, str]:
    return {
        **WORDS,
        "phase": "Analyse" if "/de/" in name else "Assess",
        "title": draw.choice(("", "", "", "again", "(x)")),
        "prose": draw.choice(("", "A word.", "As task 4048 says.", "*So* `much` more.")),
        "task": draw.choice(("Ask them", "Ask them", "Tell them")),
        "update": draw.choice(("New page", "New page", "Task 4047 is new")),
    }


def _rewrite(site: Site, draw: random.Random) -> None:
    name = draw.choice(("docs/en/do-it.md", "docs/de/do-it.md", "docs/en/only.md"))
    site.write({name: TASKS.format(**_texts(name, draw))})


def _write_prose(site: Site, draw: random.Random) -> None:
    name = draw.choice(("docs/en/index.md", "docs/de/assess-it-de.md", "docs/en/classic.md"))
    text = (site.root / name).read_text("utf-8")
    site.write({name: f"{text}\nMore text, {draw.random()}, on [home](index.md).\n"})


def _change_image(site: Site, draw: random.Random) -> None:
    size = draw.randint(1, 99)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}"/>'
    site.write({"docs/assets/map.svg": svg})


def _come_or_go(site: Site, draw: random.Random) -> None:
    name = draw.choice(("docs/de/only.md", "docs/en/news.md"))
    if (site.root / name).exists():
        (site.root / name).unlink()
    else:
        site.write({name: TASKS.format(**_texts(name, draw))})


def _template(site: Site, draw: random.Random) -> None:
    file = site.root / "overrides" / "main.html"
    file.write_text(f"{file.read_text('utf-8')}{{# {draw.random()} #}}", "utf-8")


def _move(site: Site, draw: random.Random) -> None:
    file = site.root / "docs" / "en" / draw.choice(("unlisted.md", "listed-no-more.md"))
    other = {"unlisted.md": "listed-no-more.md", "listed-no-more.md": "unlisted.md"}[file.name]
    if file.exists():
        file.rename(file.with_name(other))


EDITS: tuple[Callable[[Site, random.Random], None], ...] = (
    _rewrite,
    _rewrite,
    _write_prose,
    _write_prose,
    _change_image,
    _come_or_go,
    _template,
    _move,
)


def _settled(served: Served, built: Mapping[str, bytes]) -> list[str]:
    """Return what is still another after a moment, in which the server may take over an edit."""
    end = time.monotonic() + 6
    while (found := served.differences(built)) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def test_after_any_edits_each_file_is_served_as_it_is_built(tmp_path: Path) -> None:
    draw = random.Random(20261123)
    with serving(big(tmp_path)) as served:
        served.get("/")
        for _ in range(6):
            done = draw.choices(EDITS, k=draw.randint(1, 2))
            for edit in done:
                edit(served.site, draw)
            built = served.built()
            names = [edit.__name__ for edit in done]
            assert _settled(served, built) == [], names
