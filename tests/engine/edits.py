"""Edits of a project, of every kind that a site can depend on: any of them, at random.

Each takes the project's folder and a source of randomness, and may find nothing to do. `bench
edits` makes them on real pages.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import TypeAlias

import yaml

from tests.engine.both import differences, files_of
from tests.site import forks
from tests.site.sites import QUIET, Site

Edit: TypeAlias = Callable[[Path, Random], None]

_WORDS = "sites Zeit task 101 Aufgabe 102 the workshop is never late active usage <b> & ÄÖ **bold**"
_H1 = re.compile(r"^# .*$", re.MULTILINE)
_H2 = re.compile(r"^## .*$", re.MULTILINE)
_ROW = re.compile(r"^\| *(\d+) *\|(.*)$", re.MULTILINE)
_NO_COMMITTER = (
    "-c",
    "user.name=T",
    "-c",
    "user.email=t@example.org",
    "-c",
    "commit.gpgsign=false",
)


def _pages(root: Path) -> list[Path]:
    return sorted(root.glob("docs/*/**/*.md"))


def _page(root: Path, random: Random) -> Path:
    return random.choice(_pages(root))


def _words(random: Random) -> str:
    return " ".join(random.choices(_WORDS.split(), k=random.randint(1, 8)))


def _written(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def _in_page(root: Path, random: Random, pattern: re.Pattern[str], new: str) -> None:
    """Replace one place that matches in a page that has one."""
    pages = [page for page in _pages(root) if pattern.search(page.read_text("utf-8"))]
    if pages:
        page = random.choice(pages)
        text = page.read_text("utf-8")
        place = random.choice(list(pattern.finditer(text)))
        _written(page, f"{text[: place.start()]}{place.expand(new)}{text[place.end() :]}")


def body(root: Path, random: Random) -> None:
    """Change what a page says."""
    _in_page(root, random, re.compile(r"^\w.*\.$", re.MULTILINE), rf"\g<0> {_words(random)}.")


def further_text(root: Path, random: Random) -> None:
    """Add something to the end of a page."""
    page = _page(root, random)
    _written(page, f"{page.read_text('utf-8').rstrip()}\n\n{_words(random)}.\n")


def title(root: Path, random: Random) -> None:
    """Call a page otherwise."""
    _in_page(root, random, _H1, f"# {_words(random)}")


def heading(root: Path, random: Random) -> None:
    """Call a section otherwise, or give a page a further one."""
    if random.random() < 0.5:
        _in_page(root, random, _H2, f"## {_words(random)}")
    else:
        page = _page(root, random)
        level = "#" * random.randint(2, 4)
        _written(page, f"{page.read_text('utf-8').rstrip()}\n\n{level} {_words(random)}\n\nText.\n")


def task(root: Path, random: Random) -> None:
    """Change a task, take one away, or state a further one."""
    new = random.choice(
        [r"", r"| \g<1> | Renamed %d | O | SME | Teams |", r"\g<0>\n| %d | New | M | SME | Teams |"]
    )
    _in_page(root, random, _ROW, new.replace("%d", str(random.randint(100, 105))))


def link(root: Path, random: Random) -> None:
    """Let a page link to another one, to a place in it, or to nothing."""
    page, other = _page(root, random), _page(root, random)
    way = os.path.relpath(other, page.parent)
    anchor = random.choice(["", "#overview", "#nowhere", "#task-101"])
    targets = [way, way, f"{way}.gone.md", "tasks/index.md", "tasks/101.md", "../../secret.md"]
    target = random.choice(targets) + anchor
    shown = random.choice(
        [f"[there]({target})", f"![image]({target})", f"<a href='{target}'>x</a>"]
    )
    _written(page, f"{page.read_text('utf-8').rstrip()}\n\nSee {shown}.\n")


def metadata(root: Path, random: Random) -> None:
    """Change the front matter of a page, or who renders it."""
    page = _page(root, random)
    text = re.sub(r"\A---\n.*?\n---\n", "", page.read_text("utf-8"), flags=re.DOTALL)
    values = {
        "title": _words(random),
        "description": _words(random),
        "hide": ["toc"],
        "renderer": "mkdocs",
        "search": {"exclude": True},
    }
    chosen = {key: values[key] for key in values if random.random() < 0.3}
    _written(page, f"---\n{yaml.safe_dump(chosen)}---\n{text}" if chosen else text)


def update_summary(root: Path, random: Random) -> None:
    """Tell of a further change of a page."""
    row = f"| 0{random.randint(1, 9)}/05/2026 | SME | {_words(random)} |"
    page = _page(root, random)
    text = page.read_text("utf-8").rstrip()
    if "## Update Summary" not in text:
        text += (
            "\n\n## Update Summary\n\n| Date | Who Changed | What Changed |\n| --- | --- | --- |"
        )
    _written(page, f"{text}\n{row}\n")


def page_added(root: Path, random: Random) -> None:
    """Write a further page."""
    folder = _page(root, random).parent
    text = f"# {_words(random)}\n\nPhase: **Assess**\n\n{_words(random)}.\n"
    _written(folder / f"new-{random.randint(1, 4)}.md", text)


def page_removed(root: Path, random: Random) -> None:
    """Remove a page, unless it is the home page."""
    pages = [page for page in _pages(root) if page.stem != "index"]
    if len(pages) > 3:
        random.choice(pages).unlink()


def page_moved(root: Path, random: Random) -> None:
    """Move a page, and perhaps lead its old address to the new one."""
    pages = [page for page in _pages(root) if page.stem != "index"]
    if not pages:
        return
    page = random.choice(pages)
    locale = page.relative_to(root / "docs").parts[0]
    new = (
        root
        / "docs"
        / locale
        / random.choice(["moved", "phases", "."])
        / f"at-{page.stem[-20:]}.md"
    )
    new.parent.mkdir(parents=True, exist_ok=True)
    page.rename(new)
    if random.random() < 0.5:
        below = new.relative_to(root / "docs" / locale).with_suffix("").as_posix()
        _written(root / "docs" / locale / "redirects.yml", f"old-address: {below}\n")


def translation(root: Path, random: Random) -> None:
    """Translate a page, or take a translation away."""
    locales = sorted(folder for folder in root.glob("docs/*") if (folder / "index.md").exists())
    page = _page(root, random)
    locale = page.relative_to(root / "docs").parts[0]
    other = random.choice(locales) / page.relative_to(root / "docs" / locale)
    if other.exists() and other.stem != "index":
        other.unlink()
    elif other != page:
        _written(other, page.read_text("utf-8"))


def recorded(root: Path, random: Random) -> None:
    """Record that the translations are true to their sources."""
    forks.build(["translated", "docs"], root, {**os.environ, **QUIET}, "leitfaden")
    lock = random.choice([*root.glob("docs/*/translations.lock"), None])
    if lock and random.random() < 0.5:
        lines = lock.read_text("utf-8").splitlines(keepends=True)
        _written(lock, "".join(line for line in lines if random.random() < 0.9))


def contract(root: Path, random: Random) -> None:
    """Change a word, the navigation, or what counts in the contract."""
    file = root / "playbook.yml"
    values = yaml.safe_load(file.read_text("utf-8"))
    what = random.choice(["role", "nav", "phase", "glossary", "requirement", "checks"])
    if what == "role":
        role = random.choice(sorted(values["roles"]))
        values["roles"][role]["en"] = f"Role {random.randint(1, 9)}"
    elif what == "nav":
        random.shuffle(values["navigation"])
    elif what == "phase":
        phase = random.choice(sorted(values["phases"]))
        values["phases"][phase]["de"] = f"Abschnitt {random.randint(1, 9)}"
    elif what == "glossary":
        word = random.choice(sorted(values["glossary"]))
        values["glossary"][word]["definition"]["en"] = _words(random)
    elif what == "requirement":
        values["locales"]["en"]["dates"] = random.choice(["%m/%d/%Y", "%d %B %Y"])
    else:
        values["checks"]["pages"] = not values["checks"].get("pages", True)
    _written(file, yaml.safe_dump(values, allow_unicode=True, sort_keys=False))


def locale(root: Path, random: Random) -> None:
    """Declare a further language, with or without pages."""
    site = Site.at(root)
    if "fr" in site.contract["locales"]:
        shutil.rmtree(root / "docs" / "fr", ignore_errors=True)
        return
    site.locale("fr")
    for entry in site.contract["navigation"]:
        if isinstance(entry, dict) and "title" in entry:
            entry["title"]["fr"] = "Tout"
    site.save()
    if random.random() < 0.5:
        site.write({"docs/fr/index.md": f"# Bienvenue\n\n{_words(random)}.\n"})


def template(root: Path, random: Random) -> None:
    """Change a template of ours, of a view or of all pages."""
    files = sorted((*root.glob("overrides/**/*.html"), *root.glob("overrides/pages/*.md")))
    file = random.choice([*files, root / "overrides" / "main.html"])
    text = file.read_text("utf-8")
    shows = "{% if nav and page and page.next_page %}{{ page.next_page.title }}{% endif %}"
    mark = random.choice([f"<!-- {random.randint(1, 99)} -->", shows])
    if file.name == "main.html":
        text = text.replace("{% block content %}", "{% block content %}" + mark, 1)
        _written(file, text)
    elif not text.startswith("{% extends"):
        _written(file, f"{text}<!-- {random.randint(1, 99)} -->\n")


def catalogue(root: Path, random: Random) -> None:
    """Change one of the site's own texts."""
    file = random.choice(sorted(root.glob("overrides/locales/*.yml")))
    text = file.read_text("utf-8")
    places = list(re.finditer(r"^  ([a-z-]+): (\w[\w ]*)$", text, re.MULTILINE))
    place = random.choice(places)
    new = f"  {place[1]}: {place[2]} {random.randint(1, 9)}"
    _written(file, f"{text[: place.start()]}{new}{text[place.end() :]}")


