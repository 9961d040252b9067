"""Whatever an edit breaks is told on the page, and the next good edit puts it right."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.engine.serving.served import Served, Tab

RELOAD = ("reload", "")
BROKEN = {
    "playbook.yml": (b"locales: [", "playbook.yml:2:1: LF906"),
    "mkdocs.yml": (b"theme: {name: none-such}\nsite_name: x\n", "none-such"),
    "overrides/main.html": (b"{% block", "overrides/main.html:1: "),
    "overrides/partials/leitfaden/trail.html": (b"<p>{{ nobody.is.there }}</p>", "nobody"),
    "overrides/locales/en.yml": (b"home: [", "overrides/locales/en.yml:1"),
}


@contextmanager
def broken(served: Served, path: str, content: bytes, shown: str = "/") -> Iterator[None]:
    """Break a file for a while; then all is as it was."""
    file = served.site.root / path
    good, before = file.read_bytes(), served.get(shown).page
    try:
        file.write_bytes(content)
        yield
    finally:
        file.write_bytes(good)
        served.until(lambda: served.get(shown).page == before)


@pytest.mark.parametrize("path", BROKEN)
def test_what_is_broken_is_told_on_each_page_until_it_is_right_again(
    path: str, served: Served
) -> None:
    content, told = BROKEN[path]
    with served.tab("/") as tab, broken(served, path, content):
        assert tab.next_event("reload") == RELOAD
        for address in ("/", "/de/"):
            got = served.get(address)
            assert got.status == 500
            assert told in got.text
            assert "Traceback" not in got.text
        late = Tab(served, *served.get("/").about)
    assert late.next_event("reload") == RELOAD
    late.close()


def test_a_broken_page_of_the_servers_own_breaks_nothing_else(served: Served) -> None:
    home = served.get("/").page
    with broken(served, "overrides/live/error.html", b"{% nonsense %}"):
        with broken(served, "overrides/main.html", b"{% block"):
            served.until(lambda: served.get("/").status == 500)
            assert served.get("/").headers["Content-Type"] == "text/plain; charset=utf-8"
        assert served.get("/").page == home


def test_an_error_is_told_as_plain_text_where_no_template_can(served: Served) -> None:
    root, home = served.site.root, served.get("/").page
    (root / "overrides").rename(root / "away")
    try:
        served.until(lambda: served.get("/").status == 500)
        got = served.get("/")
        assert got.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert got.headers["Refresh"]
    finally:
        (root / "away").rename(root / "overrides")
    served.until(lambda: served.get("/").page == home)


def test_what_is_told_cannot_become_markup(served: Served) -> None:
    good = (served.site.root / "playbook.yml").read_bytes()
    with broken(served, "playbook.yml", good + b'\n"<script>alert(1)</script>": 1\n'):
        served.until(lambda: served.get("/").status == 500)
        assert "&lt;script&gt;alert" in served.get("/").text
        assert "<script>alert" not in served.get("/").text


@pytest.mark.parametrize(
    "content",
    [
        random.Random(8).randbytes(5000),
        b"# Big\n\n" + b"word " * 400_000,
        b"[" * 20_000,
        b"\xff\xfe\x00",
        b"---\ntitle: [\n---\n",
        b"",
    ],
    ids=["random", "two megabytes", "brackets", "no text", "front matter", "nothing"],
)
def test_the_server_survives_any_page(content: bytes, served: Served) -> None:
    before = served.get("/unlisted/").page
    with broken(served, "docs/en/unlisted.md", content, "/unlisted/"):
        served.until(lambda: served.get("/unlisted/").page != before)
        assert served.get("/").status == 200


def test_the_server_survives_that_all_pages_go_away(served: Served) -> None:
    docs, home = served.site.root / "docs", served.get("/").page
    shutil.copytree(docs, served.site.root / "saved")
    shutil.rmtree(docs)
    try:
        served.until(lambda: served.get("/").page != home)
    finally:
        (served.site.root / "saved").rename(docs)
    served.until(lambda: served.get("/").page == home)
    with served.tab("/") as tab:  # the new folder is watched as the old one was
        served.site.edit("docs/en/index.md", "Read [the", "So read [the")
        assert tab.next_event("reload") == RELOAD
    served.site.edit("docs/en/index.md", "So read [the", "Read [the")
    served.until(lambda: served.get("/").page == home)


@pytest.mark.parametrize("pause", [0.03, 0.1, 0.2, 0.4])
def test_what_is_written_while_the_site_is_made_anew_is_not_lost(
    pause: float, served: Served
) -> None:
    home = served.get("/").page
    path = "overrides/locales/en.yml"
    good = (served.site.root / path).read_bytes()
    served.site.write({path: good.replace(b"name: Leitfaden", b"name: First")})
    time.sleep(pause)
    served.site.write({path: good.replace(b"name: Leitfaden", b"name: Second")})
    served.until(lambda: "<title>Second" in served.get("/").text)
    served.site.write({path: good})
    served.until(lambda: served.get("/").page == home)
