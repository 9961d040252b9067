"""Whatever an edit breaks is told on the page, and the next good edit puts it right."""

from __future__ import annotations

import random
import shutil

import pytest

from tests.engine.serving.served import Served

RELOAD = ("reload", "")
BROKEN = {
    "playbook.yml": (b"locales: [", "playbook.yml:1:11: LF901"),
    "mkdocs.yml": (b"theme: {name: none-such}\nsite_name: x\n", "none-such"),
    "overrides/main.html": (b"{% block", "overrides/main.html:1: "),
    "overrides/partials/leitfaden/trail.html": (b"<p>{{ nobody.is.there }}</p>", "nobody"),
    "overrides/locales/en.yml": (b"home: [", "overrides/locales/en.yml:1"),
    "overrides/live/error.html": (b"{% nonsense %}", ""),
}


@pytest.mark.parametrize("path", BROKEN)
def test_what_is_broken_is_told_on_each_page_until_it_is_right_again(
    path: str, served: Served
) -> None:
    content, told = BROKEN[path]
    file = served.site.root / path
    good, home = file.read_bytes(), served.get("/").page
    with served.tab("/") as tab:
        file.write_bytes(content)
        if not told:
            assert served.get("/").page == home  # nothing of the site needs it
        else:
            assert tab.next_event("reload") == RELOAD
            for address in ("/", "/de/", "/no-such-page/"):
                got = served.get(address)
                assert got.status == 500
                assert told in got.text.replace("&#39;", "'")
                assert "Traceback" not in got.text
    if told:
        with served.tab("/") as tab:
            file.write_bytes(good)
            assert tab.next_event("reload") == RELOAD
    else:
        file.write_bytes(good)
    served.until(lambda: served.get("/").page == home)


def test_an_error_is_told_as_plain_text_where_no_template_can(served: Served) -> None:
    root, home = served.site.root, served.get("/").page
    (root / "overrides").rename(root / "away")
    served.until(lambda: served.get("/").status == 500)
    got = served.get("/")
    assert got.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert got.headers["Refresh"]
    (root / "away").rename(root / "overrides")
    served.until(lambda: served.get("/").page == home)


def test_what_is_told_cannot_become_markup(served: Served) -> None:
    file = served.site.root / "playbook.yml"
    good, home = file.read_bytes(), served.get("/").page
    file.write_bytes(good + b'\n"<script>alert(1)</script>": 1\n')
    served.until(lambda: served.get("/").status == 500)
    assert "&lt;script&gt;alert" in served.get("/").text
    assert "<script>alert" not in served.get("/").text
    file.write_bytes(good)
    served.until(lambda: served.get("/").page == home)


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
    file = served.site.root / "docs/en/unlisted.md"
    good, before = file.read_bytes(), served.get("/unlisted/").page
    file.write_bytes(content)
    served.until(lambda: served.get("/unlisted/").page != before, 20)
    assert served.get("/").status == 200
    file.write_bytes(good)
    served.until(lambda: served.get("/unlisted/").page == before, 20)


def test_the_server_survives_that_all_pages_go_away(served: Served) -> None:
    docs, home = served.site.root / "docs", served.get("/").page
    shutil.copytree(docs, served.site.root / "saved")
    shutil.rmtree(docs)
    served.until(lambda: served.get("/").page != home)
    (served.site.root / "saved").rename(docs)
    served.until(lambda: served.get("/").page == home)
    with served.tab("/") as tab:  # the new folder is watched as the old one was
        served.site.edit("docs/en/index.md", "Read [the", "So read [the")
        assert tab.next_event("reload") == RELOAD
    served.site.edit("docs/en/index.md", "So read [the", "Read [the")
    served.until(lambda: served.get("/").page == home)
