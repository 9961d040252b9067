"""Each page tells its browser what to let in; what no template has put there is told, and stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from mkdocs.livereload import LiveReloadServer

from leitfaden.site import policy
from tests.site.sites import Built, Site

META = '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="'
TABLE = "---\nrenderer: mkdocs\n---\n# Old\n\n| A | B |\n| :-: | --: |\n| 1 | 2 |\n"


@pytest.fixture
def small(site: Site) -> Site:
    return site.write({"docs/en/index.md": "# Home\n", "docs/de/index.md": "# Start\n"})


def told(built: Built, url: str) -> dict[str, list[str]]:
    html = "\n".join(line.strip() for line in built.html(url).splitlines())
    value = html.split(META)[1].split('"')[0]
    return {name: sources for name, *sources in (part.split(" ") for part in value.split("; "))}


def test_every_page_tells_it_first(bilingual: Built) -> None:
    pages = sorted(bilingual.site.rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        head = "\n".join(line.strip() for line in page.read_text("utf-8").splitlines())
        assert head.partition("<head>")[2].strip().startswith(META), page
        assert page.read_bytes().index(b"charset") < 1024
        assert "unsafe" not in head.partition(META)[2].partition('"')[0]


def test_the_script_that_knows_how_deep_a_page_is_has_a_hash_for_each_depth(
    bilingual: Built,
) -> None:
    top, deep, again = (told(bilingual, url) for url in ("", "de/phases/", "de/assess-it/"))
    assert {*top["script-src"]} != {*deep["script-src"]}
    assert deep == again


def test_a_redirect_tells_it_too(small: Site) -> None:
    built = small.write({"docs/en/redirects.yml": "old: {page: index}\n"}).build("--strict")
    assert told(built, "old.html")["script-src"] == ["'self'"]


def test_without_it_pages_tell_nothing_and_may_hold_anything(small: Site) -> None:
    small.contract["policy"] = {"enforced": False}
    small.edit("overrides/main.html", "{% block styles %}", "{% block styles %}<style>p{}</style>")
    built = small.write({"docs/en/redirects.yml": "old: {page: index}\n"}).build("--strict")
    assert built.exit_code == 0, built.log
    for url in ("", "404.html", "old.html"):
        assert "Content-Security-Policy" not in built.html(url)


def test_a_script_of_a_template_is_let_in_however_its_lines_are_indented(small: Site) -> None:
    script = "<script>\n      let a = 1\n      a += 1\n    </script>"
    small.edit("overrides/main.html", "{% block styles %}", f"{{% block styles %}}{script}")
    small.edit("overrides/partials/leitfaden/trail.html", "{%", f"{script}{{%-")
    built = small.build("--strict")
    assert built.exit_code == 0, built.log
    assert len(told(built, "")["script-src"]) > 2


def test_icons_of_mkdocs_yml_are_let_in_as_a_style(small: Site) -> None:
    icons = "  icon:\n    admonition: {note: material/compass-outline}\n"
    built = small.edit("mkdocs.yml", "  icon:\n", icons).build("--strict")
    assert built.exit_code == 0, built.log
    assert "<style>" in built.html("")
    assert [source[:8] for source in told(built, "")["style-src"]] == ["'self'", "'sha256-"]


@pytest.mark.parametrize(
    ("put", "message"),
    [
        (
            "<script>let a = {{ page.title | tojson }}</script>",
            'The page holds a script that no template has: `let a = "Home"`.',
        ),
        (
            "<style>p{ {{ page.title }} }</style>",
            "The page holds a style that no template has: `p{ Home }`.",
        ),
        (
            '<script src="https://far.example/a.js"></script>',
            "The page asks for a script of another host: `https://far.example/a.js`.",
        ),
    ],
)
def test_what_no_template_says_stops_the_build(small: Site, put: str, message: str) -> None:
    put = f"{{% block styles %}}{{% if page %}}{put}{{% endif %}}"
    built = small.edit("overrides/main.html", "{% block styles %}", put).build()
    assert built.exit_code == 1
    line, *_ = built.lines("ERROR")
    assert f"docs/en/index.md: LF919 {message}" in line


def test_a_page_without_a_policy_stops_the_build(small: Site) -> None:
    include = '{% include "partials/leitfaden/policy.html" %}'
    built = small.edit("overrides/main.html", include, "").build()
    assert built.exit_code == 1
    assert "The page has no policy." in built.log


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("font: false", "font: {text: Inter}", "`theme.font` loads fonts from Google"),
        (
            "extra:\n",
            "extra_javascript: ['https://far.example/a.js']\nextra:\n",
            "`extra_javascript` loads https://far.example/a.js",
        ),
        (
            "extra:\n",
            "extra_css: ['//far.example/a.css']\nextra:\n",
            "`extra_css` loads //far.example/a.css",
        ),
        (
            "extra:\n",
            "extra:\n  analytics: {provider: google, property: G-1}\n",
            "`extra.analytics` loads a script from Google",
        ),
        (
            "  - pymdownx.highlight\n",
            "  - pymdownx.highlight: {noclasses: true}\n",
            "`pymdownx.highlight` colours code by styles",
        ),
    ],
)
def test_what_mkdocs_yml_asks_for_in_vain_is_told_before(
    small: Site, old: str, new: str, message: str
) -> None:
    built = small.edit("mkdocs.yml", old, new).build()
    assert built.exit_code == 1
    assert message in built.log


def test_hosts_that_the_contract_names_are_let_in(small: Site) -> None:
    small.contract["policy"] = {"scripts": ["https://far.example"]}
    more = "extra_javascript: ['https://far.example/a.js']\nextra:\n"
    built = small.edit("mkdocs.yml", "extra:\n", more).build("--strict")
    assert built.exit_code == 0, built.log
    assert 'src="https://far.example/a.js"' in built.html("")


def test_a_class_aligns_the_cells_of_pages_that_mkdocs_renders(small: Site) -> None:
    built = small.write({"docs/en/old.md": TABLE, "docs/de/old.md": TABLE}).build()
    assert built.exit_code == 0, built.log
    cells = built.attributes("old/", "article th, article td", "class")
    assert cells == ["lf-align-center", "lf-align-right"] * 2
    assert "style=" not in built.html("old/")


def test_a_class_of_the_writers_own_stays() -> None:
    html = '<td class="a" style="text-align: right;" id="b">1</td><td style="text-align: left;">'
    assert policy.aligned(html) == (
        '<td class="a lf-align-right" id="b">1</td><td class="lf-align-left">'
    )


def test_mkdocs_own_live_server_may_put_its_script_into_pages(small: Site) -> None:
    built = small.build()
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(built.site))
    try:
        server.watch(str(small.root / "docs"))
        policy.let_in_live_reload(server)
        answer = list(_asked(server, "/"))
        script = list(_asked(server, "/assets/javascripts/search.js"))
    finally:
        server.server_close()
    headers, body = answer[0], b"".join(answer[1:])
    assert len(body) == int(headers["Content-Length"])
    assert b"livereload(" in body
    assert b"script-src 'self' 'unsafe-inline' " in body
    assert b"sha256" not in body.partition(b"style-src")[0]
    assert script[1:] == [(built.site / "assets/javascripts/search.js").read_bytes()]


def _asked(server: LiveReloadServer, path: str) -> Iterator[Any]:
    app = server.get_app()
    headers: dict[str, str] = {}

    def begin(_: str, found: list[tuple[str, str]], *__: Any) -> Callable[[bytes], object]:
        headers.update(found)
        return bytes

    assert app is not None
    body = b"".join(app({"PATH_INFO": path}, begin))
    yield headers
    yield body


def test_even_trusted_writers_get_no_script_into_a_page(small: Site) -> None:
    small.contract["trust"] = "full"
    old = '---\nrenderer: mkdocs\n---\n# Old\n\n<p style="color: red">Red</p>\n\n'
    mermaid = '<pre class="mermaid"><code>graph LR</code></pre>\n'
    script = "<script>go()</script>\n"
    small.write({"docs/en/old.md": old + mermaid, "docs/de/old.md": "# Alt\n"})
    built = small.build()
    assert built.exit_code == 0, built.log
    assert [line.partition("LF918 ")[2].partition(":")[0] for line in built.complaints] == [
        "A `style` attribute has no effect",
        "A diagram of Mermaid is shown as its text only. Show an image of it.",
    ]
    built = small.write({"docs/en/old.md": old + script}).build()
    assert built.exit_code == 1
    assert "docs/en/old.md: LF919 The page holds a script that no template has: `go()`" in built.log
