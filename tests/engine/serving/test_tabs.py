"""A tab is told to load its page again if the page would look otherwise, and only then."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from tests.cli.support import run
from tests.engine.serving.served import Served, Tab

HOME = "docs/en/index.md"
MAP = "docs/assets/map.svg"
RELOAD = ("reload", "")
GERMAN = "docs/de/index.md"
_PAGES = {HOME: "/", GERMAN: "/de/", "docs/en/phases/assess.md": "/phases/assess/"}


@contextmanager
def edited(served: Served, path: str, old: str, new: str) -> Iterator[None]:
    """Edit a file for a while."""
    before = (served.site.root / path).read_bytes()
    served.site.edit(path, old, new)
    try:
        yield
    finally:
        served.site.write({path: before})
        words = new.partition("[")[0]  # what is a link stands otherwise in HTML
        served.until(lambda: words not in served.get(_PAGES[path]).text)


def test_an_edit_reloads_its_page_and_no_other(served: Served) -> None:
    with (
        served.tab("/") as home,
        served.tab("/unlisted/") as other,
        edited(served, HOME, "Read [the", "Now read [the"),
    ):
        assert home.next_event("reload") == RELOAD
        assert "Now read" in served.get("/").text
        assert other.next_event("reload", 0.3) is None


def test_a_new_title_reloads_whatever_shows_it(served: Served) -> None:
    with served.tab("/unlisted/") as other, edited(served, HOME, "# Welcome", "# Be welcome"):
        assert other.next_event("reload") == RELOAD


def test_a_page_without_translation_reloads_in_both_languages(served: Served) -> None:
    with (
        served.tab("/phases/assess/") as here,
        served.tab("/de/phases/assess/") as there,
        edited(served, "docs/en/phases/assess.md", "Up to", "Back up to"),
    ):
        assert here.next_event("reload") == RELOAD
        assert there.next_event("reload") == RELOAD


def test_writing_the_same_bytes_again_reloads_nothing(served: Served) -> None:
    with served.tab("/") as home:
        file = served.site.root / HOME
        file.write_bytes(file.read_bytes())
        assert home.next_event("reload", 0.3) is None


def test_an_editor_that_renames_over_the_page_is_one_edit(served: Served) -> None:
    file = served.site.root / HOME
    before = file.read_bytes()
    with served.tab("/") as home:
        swap, backup = file.with_name(".index.md.swp"), file.with_name("index.md~")
        swap.write_bytes(b"x")
        file.rename(backup)
        file.write_bytes(b"")
        file.write_bytes(before.replace(b"Read [the", b"Please read [the"))
        swap.unlink()
        backup.unlink()
        assert home.next_event("reload") == RELOAD
        assert "Please read" in served.get("/").text
        assert home.next_event("reload", 0.3) is None
        temporary = file.with_name("sedAb12")
        temporary.write_bytes(before)
        temporary.replace(file)
        assert home.next_event("reload") == RELOAD
        assert home.next_event("reload", 0.3) is None
    assert "Please read" not in served.get("/").text


def test_an_image_reloads_the_pages_that_show_it(served: Served) -> None:
    with served.tab("/") as home, served.tab("/unlisted/") as other:
        served.site.write({MAP: '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'})
        assert home.next_event("reload") == RELOAD
        assert other.next_event("reload", 0.3) is None
        assert b"M0 0" in served.get("/assets/map.svg").body


def test_styles_reload_every_page(served: Served) -> None:
    file = served.site.root / "overrides/assets/stylesheets/leitfaden.css"
    with served.tab("/unlisted/") as other:
        file.write_text(f"{file.read_text('utf-8')}\n.new {{ color: red }}\n", "utf-8")
        assert other.next_event("reload") == RELOAD
        assert b".new {" in served.get("/assets/stylesheets/leitfaden.css").body


def test_a_tab_that_has_missed_an_edit_is_told_when_it_comes_back(served: Served) -> None:
    got = served.get("/")
    with edited(served, HOME, "Read [the", "Afterwards read [the"):
        served.until(lambda: "Afterwards" in served.get("/").text)
        late = Tab(served, *got.about)
        assert late.next_event("reload") == RELOAD
        late.close()


def test_findings_are_told_once_and_shown_on_their_page(served: Served) -> None:
    wrong = "Go to [nowhere](nowhere-at-all.md). Read [the"
    with served.tab("/") as home, edited(served, HOME, "Read [the", wrong):
        assert home.next_event("reload") == RELOAD
        found = home.next_event("findings")
        assert found
        panel = json.loads(found[1])
        assert "LF401" in panel
        line = 1 + (served.site.root / HOME).read_text("utf-8").partition(wrong)[0].count("\n")
        address = f"vscode://file{served.site.root / HOME}:{line}:"
        assert f'<a href="{address}' in panel
        assert "LF401" not in served.get("/").text
        served.until(lambda: "nowhere-at-all.md" in served.told)
        served.until(lambda: "new, " in served.told)
    served.until(lambda: " gone, 12 in all" in served.told)
    assert served.told.count("leads to `nowhere-at-all.md`") == 1


def test_findings_are_in_the_readers_language(served: Served) -> None:
    wrong = "Gehen Sie zu [nichts](gibt-es-nicht.md). Lesen Sie [die"
    with served.tab("/de/") as home, edited(served, GERMAN, "Lesen Sie [die", wrong):
        assert home.next_event("reload") == RELOAD
        found = home.next_event("findings")
        while found and "LF401" not in found[1]:  # those that the page has had before
            found = home.next_event("findings")
        assert found
        panel = json.loads(found[1])
        assert '<ol lang="de"' in panel
        assert "Der Link führt zu `gibt-es-nicht.md`" in panel
        assert "which does not exist" not in panel


def test_what_is_behind_is_shown_on_both_sides(served: Served) -> None:
    source, translation = "docs/en/behind.md", "docs/de/behind.md"
    served.site.write({source: "# One\n\nSome text.\n", translation: "# Eins\n\nEtwas Text.\n"})
    root = served.site.root
    run("translated", "--contract", root / "playbook.yml", root / source)
    served.until(lambda: served.get("/de/behind/").status == 200)
    try:
        with served.tab("/behind/") as here, served.tab("/de/behind/") as there:
            served.site.edit(source, "Some text", "Quite another text")
            ours, theirs = panel_with(here, "behind"), panel_with(there, "LF511")
        assert "<strong>Deutsch</strong> 1 behind" in ours
        assert f'">{translation}</a>' in ours
        assert f'">{translation}:3:1</a>' in theirs
        assert f'">{source}:3:1</a>' in theirs
        assert "Anders als im Original: " in theirs
    finally:
        for name in (source, translation, "docs/de/translations.lock"):
            (served.site.root / name).unlink()
        served.until(lambda: served.get("/behind/").status == 404)


def panel_with(tab: Tab, text: str) -> str:
    """Return the first panel that a tab is told that holds a text."""
    while found := tab.next_event("findings"):
        panel: str = json.loads(found[1])
        if text in panel:
            return panel
    raise AssertionError(f"no panel holds {text!r}")


def test_a_page_that_comes_and_goes(served: Served) -> None:
    file = served.site.root / "docs/en/coming.md"
    missing = served.get("/coming/")
    assert missing.status == 404
    with served.tab("/coming/") as tab:
        file.write_text("# Coming\n", "utf-8")
        assert tab.next_event("reload") == RELOAD
    assert "Coming" in served.get("/coming/").text
    with served.tab("/coming/") as tab:
        file.unlink()
        assert tab.next_event("reload") == RELOAD
    assert served.get("/coming/").status == 404


def test_the_first_commit_tells_when_pages_were_changed(served: Served) -> None:
    root = served.site.root
    assert "Last changed" not in served.get("/unlisted/").text
    who = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    with served.tab("/unlisted/") as tab:
        for words in (("init", "-q"), ("add", "docs"), (*who, "commit", "-q", "-m", "First")):
            subprocess.run(["git", *words], cwd=root, check=True)
        assert tab.next_event("reload") == RELOAD
    served.until(lambda: "Last changed" in served.get("/unlisted/").text)
    shutil.rmtree(root / ".git")
    with edited(served, HOME, "Welcome home", "Welcome back"):  # which lets it ask again
        served.until(lambda: "Last changed" not in served.get("/unlisted/").text)