def asset(root: Path, random: Random) -> None:
    """Change a script or a style, or add a file."""
    names = [*root.glob("overrides/assets/**/*.css"), *root.glob("overrides/assets/**/*.js")]
    file = random.choice([*sorted(names), root / "docs" / "en" / "data.txt"])
    before = file.read_text("utf-8") if file.exists() else ""
    _written(file, f"{before}\n/* {random.randint(1, 99)} */\n")


def image(root: Path, random: Random) -> None:
    """Change an image, its size, or whether there is one."""
    names = sorted((*root.glob("docs/**/*.svg"), *root.glob("docs/**/*.png")))
    file = random.choice([*names, root / "docs" / "en" / "media" / "new.svg"])
    if file.exists() and random.random() < 0.3:
        file.unlink()
    else:
        size = f'width="{random.randint(1, 99)}" height="9"'
        _written(file, f'<svg xmlns="http://www.w3.org/2000/svg" {size}/>')


def option(root: Path, random: Random) -> None:
    """Change an option of mkdocs.yml."""
    file = root / "mkdocs.yml"
    old, new = random.choice(
        [
            ("    - navigation.top\n", ""),
            ("    - toc.follow\n", "    - toc.follow\n    - navigation.expand\n"),
            ("not_found: warn", "not_found: info"),
            ("anchors: warn", "anchors: ignore"),
            ("https://leitfaden.example/", "https://other.example/below/"),
            ("  - search\n", ""),
            ("use_directory_urls: true", "use_directory_urls: false"),
            ("icon:\n    logo: material/compass-outline", "icon:\n    logo: material/compass"),
        ]
    )
    text = file.read_text("utf-8")
    _written(file, text.replace(old, new) if old in text else text.replace(new or "\0", old))


