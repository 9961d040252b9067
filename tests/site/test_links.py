"""Links between pages, and what is told about those that lead nowhere."""

from __future__ import annotations

import logging
import struct
from collections.abc import Collection
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from leitfaden.checking.facts import LinkFact
from leitfaden.checking.links import reach_of
from leitfaden.checking.places import Places
from leitfaden.contract import load_contract
from leitfaden.model import Diagnostic, Link, Place, Severity, Span
from leitfaden.reading import read_playbook
from leitfaden.site.levels import TOLD_BY_CHECKS, level_of
from leitfaden.site.links import LinkResolver
from leitfaden.site.messages import Messages
from tests.site.sites import PROJECT, Built, Site

PAGES = {
    "docs/en/index.md": "# Home\n",
    "docs/de/index.md": "# Start\n",
    "docs/en/resources-bvd.md": "# Resources\n\n## Overview\n",
    "docs/de/resources-bvd-de.md": "# Mittel\n\n## Übersicht\n",
    "docs/en/phases/assess.md": "# Assess\n",
    "docs/de/only-german.md": "# Nur deutsch\n",
    "docs/assets/map.svg": "<svg/>",
}


def built_with(site: Site, path: str, *links: str, strict: bool = False) -> Built:
    """Build a site with a page that holds these links, each in a line of its own."""
    body = "\n".join(f"- [a]({link})" for link in links)
    return site.write(PAGES).write({path: f"# Page\n\n{body}\n"}).build(*["--strict"] * strict)


def test_ways_to_write_a_link(site: Site) -> None:
    links = {
        "resources-bvd.md": "../../resources-bvd/",
        "resources-bvd.md#overview": "../../resources-bvd/#overview",
        "../de/index.md": "../../de/",
        "../de/resources-bvd-de.md": "../../de/resources-bvd/",
        "phases/assess.md?x=1": "../assess/?x=1",
        "./phases/../index.md": "../../",
        "#page": "#page",
        "https://example.org/x": "https://example.org/x",
        "<mailto:a@example.org>": "mailto:a@example.org",
        "../assets/map.svg": "../../assets/map.svg",
    }
    # From a page in a folder, so that each way up is taken.
    written = [link if link[0] in "#<h" else f"../{link}" for link in links]
    built = built_with(site, "docs/en/phases/page.md", *written, strict=True)
    assert built.complaints == []
    assert built.attributes("phases/page/", "article li a", "href") == list(links.values())


def test_links_of_a_german_page(site: Site) -> None:
    links = [
        "resources-bvd-de.md#overview",
        "resources-bvd.md",
        "phases/assess.md",
        "only-german.md",
    ]
    built = built_with(site, "docs/de/page.md", *links, "../en/index.md", strict=True)
    assert built.complaints == []
    assert built.attributes("de/page/", "article li a", "href") == [
        "../resources-bvd/#overview",
        "../resources-bvd/",
        "../phases/assess/",
        "../only-german/",
        "../../",
    ]


# Every way to name a page that is there, and the address on the site, seen from `page/`.
SPELLINGS = {
    "resources-bvd": "../resources-bvd/",
    "resources-bvd/": "../resources-bvd/",
    "./resources-bvd#overview": "../resources-bvd/#overview",
    "resources-bvd.html": "../resources-bvd/",
    "resources-bvd.htm?x=1#overview": "../resources-bvd/?x=1#overview",
    "Resources-BVD.md": "../resources-bvd/",
    "resources%2Dbvd.md": "../resources-bvd/",
    "phases": "../phases/",
    "phases/": "../phases/",
    "phases/index.md": "../phases/",
    "phases/assess.html": "../phases/assess/",
    "./": "../",
    ".": "../",
    "..%2Fen%2Fresources-bvd.md": "../resources-bvd/",
    "../de/only-german.md": "../de/only-german/",
    "../de/resources-bvd-de.md": "../de/resources-bvd/",
    "../de/resources-bvd-de.html": "../de/resources-bvd/",
    "../Assets/Map.SVG": "../assets/map.svg",
    "a%20b.md": "../a%20b/",
    "grösse.md": "../gr%C3%B6sse/",
}


def test_a_page_is_found_under_any_of_its_names(site: Site) -> None:
    more = {"docs/en/a b.md": "# A b\n", "docs/en/grösse.md": "# G\n"}
    site.write({"docs/en/phases/index.md": "# Phases\n", **more})
    built = built_with(site, "docs/en/page.md", *SPELLINGS)
    assert built.exit_code == 0, built.log
    assert built.attributes("page/", "article li a", "href") == list(SPELLINGS.values())
    assert not [line for line in built.complaints if "LF401" in line or "LF403" in line]


