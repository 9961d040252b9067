"""What a site tells from git about translations: the same for the same commit, and no more."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from leitfaden.cli import main
from tests.cli.repository import commit, git
from tests.site.sites import Built, Site
from tests.site.translations import write_locks

PAGES: dict[str, str | bytes] = {
    ".gitignore": "site/\n.cache/\n",
    "docs/en/index.md": "# Welcome home\n\nRead [the assessment](assess-it.md).\n",
    "docs/de/index.md": "# Willkommen\n\nLesen Sie [die Analyse](assess-it.md).\n",
    "docs/en/assess-it.md": "# Assess it\n\n## Overview\n\nA network. It has sites.\n\n- One\n",
    "docs/de/assess-it.md": "# Analysieren\n\n## Übersicht\n\nEin Netz. Es hat Orte.\n\n- Eins\n",
    "docs/en/untold.md": "# Untold\n\n```\nof code\n```\n\nNobody has translated this page.\n",
}
SIDES = [".lf-status__ins", ".lf-status__del"]
WAS, NOW = "Gone: It has sites.", "New: It has two sites."
STATUS = "status/"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a past: two of its texts have changed since they were translated."""
    root = tmp_path_factory.mktemp("befores")
    site = Site(root).of_few_words().write(PAGES).navigation("index", "assess-it", "untold").save()
    write_locks(root)
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "2026-01-05")
    site.edit("docs/en/assess-it.md", "It has sites.", "It has two sites.")
    commit(root, "2026-01-14")
    site.edit("docs/en/index.md", "Read [", "Please read [")
    commit(root, "2026-01-29")
    return root


@pytest.fixture(scope="module")
def built(root: Path) -> Built:
    return Site.at(root).build()


def test_a_text_that_is_behind_stands_there_as_it_was_and_as_it_is(built: Built) -> None:
    assert built.exit_code == 0, built.log
    assert WAS in built.texts(STATUS, ".lf-status__del")
    assert NOW in built.texts(STATUS, ".lf-status__ins")
    assert "Entfallen: It has sites." in built.texts("de/status/", ".lf-status__del")


def test_the_oldest_debt_comes_first_as_git_knows(built: Built) -> None:
    assert built.attributes(STATUS, ".lf-status__page time", "datetime") == [
        "2026-01-14",
        "2026-01-29",
    ]


def test_earlier_weeks_are_drawn(built: Built) -> None:
    (told,) = built.texts(STATUS, "figcaption")
    assert told == "Behind or missing: 0 on 01/05/2026, 2 on 01/29/2026"
    assert len(built.texts(STATUS, ".lf-status__trend tbody tr")) == 3


def test_the_same_commit_becomes_the_same_site(root: Path, built: Built, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", root.as_uri(), str(tmp_path / "clone"))
    again = Site.at(tmp_path / "clone").build()
    for url in (STATUS, "de/status/"):
        assert again.html(url) == built.html(url)


def test_without_the_past_it_says_what_it_knows(root: Path, tmp_path: Path) -> None:
    there = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth", "1", root.as_uri(), str(there))
    shallow = Site.at(there).build()
    shutil.rmtree(there / ".git")
    bare = Site.at(there).build()
    for one in (shallow, bare):
        assert one.exit_code == 0, one.log
        assert "A network. It has two sites." in one.texts(STATUS, ".lf-status__text")
        assert one.texts(STATUS, f"{', '.join(SIDES)}, figure, .lf-status__page time") == []


def test_effort_and_days_are_those_of_the_command(root: Path, built: Built) -> None:
    options = ("--contract", str(root / "playbook.yml"), "--docs", str(root / "docs"))
    told = CliRunner().invoke(main, ["status", "--format", "json", *options])
    (locale,) = json.loads(told.stdout)["locales"]
    sums = built.texts(STATUS, ".lf-status__locale > .lf-status__sum, .lf-status__page > p")
    due = [page for page in locale["pages"] if page["minutes"]]
    (lacking,) = locale["lacking"]
    assert [numbers(text)[:2] for text in sums] == [
        (locale["words"], locale["minutes"]),
        *((page["words"], page["minutes"]) for page in due),
    ]
    assert built.attributes(STATUS, ".lf-status__page time", "datetime") == [
        page["since"] for page in due
    ]
    (text,) = (text for text in built.texts(STATUS, "details li") if text.startswith("Untold"))
    assert numbers(text) == (lacking["words"], lacking["minutes"]) == (6, 2)


def numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"(?<![/\d])\d+(?![/\d])", text)))


def test_only_what_is_recorded_of_a_page_comes_out_of_git(root: Path, tmp_path: Path) -> None:
    """A text that a page had for a while, and that nobody translated, is nowhere on the site."""
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", root.as_uri(), str(clone))
    there = Site.at(clone)
    there.edit("docs/en/assess-it.md", "two sites", "a secret")
    commit(clone, "2026-01-30")
    there.edit("docs/en/assess-it.md", "a secret", "two sites")
    commit(clone, "2026-01-31")
    again = there.build()
    assert WAS in again.texts(STATUS, ".lf-status__del")
    files = [file for file in again.site.rglob("*") if file.is_file()]
    assert not any(b"a secret" in file.read_bytes() for file in files)


AGAIN = """
import subprocess
from pathlib import Path
from mkdocs.commands.build import build
from mkdocs.config import load_config

def told():
    build(load_config("mkdocs.yml"))
    return Path("site/status/index.html").read_text(encoding="utf-8")

first = told()
assert told() == first
page = Path("docs/en/assess-it.md")
page.write_text(page.read_text(encoding="utf-8").replace("- One", "- Other"), encoding="utf-8")
who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"]
subprocess.run(["git", *who, "commit", "--quiet", "--all", "--message", "Write"], check=True)
last = told()
assert "One</del>" in last and "One</del>" not in first
assert last.count("<rect") > first.count("<rect")
"""


def test_what_a_build_has_found_out_holds_until_the_next_commit(root: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", root.as_uri(), str(clone))
    built = Site.at(clone).run(AGAIN)
    assert built.exit_code == 0, built.log