def commit(root: Path, _: Random) -> None:
    """Commit everything to git."""
    if not (root / ".git").exists():
        subprocess.run(["git", "init", "-q", "-b", "main"], cwd=root, check=True)
        _written(root / ".git" / "info" / "exclude", ".cache\nsite\n")
    subprocess.run(["git", "add", "-A"], cwd=root, check=True)
    command = ["git", *_NO_COMMITTER, "commit", "-q", "--allow-empty", "-m", "Edit"]
    subprocess.run(command, cwd=root, check=True)


def touched(root: Path, random: Random) -> None:
    """Write files again as they are, and spoil one of the site or of the cache."""
    page = _page(root, random)
    _written(page, page.read_text("utf-8"))
    site = [file for file in sorted(root.glob("site/**/*")) if file.is_file()]
    cache = sorted(root.glob(".cache/leitfaden/*"))
    for files in (site, cache):
        if files:
            file = random.choice(files)
            data = file.read_bytes()
            at = random.randrange(len(data) + 1)
            spoilt = [data[:at], data[:at] + b"?" + data[at + 1 :], b""]
            file.write_bytes(random.choice(spoilt))
    if site and random.random() < 0.3:
        random.choice(site).unlink()


def included(root: Path, random: Random) -> None:
    """Let a page include another file, or change what is included."""
    fragment = root / "docs" / "en" / "includes" / "shared.md"
    _written(fragment, f"Shared {_words(random)}.\n\n| Task ID | Task Name |\n| --- | --- |\n")
    page = _page(root, random)
    if "[!INCLUDE" not in page.read_text("utf-8"):
        way = os.path.relpath(fragment, page.parent)
        way = way.replace("/en/", "/").replace("../includes", "includes") if "de" in way else way
        _written(page, f"{page.read_text('utf-8').rstrip()}\n\n[!INCLUDE [Shared]({way})]\n")


