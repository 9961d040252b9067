"""Links between pages, and what is told about those that lead nowhere."""

from __future__ import annotations

import logging
from collections.abc import Collection
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

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
    built = built_with(site, "docs/en/page.md", "/en/index.md", "/assets/map.svg", strict=True)
    assert built.complaints == []
    assert built.attributes("page/", "article li a", "href") == ["../", "../assets/map.svg"]


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
        contract,
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
        assert [file.src_uri for file in links.anchors] == expected


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


def test_an_anchor_that_nobody_can_know_but_the_build_is_told_once(site: Site) -> None:
    site.write({"docs/en/classic.md": "---\nrenderer: mkdocs\n---\n\n# Classic\n"})
    site.write({"docs/en/glossary.md": "# Glossary\n\nWords.\n"})
    built = built_with(site, "docs/en/page.md", "classic.md#nothing", "glossary.md#nothing")
    assert len(built.complaints) == 2, built.log
    assert "'classic.md#nothing'" in built.complaints[0]
    assert "'glossary.md#nothing'" in built.complaints[1]
