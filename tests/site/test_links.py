"""Links between pages, and what is told about those that lead nowhere."""

from __future__ import annotations

from tests.site.sites import Built, Site

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


NOWHERE = [
    (
        "resources-bdv.md",
        "LF401 The link target `resources-bdv.md` does not exist. Did you mean `resources-bvd.md`?",
    ),
    (
        "assess.md#x",
        "LF401 The link target `assess.md#x` does not exist. Did you mean `phases/assess.md`?",
    ),
    (
        "../assets/mop.svg",
        "LF401 The link target `../assets/mop.svg` does not exist. "
        "Did you mean `../assets/map.svg`?",
    ),
    (
        "only-german.md",
        "LF401 The link target `only-german.md` does not exist. The page exists only in `de`.",
    ),
    ("nothing-like-it.md", "LF401 The link target `nothing-like-it.md` does not exist."),
    ("../../../etc/passwd.md", "LF401 The link target `../../../etc/passwd.md` does not exist."),
    ("/resources-bvd/", "LF402 The link target `/resources-bvd/` is absolute;"),
    (
        "resources-bvd/",
        "LF403 The link target `resources-bvd/` names neither a page nor a file; "
        "it is left as it is. Did you mean `resources-bvd.md`?",
    ),
    (
        "www.example.org/x",
        "LF403 The link target `www.example.org/x` names neither a page nor a file; "
        "it is left as it is. Did you mean `https://www.example.org/x`?",
    ),
    (
        "a@example.org",
        "LF401 The link target `a@example.org` does not exist. "
        "Did you mean `mailto:a@example.org`?",
    ),
    (
        "\u200bhttps://example.org/x",
        "LF403 The link target `\u200bhttps://example.org/x` names neither a page nor a file; "
        "it is left as it is. Did you mean `https://example.org/x`?",
    ),
    ("http://[", "LF403 The link target `http://[` is no valid address."),
    ("javascript:alert(1)", "LF404 The link target `javascript:alert(1)` could run code;"),
    ("JaVa&#x73;cript:alert(1)", "LF404 "),
    ("data:text/html,x", "LF404 "),
]


def test_a_link_that_leads_nowhere_is_told_with_what_was_meant(site: Site) -> None:
    built = built_with(site, "docs/en/page.md", "index.md", *[link for link, _ in NOWHERE])
    assert len(built.complaints) == len(NOWHERE), built.log
    for number, (line, (_, message)) in enumerate(zip(built.complaints, NOWHERE, strict=True)):
        told = line.removeprefix(f"WARNING -  leitfaden: docs/en/page.md:{4 + number}:7: ")
        assert told.startswith(message)
        if message.endswith((".", "?")):
            assert told == message
    assert "javascript:" not in built.html("page/").replace("assets/javascripts", "")
    assert "data:text" not in built.html("page/")


def test_a_broken_link_fails_a_strict_build(site: Site) -> None:
    assert built_with(site, "docs/en/page.md", "nothing.md", strict=True).exit_code == 1


def test_an_image_that_is_missing(site: Site) -> None:
    built = (
        site.write(PAGES).write({"docs/en/page.md": "# P\n\n![A](../assets/mapp.svg)\n"}).build()
    )
    assert len(built.complaints) == 1
    assert "docs/en/page.md:3:6: LF401 The image `../assets/mapp.svg`" in built.complaints[0]


def test_anchors_are_checked(site: Site) -> None:
    links = ("resources-bvd.md#overview", "resources-bvd.md#overvue", "#page", "#nothing")
    built = built_with(site, "docs/en/page.md", *links)
    assert len(built.complaints) == 2, built.log
    assert "'resources-bvd.md#overvue'" in built.complaints[0]
    assert "'#nothing'" in built.complaints[1]


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
