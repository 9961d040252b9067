"""Pages that are broken or mean harm: one finding each, and the rest of the site stands."""

from __future__ import annotations

import os

import pytest

from tests.site.sites import Built, Site

HOME = {"docs/en/index.md": "# Home\n\n[Page](page.md)\n", "docs/de/index.md": "# Start\n"}

posix = pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")


def built_with(site: Site, page: str | bytes) -> Built:
    built = site.write(HOME).write({"docs/en/page.md": page}).build()
    assert built.exit_code == 0, built.log
    assert "Traceback" not in built.log
    assert built.text("", "article h1").startswith("Home")
    return built


UNREADABLE: dict[str, tuple[str | bytes, str]] = {
    "a": (b"# Caf\xe9\n", ":1:6: LF102 "),
    "b": ("# Größe\n".encode("utf-16"), ": LF102 "),
    "c": ("---\ntitle: a: b\n---\n\n# Page\n", ":2:8: LF103 "),
    "d": ("---\na: &a [1]\nb: *a\n---\n\n# Page\n", ":2:1: LF103 "),
    "e": ("---\ntitle: never closed\n\n# Page\n", ":1:1: LF104 "),
    "f": ("---\n- a\n---\n\n# Page\n", ":2:1: LF105 "),
}


def test_a_page_that_cannot_be_read_whole_is_one_finding(site: Site) -> None:
    site.write({f"docs/en/{name}.md": page for name, (page, _) in UNREADABLE.items()})
    built = built_with(site, "# Page\n")
    assert len(built.complaints) == len(UNREADABLE), built.log
    for line, (name, (_, finding)) in zip(built.complaints, UNREADABLE.items(), strict=True):
        assert f"docs/en/{name}.md{finding}" in line


def test_a_page_that_cannot_be_read_fails_a_strict_build(site: Site) -> None:
    assert site.write({**HOME, "docs/en/page.md": b"# Caf\xe9\n"}).build("--strict").exit_code == 1


def test_broken_front_matter_is_not_shown(site: Site) -> None:
    built = built_with(site, "---\ntitle: se: cret\n---\n\n# Page\n")
    assert "cret" not in built.html("page/")


def test_a_first_line_that_looks_like_metadata_stays(site: Site) -> None:
    built = built_with(site, "Note: this counts.\n\n# Page\n")
    assert built.complaints == []
    assert "Note: this counts." in built.text("page/", "article")


@posix
def test_links_that_lead_nowhere_are_one_finding_each(site: Site) -> None:
    site.write(HOME)
    (site.root / "docs/en/page.md").symlink_to("nothing.md")
    (site.root / "docs/en/picture.svg").symlink_to("nothing.svg")
    built = site.build()
    assert built.exit_code == 0, built.log
    assert len(built.complaints) == 2, built.log
    assert "docs/en/page.md: LF101 " in built.log
    assert "docs/en/picture.svg: LF914 " in built.log


EVIL = "</title><script>alert(1)</script><b \" ' &amp;"
QUOTED = EVIL.replace("<", "\\<")


def test_titles_and_descriptions_cannot_bring_html(site: Site) -> None:
    head = f"title: >-\n  {EVIL}\ndescription: >-\n  About {EVIL}"
    page = f"---\n{head}\n---\n\n# {QUOTED}\n\n## {QUOTED}\n"
    classic = f"---\nrenderer: mkdocs\ntitle: >-\n  {EVIL}\ntemplate: nothing.html\n---\n\nText.\n"
    named = {"page": "named", "title": {"en": EVIL, "de": EVIL}}
    site.navigation(
        "index", {"title": {"en": EVIL, "de": EVIL}, "pages": ["page", "classic", named]}
    )
    site.write({"docs/en/classic.md": classic, "docs/en/named.md": "# Named\n"})
    built = built_with(site, page)
    for url in ("", "page/", "classic/", "named/", "de/", "de/page/"):
        assert "<script>alert" not in built.html(url)
    assert built.text("page/", "title") == f"{EVIL} – Leitfaden".replace("&amp;", "&")
    assert built.attributes("page/", "meta[name=description]", "content") == [f"About {EVIL}"]