def test_all_kinds_of_links_are_resolved(site: Site) -> None:
    page = (
        "# Page\n\n[a][r] ![b](../assets/map.svg) <a href='resources-bvd'>c</a>\n\n"
        "| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| 4071 | Read [d](phases/assess.html) | M | SME | Exchange |\n\n"
        "| A |\n| --- |\n| [e](index) |\n\n[r]: resources-bvd.md#overview\n"
    )
    built = site.write(PAGES).write({"docs/en/page.md": page}).build()
    hrefs = built.attributes("page/", "article p a, article td a", "href")
    assert [href for href in hrefs if href and not href.startswith("#")] == [
        "../resources-bvd/#overview",
        "../resources-bvd/",
        "../phases/assess/",
        "../roles/sme/",
        "../services/exchange/",
        "../",
    ]
    assert built.attributes("page/", "article p img", "src") == ["../assets/map.svg"]


def test_files_of_the_source_stand_in_for_those_of_a_translation(site: Site) -> None:
    site.write({"docs/en/media/form.pdf": b"%PDF", "docs/en/media/pic.png": png(64, 48)})
    page = "# Seite\n\n[a](media/form.pdf) [b](Media/Form.pdf) ![Ein Bild](media/pic.png)\n"
    built = site.write(PAGES).write({"docs/de/page.md": page}).build()
    assert built.exit_code == 0, built.log
    assert built.attributes("de/page/", "article p a", "href") == ["../../media/form.pdf"] * 2
    assert (built.site / "media/form.pdf").is_file()
    (image,) = built.page("de/page/").css("article p img")
    assert image.attributes["src"] == "../../media/pic.png"
    assert (image.attributes["width"], image.attributes["height"]) == ("64", "48")


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">LL", width, height) + bytes(5)


def test_an_image_keeps_its_place_free_unless_nobody_knows_its_size(site: Site) -> None:
    secret = site.root / "secret.png"
    secret.write_bytes(png(6, 4))
    site.write({"docs/assets/pic.png": png(640, 480), "docs/assets/odd.png": b"odd"})
    (site.root / "docs/assets/out.png").symlink_to(secret)
    names = ("pic.png", "odd.png", "out.png", "gone.png")
    body = "\n\n".join(f"![The {name}](../assets/{name})" for name in names)
    built = site.write(PAGES).write({"docs/en/page.md": f"# Page\n\n{body}\n"}).build()
    images = built.page("page/").css("article p img")
    assert [image.attributes.get("width") for image in images] == ["640", None]
    assert built.texts("page/", "article p")[2:4] == ["The out.png", "The gone.png"]
    assert not (built.site / "assets/out.png").exists()


# Targets of all kinds, and the file whose address readers get; None where there is none.
TARGETS = {
    "": None,
    "#x": None,
    "?x": None,
    "https://example.org/": None,
    "http://[": None,
    "javascript:x": None,
    "mailto:a@b.de": None,
    "//host/x": None,
    "/en/other.md": None,
    "other.md": "en/other.md",
    "other": "en/other.md",
    "OTHER.md": "en/other.md",
    "other.html": "en/other.md",
    "other.txt": None,
    "./": "en/index.md",
    "../en": "en/index.md",
    "..": None,
    "../../x.md": None,
    "nothing.md": None,
    "nothing": None,
    "nothing/": None,
    "python.md": "en/python.md",
    "page.md": "en/page.md",
    "../de/other.md": None,
    "www.example.org": None,
    "a@example.org": None,
}


def test_checks_and_the_site_agree_on_where_links_lead(tmp_path: Path) -> None:
    links = resolver(tmp_path, ())
    for target, file in TARGETS.items():
        link = Link(target, "a", Span(0, 0), Span(0, 0), False, 0)
        fact = LinkFact(target, "a", Span(0, 0), Span(0, 0), False)
        reached = reach_of(fact, links.page, links.places)
        assert reached.uri == (file or ""), target
        shown = links.files.src_uris[file].url_relative_to(links.file) if file else None
        assert links.resolve(link) == shown, target


