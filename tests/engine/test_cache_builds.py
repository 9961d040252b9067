"""Builds that find what earlier ones have left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.engine.both import files_of
from tests.engine.edits import build, wrong
from tests.engine.projects import small_project
from tests.site.sites import Site

SAME = "Nothing has changed since the last build: the site is as it was."
# Each time that a page is made, it tells another time.
NUMBER = "<!-- number {{ build_date_utc.timestamp() }} -->"
_ALWAYS = ("404.html", "classic/index.html")
_NUMBER = re.compile(rb"<!-- number ([\d.]+) -->")


@pytest.fixture(scope="module")
def root() -> Iterator[Path]:
    """A project that has been built, whose pages tell when they are made anew."""
    with TemporaryDirectory() as folder:
        project = small_project(Path(folder))
        block = "{% block scripts %}"
        Site.at(project).edit("overrides/main.html", block, block + NUMBER)
        code, log = build(project)
        assert code == 0, log
        yield project


def numbers(root: Path) -> Mapping[str, bytes]:
    """Return the numbers of all pages but those that are always made anew: MkDocs' own."""
    found = ((name, _NUMBER.search(data)) for name, data in files_of(root / "site").items())
    return {name: one[1] for name, one in found if one and not name.endswith(_ALWAYS)}


def made_anew(root: Path) -> set[str]:
    """Build, and return the pages that have been made anew."""
    before = numbers(root)
    code, log = build(root)
    assert code == 0, log
    after = numbers(root)
    assert len(after) > 50
    return {name for name in after if after[name] != before.get(name)}


def edit(root: Path, page: str, old: str, new: str) -> None:
    Site.at(root).edit(f"docs/{page}.md", old, new)


def test_nothing_has_changed(root: Path) -> None:
    before = files_of(root / "site")
    code, log = build(root)
    assert (code, log.splitlines()[-1]) == (0, f"INFO    -  {SAME}")
    assert files_of(root / "site") == before
    assert all(line.startswith(("WARNING", "ERROR")) for line in log.splitlines()[:-1])


def test_a_site_that_was_touched_is_put_right_without_making_pages(root: Path) -> None:
    before, made = files_of(root / "site"), numbers(root)
    (root / "site" / "tasks.json").write_text("touched")
    (root / "site" / "de" / "assess-it" / "index.html").unlink()
    (root / "site" / "new.html").write_text("touched")
    code, log = build(root)
    assert code == 0
    assert SAME not in log
    after, now = files_of(root / "site"), numbers(root)
    assert {name for name in now if now[name] != made[name]} == {"de/assess-it/index.html"}
    assert {name: _NUMBER.sub(b"", data) for name, data in after.items()} == {
        name: _NUMBER.sub(b"", data) for name, data in before.items()
    }


def test_other_words_touch_only_the_pages_that_show_them(root: Path) -> None:
    edit(root, "de/tasks-here", "Dazu mehr.", "Dazu noch **viel** mehr.")
    made = made_anew(root)
    assert "de/tasks-here/index.html" in made
    assert "de/print/index.html" in made
    assert all(name.startswith("de/") or "status/" in name for name in made)
    assert not [name for name in made if "/tasks/" in name or "/roles/" in name]


def test_another_title_touches_one_language(root: Path) -> None:
    edit(root, "de/tasks-here", "# Aufgaben einer Analyse", "# Die Aufgaben")
    made = made_anew(root)
    assert "de/tasks/101/index.html" in made
    assert all(name.startswith("de/") or "status/" in name for name in made)


def test_a_text_that_is_included_touches_the_pages_that_include_it(root: Path) -> None:
    edit(root, "en/includes/shared", "More of it.", "Much more of it.")
    made = made_anew(root)
    assert {"tasks-here/index.html", "nl/tasks-here/index.html"} <= made
    assert "assess-it/index.html" not in made


def test_an_image_of_another_size_touches_all(root: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="3" height="4"/>'
    (root / "docs" / "assets" / "map.svg").write_text(svg)
    assert made_anew(root) == set(numbers(root))


def test_what_is_damaged_does_not_count(root: Path) -> None:
    for file in (root / ".cache" / "leitfaden").iterdir():
        file.write_bytes(file.read_bytes()[:-1])
    assert made_anew(root) == set(numbers(root))


def test_a_page_that_shows_the_content_of_another_is_made_when_that_changes(tmp_path: Path) -> None:
    project, block = small_project(tmp_path), "{% block scripts %}"
    shows = "{% if page and page.next_page %}{{ page.next_page.content | striptags }}{% endif %}"
    site = Site.at(project).edit("overrides/main.html", block, block + shows)
    assert build(project)[0] == 0
    site.edit("docs/de/tasks-here.md", "Dazu mehr.", "Dazu noch mehr.")
    assert wrong(project) == []
    assert "Dazu noch mehr." in (project / "site/de/assess-it/index.html").read_text("utf-8")


def test_without_a_cache_nothing_is_used_or_kept(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    assert build(project)[0] == 0
    kept = files_of(project / ".cache")
    assert SAME not in build(project, "--no-cache")[1]
    assert files_of(project / ".cache") == kept


def test_with_a_plugin_that_nobody_knows_nothing_is_kept(tmp_path: Path) -> None:
    project = small_project(tmp_path)
    site = Site.at(project).write(
        {"hook.py": "parallel_pages = True\ndef on_config(config): ...\n"}
    )
    site.edit("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:")
    for _ in range(2):
        code, log = build(project)
        assert code == 0
        assert SAME not in log
    assert not list(project.glob(".cache/leitfaden/site-*"))
