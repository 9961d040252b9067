"""What is answered, to whom, and what never is."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.engine.serving.served import Served, Tab, free_port, serving
from tests.site.sites import BILINGUAL, Site


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/assets/map.svg", "image/svg+xml; charset=utf-8"),
        ("/assets/javascripts/leitfaden.js", "text/javascript; charset=utf-8"),
        ("/assets/stylesheets/leitfaden.css", "text/css; charset=utf-8"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/sitemap.xml.gz", "application/gzip"),
        ("/index.html.md", "text/markdown; charset=utf-8"),
        ("/de/llms.txt", "text/plain; charset=utf-8"),
        ("/search/search_index.json", "application/json; charset=utf-8"),
        ("/_leitfaden/live.js", "text/javascript; charset=utf-8"),
        ("/_leitfaden/live.css", "text/css; charset=utf-8"),
    ],
)
def test_everything_has_its_content_type(served: Served, address: str, kind: str) -> None:
    got = served.get(address)
    assert (got.status, got.headers["Content-Type"]) == (200, kind)
    assert got.body
    head = served.get(address, method="HEAD")
    assert (head.status, head.headers["Content-Type"], head.body) == (200, kind, b"")


def test_folders_are_found_without_the_slash(served: Served) -> None:
    got = served.get("/de/assess-it?x=1")
    assert (got.status, got.headers["Location"]) == (302, "/de/assess-it/?x=1")


def test_the_sites_own_page_tells_that_there_is_none(served: Served) -> None:
    got = served.get("/nowhere/at-all")
    assert got.status == 404
    assert "Page not found" in got.text


@pytest.mark.parametrize(
    "path",
    [
        "/../playbook.yml",
        "/%2e%2e/playbook.yml",
        "/assets/..%2f..%2f..%2fplaybook.yml",
        "/..%5cplaybook.yml",
        "//example.org/",
        "/%00",
        "/assets//map.svg",
        "/./index.html",
        "/_leitfaden/../playbook.yml",
        "/_leitfaden/desk.py",
        "/etc/passwd",
        "/C:/x",
        "/docs/en/index.md",
        "/" + "a" * 9000,
    ],
)
def test_nothing_else_is_given_away(served: Served, path: str) -> None:
    got = served.get(path, raw=True)
    assert got.status == 404
    assert b"navigation:" not in got.body
    assert "Location" not in got.headers


@pytest.mark.parametrize("page", ["../../../../../etc/passwd", "/etc/passwd", "%00", "x/../y"])
def test_a_tab_that_asks_for_what_is_no_page_is_told_to_look_again(
    served: Served, page: str
) -> None:
    tab = Tab(served, page, "none")
    assert tab.next_event() == ("reload", "")
    tab.close()


@pytest.mark.parametrize("path", ["/%ff", "http://[", "*"])
def test_what_cannot_be_read_is_refused(served: Served, path: str) -> None:
    assert served.get(path, raw=True).status in (400, 404)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:1", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("x.localhost", 200),
        ("evil.example", 403),
        ("evil.example:8000", 403),
        ("127.0.0.1.evil.example", 403),
        ("", 403),
        ("[", 403),
    ],
)
def test_only_names_that_cannot_lie_are_answered(served: Served, host: str, status: int) -> None:
    assert served.get("/", host=host).status == status


def test_a_link_out_of_the_docs_is_not_followed(served: Served) -> None:
    secret = served.site.root.parent / "secret.svg"
    secret.write_text("secret", "utf-8")
    image = served.site.root / "docs/assets/map.svg"
    before = image.read_bytes()
    image.unlink()
    image.symlink_to(secret)
    assert b"secret" not in served.get("/assets/map.svg").body
    image.unlink()
    image.write_bytes(before)
    served.until(lambda: served.get("/assets/map.svg").body == before)


def test_it_ends_by_ctrl_c_while_tabs_are_open(tmp_path: Path) -> None:
    with serving(Site(tmp_path).of_few_words().write(BILINGUAL)) as served, served.tab("/"):
        assert served.end() == 0
    assert served.told.endswith("serve: ended\n")
    assert "Traceback" not in served.told


def test_a_port_in_use_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        with serving(Site(tmp_path).of_few_words().write(BILINGUAL), port=port) as served:
            assert served.process.wait(20) == 2
    assert served.told == f"Error: Cannot serve at 127.0.0.1:{port}: Address already in use.\n"


def test_one_language_is_served_alone(tmp_path: Path) -> None:
    site = Site(tmp_path).of_few_words().write(BILINGUAL).save()
    port = free_port()
    with serving(site, "--locale", "de", port=port) as served:
        german = served.get("/de/").page
        first = served.get("/")
        assert (first.status, first.headers["Location"]) == (302, "/de/")
        other = served.get("/assess-it/")
        assert other.status == 404
        assert 'href="/de/"' in other.text
        built = {name: body for name, body in served.built().items() if name.startswith("de/")}
        assert built["de/index.html"] == german
        assert served.differences(built) == []
        served.end()


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    with serving(Site(tmp_path).of_few_words().write(BILINGUAL), "--locale", "xx") as served:
        assert served.process.wait(20) == 2
    assert served.told.endswith("Error: There is no locale `xx`. There are: en, de.\n")


def test_below_a_path_as_mkdocs_does(tmp_path: Path) -> None:
    site = Site(tmp_path).of_few_words().write(BILINGUAL)
    with serving(site, env={"SITE_URL": "https://example.org/some/path/"}) as served:
        assert served.get("/").headers["Location"] == "/some/path/"
        assert "Welcome home" in served.get("/some/path/").text
        assert served.get("/some/path").headers["Location"] == "/some/path/"
        assert served.get("/index.html").status == 404
        assert "/some/path/assets/" in served.get("/some/path/nowhere").text


def test_hooks_that_work_on_pages_have_the_whole_site_built(tmp_path: Path) -> None:
    site = Site(tmp_path).of_few_words().write(BILINGUAL)
    hook = "def on_page_content(html, **_):\n    return html + '<p>hooked</p>'\n"
    site.write({"hooks.py": hook})
    site.edit("mkdocs.yml", "plugins:\n", "hooks: [hooks.py]\nplugins:\n")
    with serving(site) as served:
        with served.tab("/") as tab:
            assert "<p>hooked</p>" in served.get("/").text
            site.edit("docs/en/index.md", "Read [the", "So read [the")
            assert tab.next_event("reload") == ("reload", "")
        assert "So read" in served.get("/").text
        with served.tab("/") as tab:
            site.write({"hooks.py": "def on_page_content(html, **_):\n    raise ValueError(1)\n"})
            assert tab.next_event("reload") == ("reload", "")
        assert served.get("/").status == 500
    assert served.told.count("Each change builds the whole site") == 1