# What is written, the rule that tells it, and what was meant, if it can be known.
NOWHERE = [
    ("resources-bdv.md", "LF401", "resources-bvd.md"),
    ("assess.md#x", "LF401", "phases/assess.md#x"),
    ("../assets/mop.svg", "LF401", "../assets/map.svg"),
    ("only-german.md", "LF401", None),
    ("nothing-like-it.md", "LF401", None),
    ("../../../etc/passwd.md", "LF401", None),
    ("/resources-bvd/", "LF402", "resources-bvd.md"),
    ("www.example.org/x", "LF423", "https://www.example.org/x"),
    ("a@example.org", "LF423", "mailto:a@example.org"),
    ("\u200bhttps://example.org/x", "LF423", "https://example.org/x"),
    ("http://[", "LF403", None),
    ("javascript:alert(1)", "LF404", None),
    ("JaVa&#x73;cript:alert(1)", "LF404", None),
    ("data:text/html,x", "LF404", None),
]


def test_a_link_that_leads_nowhere_is_told_with_what_was_meant(site: Site) -> None:
    built = built_with(site, "docs/en/page.md", "index.md", *[link for link, *_ in NOWHERE])
    assert len(built.complaints) == len(NOWHERE), built.log
    for number, (line, (_, code, meant)) in enumerate(zip(built.complaints, NOWHERE, strict=True)):
        level = "ERROR  " if code == "LF404" else "WARNING"
        assert line.startswith(f"{level} -  leitfaden: docs/en/page.md:{4 + number}:7: {code} ")
        assert line.endswith(f" Did you mean `{meant}`?") or meant is None
        assert "Did you mean" not in line or meant
    assert "javascript:" not in built.html("page/").replace("assets/javascripts", "")
    assert "data:text" not in built.html("page/")


def test_a_link_without_its_ending_is_told_with_what_was_meant(site: Site) -> None:
    built = built_with(site, "docs/en/page.md", "resources-bvd/")
    found = built.lines("WARNING -  leitfaden: docs/en/page.md:3:7: ")
    assert len(found) == 1
    assert ": LF425 " in found[0]
    assert found[0].endswith(" Did you mean `resources-bvd.md`?")


def test_a_broken_link_fails_a_strict_build(site: Site) -> None:
    assert built_with(site, "docs/en/page.md", "nothing.md", strict=True).exit_code == 1


def test_an_image_that_is_missing(site: Site) -> None:
    built = (
        site.write(PAGES).write({"docs/en/page.md": "# P\n\n![A](../assets/mapp.svg)\n"}).build()
    )
    assert len(built.complaints) == 1
    assert "docs/en/page.md:3:6: LF417 " in built.complaints[0]
    assert built.complaints[0].endswith(" Did you mean `../assets/map.svg`?")


def test_links_and_images_in_raw_html_are_checked(site: Site) -> None:
    html = '<p><a href="nothing.md">a</a>\n<img src="no.png" alt="A">\n<a href="#no">b</a></p>'
    built = site.write(PAGES).write({"docs/en/page.md": f"# P\n\n{html}\n"}).build()
    assert [" ".join(line.split()[3:5]) for line in built.complaints] == [
        "docs/en/page.md:3:13: LF401",
        "docs/en/page.md:4:11: LF401",
        "docs/en/page.md:5:11: LF407",
    ], built.log


def test_anchors_are_checked(site: Site) -> None:
    links = ("resources-bvd.md#overview", "resources-bvd.md#overvue", "#page", "#nothing")
    built = built_with(site, "docs/en/page.md", *links)
    assert len(built.complaints) == 2, built.log
    assert "docs/en/page.md:4:24: LF407 " in built.complaints[0]
    assert built.complaints[0].endswith(" Did you mean `resources-bvd.md#overview`?")
    assert "docs/en/page.md:6:8: LF407 " in built.complaints[1]


def test_anchors_of_tasks_and_in_raw_html_exist(site: Site) -> None:
    table = (
        "| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| 4071 | Name | M | SME | Exchange |\n"
    )
    page = f'# Page\n\n<a id="old-name"></a>\n\n{table}\n[a](#task-4071) [b](#old-name)\n'
    built = site.write(PAGES).write({"docs/en/page.md": page}).build("--strict")
    assert built.complaints == []


def test_mkdocs_own_levels_count(site: Site) -> None:
    for name in ("not_found", "anchors", "absolute_links", "unrecognized_links"):
        site.edit("mkdocs.yml", f"    {name}: warn\n", f"    {name}: ignore\n")
    links = ("nothing.md", "/x/", "x/", "index.md#x")
    built = built_with(site, "docs/en/page.md", *links, strict=True)
    assert built.exit_code == 0
    assert "LF40" not in built.log


