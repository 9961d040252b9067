"""A small playbook in two languages in a repository of git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.cli.support import ROOT, playbook, run

CONTRACT = (ROOT / "playbook.yml").read_text("utf-8").partition("\nnavigation:")[0] + "\n"
ENGLISH = """\
# Plan the relocation

## Overview

Invite twelve people to the workshop. Do not start before all of them are there.

The room is booked by the customer.

## Approach

### Look around

Applies To: **Exchange**

Look at every box in the house.

#### FTOP Tasks

| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
| --- | --- | :---: | :---: | --- |
| 4047 | Hold the relocation workshop | M | FM | Exchange |
| 4048 | Send the boxes home | O | FM | Exchange |
"""
GERMAN = """\
# Den Umzug planen

## Übersicht

Laden Sie zwölf Personen zum Workshop ein. Fangen Sie nicht an, bevor alle da sind.

Der Raum wird vom Kunden gebucht.

## Methode

### Umsehen

Gilt für: **Exchange**

Sehen Sie sich jede Kiste im Haus an.

#### FTOP-Aufgaben

| Aufgaben-ID | Aufgabenname | (M)andatory / (O)ptional | FastTrack-Rolle | Services |
| --- | --- | :---: | :---: | --- |
| 4047 | Den Umzugsworkshop abhalten | M | FM | Exchange |
| 4048 | Die Kisten heimschicken | O | FM | Exchange |
"""
PAGES: dict[str, str | bytes] = {
    "en/index.md": "# Home\n\nWelcome to the house.\n",
    "de/index.md": "# Start\n\nWillkommen im Haus.\n",
    "en/assess-move.md": ENGLISH,
    "de/assess-move.md": GERMAN,
}


def made(root: Path) -> Path:
    """Write the playbook, and return its folder."""
    return playbook(root, PAGES, CONTRACT)


def git(root: Path, *args: str, day: str = "2026-01-02") -> None:
    """Run git in a folder, as if on a day."""
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.com")
    dates = dict.fromkeys(("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"), f"{day}T12:00:00+00:00")
    plain = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(
        ["git", *who, *args], cwd=root, env={**plain, **dates}, check=True, capture_output=True
    )


def commit(root: Path, day: str = "2026-01-02") -> None:
    """Commit all that is there."""
    git(root, "add", "--all", day=day)
    git(root, "commit", "--quiet", "--message", "Write", day=day)


def repository(root: Path) -> Path:
    """Write the playbook into a repository of its own, and return its folder."""
    made(root)
    (root / ".gitignore").write_text(".cache/\n", "utf-8")
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root)
    return root


def edit(file: Path, old: str, new: str) -> None:
    """Replace a text in a file, which has it once."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def record_all() -> None:
    """Record all translations as true."""
    assert run("translated", "docs").exit_code == 0
