"""A small playbook on disk, and the command line beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from leitfaden.cli import main

ROOT = Path(__file__).parents[2]
CONTRACT = """\
source: en
locales:
  en: {name: English, dates: "%m/%d/%Y"}
  de: {name: Deutsch, dates: "%d.%m.%Y", legacy-suffixes: [-de]}
"""
GOOD = "# Title\n\n## Overview\n\nSome text.\n"
BLANKS = "# Title\n\n##  Overview\n\nSome text.\n"  # LF210, a notice that can be corrected
BROKEN = "# Other\n\n[There](nowhere.md)\n"  # LF401, an error
GERMAN = "# Titel\n\n## Übersicht\n\nEtwas Text.\n"


def playbook(root: Path, files: Mapping[str, str | bytes], contract: str = CONTRACT) -> Path:
    """Write a playbook, its pages by path below `docs`, and return its folder."""
    (root / "docs" / "en").mkdir(parents=True, exist_ok=True)
    (root / "playbook.yml").write_text(contract, encoding="utf-8", newline="\n")
    for name, content in files.items():
        file = root / "docs" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def run(*args: str | Path) -> Result:
    """Run a command in the folder that the test is in."""
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def check(*args: str | Path) -> Result:
    """Check with one line a finding."""
    return run("check", "-f", "concise", *args)


def codes(result: Result) -> list[str]:
    """Return the codes of findings that were told, one a line, in their order."""
    return sorted(line.split(": ", 1)[1].split()[0] for line in result.stdout.splitlines())


def process(
    *args: str | Path, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "leitfaden", *map(str, args)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