def test_absolute_links_can_mean_the_docs_folder(site: Site) -> None:
    site.edit(
        "mkdocs.yml", "    absolute_links: warn\n  links", "    absolute_links: info\n  links"
    )
    site.edit("mkdocs.yml", "    absolute_links: warn\n", "    absolute_links: relative_to_docs\n")
    links = {
        "/en/index.md": "../",
        "/assets/map.svg": "../assets/map.svg",
        "/resources-bvd.md#overview": "../resources-bvd/#overview",
        "/de/resources-bvd-de.md": "../de/resources-bvd/",
        "/phases/assess/": "../phases/assess/",
    }
    built = built_with(site, "docs/en/page.md", *links, strict=True)
    assert built.complaints == []
    assert built.attributes("page/", "article li a", "href") == list(links.values())


def test_a_broken_link_of_an_untranslated_page_is_told_once(site: Site) -> None:
    built = built_with(site, "docs/en/page.md", "nothing-like-it.md", "index.md#nothing")
    assert len([line for line in built.complaints if "LF401" in line]) == 1


class Recorded(Messages):
    """Keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[str] = []

    def tell_at(self, level: int, diagnostic: Diagnostic) -> None:
        self.codes.append(diagnostic.code)


def resolver(tmp_path: Path, told_elsewhere: Collection[str], **links: str) -> LinkResolver:
    """Return the resolver of a page in a playbook of three; `links` are MkDocs' levels."""
    pages = {
        "page.md": "# Page\n",
        "index.md": "# Home\n",
        "other.md": "# Other\n",
        "python.md": "---\nrenderer: mkdocs\n---\n# Python\n",
    }
    for name, text in pages.items():
        file = tmp_path / "docs" / "en" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    contract = load_contract(PROJECT / "playbook.yml")
    playbook = read_playbook(tmp_path / "docs", contract, tmp_path)
    files = [
        File(f"en/{name}", str(tmp_path / "docs"), str(tmp_path / "site"), True) for name in pages
    ]
    files[2].inclusion = InclusionLevel.EXCLUDED
    config = MkDocsConfig()
    config.load_dict({"site_name": "Site", "validation": {"links": links}})
    config.validate()
    page = playbook.pages["en"]["page"]
    return LinkResolver(
        page,
        files[0],
        "en",
        Files(files),
        Places(contract, playbook.pages, frozenset(f"en/{name}" for name in pages)),
        playbook,
        config,
        Recorded(),
        told_elsewhere=told_elsewhere,
    )


def told(target: str, links: LinkResolver) -> list[str]:
    messages = links.messages
    assert isinstance(messages, Recorded)
    links.resolve(Link(target, "a", Span(0, 0), Span(0, 0), False, 0))
    return messages.codes


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("nothing.md", "LF401"),
        ("/x/", "LF402"),
        ("nothing", "LF403"),
        ("http://[", "LF403"),
        ("javascript:x", "LF404"),
    ],
)
def test_what_checks_tell_is_not_told_again(tmp_path: Path, target: str, code: str) -> None:
    levels = {"absolute_links": "warn", "unrecognized_links": "warn"}
    assert told(target, resolver(tmp_path, (), **levels)) == [code]
    assert told(target, resolver(tmp_path, TOLD_BY_CHECKS, **levels)) == []


def test_what_only_a_build_knows_is_told_beside_checks(tmp_path: Path) -> None:
    assert told("other.md", resolver(tmp_path, TOLD_BY_CHECKS)) == ["LF424"]
    links = resolver(tmp_path, TOLD_BY_CHECKS, absolute_links="relative_to_docs")
    assert told("/en/nothing.md", links) == ["LF401"]


def test_mkdocs_checks_the_anchors_that_checks_cannot_know(tmp_path: Path) -> None:
    for told_elsewhere, expected in (
        ((), ["en/page.md", "en/index.md", "en/python.md"]),
        (TOLD_BY_CHECKS, ["en/index.md", "en/python.md"]),
    ):
        links = resolver(tmp_path, told_elsewhere)
        for target in ("#x", "index.md#x", "python.md#x"):
            told(target, links)
        assert [use.target.src_uri for use in links.anchors] == expected


def finding(code: str, severity: Severity) -> Diagnostic:
    return Diagnostic(code, severity, Place("docs/en/page.md"), "Something.")