METADATA = [
    "template: nothing.html",
    "icon: no/such",
    "status: '\"><script>x</script>'",
    "subtitle: <script>x</script>",
    "tags: [<script>x</script>]",
    "hide: 7",
    "search: 7",
    "search: {boost: many}",
    "title: [1]",
    "date: 2024-01-01",
    "3: 4",
]
NOT_OURS = ["template", "icon", "status", "subtitle", "tags", "date", "3"]


def test_metadata_cannot_break_the_build(site: Site) -> None:
    pages = {f"page-{number}": f"---\n{text}\n---\n\n# P\n" for number, text in enumerate(METADATA)}
    site.write({f"docs/en/{name}.md": page for name, page in pages.items()})
    site.contract["metadata"]["optional"] += NOT_OURS
    built = built_with(site.navigation("index", *pages), "# Page\n")
    assert built.complaints == []
    for url in ("", *[f"{name}/" for name in pages]):
        assert "<script>x" not in built.html(url)


def test_hiding_works(site: Site) -> None:
    page = "---\nhide: [toc]\nsearch: {exclude: true}\n---\n\n# Page\n\n## One\n"
    built = built_with(site, page)
    sidebar = built.page("page/").css_first(".md-sidebar--secondary")
    assert sidebar is not None
    assert "hidden" in sidebar.attributes
    assert "page/" not in built.found_by_search("")


@posix
def test_links_out_of_the_docs_folder_are_not_published(site: Site) -> None:
    site.write({**HOME, "docs/en/page.md": "# Page\n", "secret.txt": "secret"})
    site.write({"outside/secret.md": "# Secret\n"})
    (site.root / "docs/en/secret.txt").symlink_to(site.root / "secret.txt")
    (site.root / "docs/assets").symlink_to(site.root / "outside")
    (site.root / "docs/en/secret.md").symlink_to(site.root / "outside/secret.md")
    built = site.build()
    assert not list(built.site.rglob("*secret*"))
    assert len([line for line in built.complaints if "LF914" in line]) >= 2


def test_two_files_for_one_page(site: Site) -> None:
    files = {"docs/de/page.md": "# Neu\n", "docs/de/page-de.md": "# Alt\n"}
    built = site.write({**HOME, "docs/en/page.md": "# Page\n", **files}).build()
    assert len(built.complaints) == 1
    assert "docs/de/page.md" in built.complaints[0]
    assert built.text("de/page/", "article h1").startswith("Alt")


def test_a_page_outside_of_the_locales(site: Site) -> None:
    built = site.write({**HOME, "docs/en/page.md": "# P\n", "docs/stray.md": "# Stray\n"}).build()
    assert len(built.complaints) == 1
    assert "docs/stray.md: LF912 The page lies in no locale's folder" in built.complaints[0]
    assert "docs/en/" in built.complaints[0]
    assert not (built.site / "stray").exists()


def test_excluded_pages_are_no_findings(site: Site) -> None:
    site.write({**HOME, "docs/en/page.md": "# P\n", "docs/README.md": "# How to write\n"})
    site.edit("mkdocs.yml", "docs_dir: docs\n", "docs_dir: docs\nexclude_docs: /README.md\n")
    assert site.build("--strict").complaints == []


@posix
def test_links_that_lead_around_in_circles_end_the_build_at_once(site: Site) -> None:
    """MkDocs follows them: two folders that are links to their own folder keep it for ever."""
    site.write(HOME).write({"docs/en/page.md": "# Page\n"})
    for name in ("loop", "other"):
        (site.root / "docs/en" / name).symlink_to(".", target_is_directory=True)
    (site.root / "docs/en/circle.svg").symlink_to("circle.svg")
    built = site.build()
    assert built.exit_code == 1, built.log
    assert len(built.complaints) == 3, built.log
    assert "docs/en/loop: LF914 The folder is a link to another one" in built.log


@pytest.mark.parametrize("name", ["UPPER.MD", "mixed.Md", "long.markdown"])
def test_a_page_with_another_ending_is_told_and_not_published(site: Site, name: str) -> None:
    site.write(HOME).write({"docs/en/page.md": "# Page\n", f"docs/en/{name}": "# Other\n"})
    built = site.build()
    assert len(built.complaints) == 1, built.log
    assert f"docs/en/{name}: LF912 The page's name does not end in `.md`" in built.log
    assert not list(built.site.rglob(f"*{name}"))
