"""A project that holds hostile cases, and what a build makes of it."""

from __future__ import annotations

import json
import os
import re
import resource
import secrets
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.hostile.case import Case, Report
from tests.site.sites import QUIET, Site

LEITFADEN = "from leitfaden.cli import main; main()"
_SECONDS = 240  # of the processor, for each process; a case alone takes one or two
_MEMORY = 8_000_000_000
_LINE = re.compile(r"(?:\w+ +- +)?(?:leitfaden: )?(.+?)(?::(\d+))?(?::\d+)?: (LF\d{3}) ")
# What each language has pages of; every one takes time to make.
_TERMS = {
    "roles": ("fasttrack-manager", "sme"),
    "services": ("all", "exchange", "teams"),
    "motions": ("rfa",),
    "glossary": ("kickoff",),
}
_HOME = {
    "docs/en/index.md": "# Home\n\nOf this playbook.\n",
    "docs/de/index.md": "# Start\n\nDieses Leitfadens.\n",
}


@dataclass(frozen=True)
class Made:
    """What a build has made of hostile cases.

    Args:
        root: The project's folder.
        exit_code: The build's.
        log: What it told.
        secrets: Texts that nobody may read in the site.
    """

    root: Path
    exit_code: int
    log: str
    secrets: tuple[str, ...]

    @property
    def site(self) -> Path:
        """The site."""
        return self.root / "site"

    @cached_property
    def files(self) -> dict[str, bytes]:
        """All files of the site."""
        found = (file for file in self.site.rglob("*") if file.is_file())
        return {file.relative_to(self.site).as_posix(): file.read_bytes() for file in found}

    @property
    def own(self) -> frozenset[str]:
        """Paths of files that the site makes, whatever the docs folder holds."""
        made = ("tasks.csv", "tasks.json", "sitemap.xml", "feed.xml", "search/search_index.json")
        return frozenset(f"{locale}{path}" for locale in ("", "de/") for path in made)

    @cached_property
    def told_in_log(self) -> frozenset[Report]:
        """The findings that the build told, each with and without its line."""
        lines = map(_LINE.match, self.log.splitlines())
        found = {Report(line[3], line[1], _number(line[2])) for line in lines if line}
        return frozenset(found | {one._replace(line=None) for one in found})

    @cached_property
    def told(self) -> frozenset[Report]:
        """All findings, each with and without its line: of the build, and of a check."""
        found = set(self.told_in_log)
        checked = run(self.root, "check", "--no-cache", "--format", "json", "--fail-on", "never")
        assert checked.returncode == 0, checked.stdout
        for one in json.loads(checked.stdout)["diagnostics"]:
            for place in (one["place"], *one["more"]):
                start = (place.get("start") or {}).get("line")
                found.add(Report(one["code"], one["place"]["path"], start))
        return frozenset(found | {one._replace(line=None) for one in found})


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def make(root: Path, cases: Iterable[Case]) -> Made:
    """Write a project with cases, beside it what they must not reach, and build it.

    Args:
        root: An empty folder; the project is one in it.
        cases: What it holds.
    """
    known = lay(root, cases)
    made = run(root / "project", "build", "--no-cache")
    return Made(root / "project", made.returncode, made.stdout, known)


def lay(root: Path, cases: Iterable[Case]) -> tuple[str, ...]:
    """Write a project with cases, and beside it what they must not reach.

    Args:
        root: An empty folder; the project is one in it.
        cases: What it holds.

    Returns:
        The secrets that a site must not hold.
    """
    held = tuple(cases)
    project, outside = root / "project", root / "outside"
    project.mkdir()
    site = Site(project).write(_HOME)
    secret = secrets.token_hex(16)
    for path in ("secret.txt", "secret.md", "overrides/partials/secret.html", "plan/secret.md"):
        site.write({path: secret})
    for path in ("secret.txt", "secret.md", "deep/secret.md", "secret.svg"):
        (outside / path).parent.mkdir(parents=True, exist_ok=True)
        (outside / path).write_text(secret)
    for vocabulary, wanted in _TERMS.items():
        terms = site.contract[vocabulary]
        site.contract[vocabulary] = {key: terms[key] for key in terms if key in wanted}
    places = {"ROOT": str(project), "OUTSIDE": str(outside)}
    for case in held:
        _write(case, site, places)
    site.navigation("index", *_groups(held)).save()
    site.write({"site/index.html": "the last good site"})
    return secret, Path("/etc/passwd").read_text().splitlines()[0]


def _write(case: Case, site: Site, places: dict[str, str]) -> None:
    for path, content in case.laid(places):
        file = site.root / path
        assert path.endswith("index.md") or not os.path.lexists(file), f"{case.name}: {path}"
        if content == b"fifo:":
            file.parent.mkdir(parents=True, exist_ok=True)
            os.mkfifo(file)
        else:
            site.write({path: content})
    for path, target in case.linked(places):
        file = site.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.symlink_to(target)
    for key, value in case.contract.items():
        known = site.contract.get(key)
        both = isinstance(known, dict) and isinstance(value, dict)
        site.contract[key] = {**known, **value} if both else value  # type: ignore[dict-item]


def _groups(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """Return a navigation with all pages, so that their titles stand on all other pages."""
    groups: dict[str, list[str]] = {}
    for case in cases:
        if case.page:
            groups.setdefault(case.group, []).append(case.name)
    return [
        {"title": {"en": f"Group {name}", "de": f"Gruppe {name}"}, "pages": pages}
        for name, pages in groups.items()
    ]


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Leitfaden, with so much time and memory as no honest playbook of this size needs."""
    return subprocess.run(
        [sys.executable, "-c", LEITFADEN, *arguments],
        cwd=folder,
        env={**os.environ, **QUIET},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        preexec_fn=_bound,
        check=False,
    )


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