def test_mkdocs_levels_by_code(tmp_path: Path) -> None:
    config = resolver(tmp_path, (), not_found="ignore", anchors="warn").config
    for code in ("LF401", "LF417"):
        assert level_of(finding(code, Severity.ERROR), config) == logging.DEBUG
    assert level_of(finding("LF407", Severity.WARNING), config) == logging.WARNING
    assert level_of(finding("LF409", Severity.WARNING), config) is None
    docs = resolver(tmp_path, (), absolute_links="relative_to_docs").config
    assert (level_of(finding("LF402", Severity.WARNING), docs) or 0) < 0


def test_what_the_contract_says_of_a_rule_goes_before_mkdocs_levels(tmp_path: Path) -> None:
    config = resolver(tmp_path, (), not_found="warn").config
    assert level_of(finding("LF401", Severity.NOTICE), config) is None


def test_links_between_both_kinds_of_pages_hold_in_every_locale(site: Site) -> None:
    classic = (
        "---\nrenderer: mkdocs\n---\n\n# {}\n\n## {}\n\n"
        "- [a](page.md#overview)\n- [b](page.md#nothing)\n- [c](classic.md#{})\n- [d](#none)\n"
    )
    page = "# Page\n\n## Overview\n\n- [a](classic.md#{})\n- [b](classic.md#nothing)\n"
    site.write({"docs/en/classic.md": classic.format("Classic", "First part", "first-part")})
    site.write({"docs/de/classic.md": classic.format("Klassisch", "Teil eins", "teil-eins")})
    site.write({"docs/en/page.md": page.format("first-part")})
    site.write({"docs/de/page.md": page.replace("Overview", "Übersicht").format("teil-eins")})
    built = site.write(PAGES).build()
    told = [line.partition("leitfaden: ")[2].partition(" Take")[0] for line in built.complaints]
    assert sorted(told) == [
        "docs/de/classic.md:12:8: LF407 The page `classic` has no anchor `none`.",
        "docs/de/page.md:6:18: LF407 The page `classic` has no anchor `nothing`.",
        # The German page takes this one over, so that it is told once.
        "docs/en/classic.md:10:15: LF407 The page `page` has no anchor `nothing`.",
        "docs/en/classic.md:12:8: LF407 The page `classic` has no anchor `none`.",
        "docs/en/page.md:6:18: LF407 The page `classic` has no anchor `nothing`.",
    ], built.log
    for root in ("", "de/"):
        part = "first-part" if not root else "teil-eins"
        assert built.attributes(f"{root}page/", "article li a", "href")[0] == f"../classic/#{part}"
        assert built.attributes(f"{root}classic/", "article li a", "href")[:3] == [
            "../page/#overview",
            "../page/#nothing",
            f"./#{part}",
        ]


def test_a_page_of_mkdocs_may_name_the_file_of_a_page(site: Site) -> None:
    links = "[a](resources-bvd-de.md)\n[b](./resources-bvd-de.md#overview)\n"
    classic = f"---\nrenderer: mkdocs\n---\n\n# C\n\n{links}"
    built = site.write({**PAGES, "docs/de/classic.md": classic}).build("--strict")
    assert built.complaints == []
    assert built.attributes("de/classic/", "article p a", "href") == [
        "../resources-bvd/",
        "../resources-bvd/#overview",
    ]
    site.edit("docs/de/classic.md", "#overview", "#nothing")
    assert [line.split()[3] for line in site.build().complaints] == ["docs/de/classic.md:8:27:"]


def test_the_contract_may_say_how_much_a_missing_anchor_matters(site: Site) -> None:
    site.contract["checks"] = {"severity": {"LF407": "off"}}
    site.write({"docs/en/classic.md": "---\nrenderer: mkdocs\n---\n\n# C\n\n[a](#none)\n"})
    built = built_with(site, "docs/en/page.md", "classic.md#nothing", "#nothing", strict=True)
    assert built.complaints == []


def test_an_anchor_that_nobody_can_know_but_the_build_is_told_once(site: Site) -> None:
    site.write({"docs/en/classic.md": "---\nrenderer: mkdocs\n---\n\n# Classic\n"})
    site.write({"docs/en/glossary.md": "# Glossary\n\nWords.\n"})
    built = built_with(site, "docs/en/page.md", "classic.md#nothing", "glossary.md#nothing")
    assert [line.partition("leitfaden: ")[2] for line in built.complaints] == [
        f"docs/en/page.md:{line}: LF407 The page `{page}` has no anchor `nothing`. Take the anchor "
        "of the heading or of the task that readers should land at."
        for line, page in (("3:18", "classic"), ("4:19", "glossary"))
    ], built.log