EDITS: Mapping[str, Edit] = {
    edit.__name__: edit
    for edit in (
        *(body, further_text, title, heading, task, link, metadata, update_summary),
        *(page_added, page_removed, page_moved, translation, recorded, contract, locale),
        *(template, catalogue, asset, image, option, commit, touched, included),
    )
}


def build(root: Path, *options: str) -> tuple[int, str]:
    """Build a project by `leitfaden build`; return the exit code and what was told."""
    return forks.build(["build", *options], root, {**os.environ, **QUIET}, "leitfaden")


def wrong(root: Path) -> list[str]:
    """Return in what a build that uses what is kept differs from one that uses nothing."""
    return compared(root)[1]


def compared(root: Path, build: Callable[..., tuple[int, str]] = build) -> tuple[int, list[str]]:
    """Return the exit code of a build that uses nothing, and in what one that does differs."""
    code, log = build(root)
    clean = root / ".clean"
    shutil.rmtree(clean, ignore_errors=True)
    expected_code, expected = build(root, "--no-cache", "--site-dir", str(clean))
    found = []
    if code != expected_code:
        found.append(f"exit code {code}, not {expected_code}:\n{log}\n{expected}")
    elif code == 0:
        found += differences(files_of(clean), files_of(root / "site"))
    if _told(log, expected) != _told(expected, log):
        found.append(f"told:\n{log}\ninstead of:\n{expected}")
    shutil.rmtree(clean, ignore_errors=True)
    return expected_code, found


def _told(log: str, other: str) -> list[str]:
    """Return what a build told, but for times and folders; less if the other has done nothing."""
    lines = re.sub(r"\d+\.\d+ seconds|\S+/(\.clean|site)\b", "…", log).splitlines()
    if any("Nothing has changed since" in one for one in (log, other)):
        return [line for line in lines if line.startswith(("WARNING", "ERROR"))]
    return lines
