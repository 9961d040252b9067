"""Beside other plugins, which see text and HTML as they are used to."""

from __future__ import annotations

from tests.site.sites import Site

HOME = {
    "docs/en/index.md": "---\nms.topic: partner-playbook\n---\n\n# Home\n\nOne.\n",
    "docs/de/index.md": "# Start\n",
}
SEES = """\
WRITTEN = ("en/index.md", "de/index.md")

def on_page_markdown(markdown, page, **kwargs):
    if page.file.src_uri not in WRITTEN:
        return
    assert page.meta.get("ms.topic") or page.url == "de/", page.meta
    assert markdown.lstrip().startswith("#"), markdown
    assert page.file.abs_src_path.endswith("index.md")

def on_page_content(html, page, **kwargs):
    if page.file.src_uri not in WRITTEN:
        return
    assert "<h1" in html
    assert page.markdown.lstrip().startswith("#"), page.markdown
    assert page.title in ("Home", "Start")
    assert page.toc.items[0].level == 1
    return html + "<p class='added'>Added</p>"
"""


def test_they_see_the_text_and_our_html(site: Site) -> None:
    site.write({**HOME, "hook.py": SEES}).edit(
        "mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:"
    )
    built = site.build("--strict")
    assert built.complaints == []
    assert built.exit_code == 0, built.log
    assert built.text("", "article .added") == "Added"
    assert built.text("de/", "article .added") == "Added"


CHANGES = """\
def on_page_markdown(markdown, **kwargs):
    return markdown.replace("One.", "Two.\\n\\n## More\\n")
"""


def test_a_text_that_they_change_is_read_again(site: Site) -> None:
    site.write({**HOME, "hook.py": CHANGES})
    built = site.edit("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:").build("--strict")
    assert "Two." in built.text("", "article")
    assert "more" in built.attributes("", "article h2", "id")
    assert "More" in built.texts("", "nav.md-nav--secondary a")


GENERATES = """\
from mkdocs.structure.files import File

def on_files(files, config):
    files.append(File.generated(config, "data.json", content="{}"))

on_files.mkdocs_priority = -300
"""


def test_files_that_they_generate_are_published(site: Site) -> None:
    site.write({**HOME, "hook.py": GENERATES})
    built = site.edit("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:").build("--strict")
    assert built.complaints == []
    assert (built.site / "data.json").read_text() == "{}"


CONVERTS_AGAIN = """\
def on_page_context(context, page, config, **kwargs):
    text, content = page.markdown, page.content
    page.markdown = "# An *excerpt*"
    page.render(config, kwargs["nav"])
    assert "<em>excerpt</em>" in page.content, page.content
    page.markdown, page.content = text, content
"""


def test_who_converts_a_page_again_gets_what_mkdocs_makes_of_it(site: Site) -> None:
    site.write({**HOME, "hook.py": CONVERTS_AGAIN}).edit(
        "mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:"
    )
    built = site.build()
    assert built.exit_code == 0, built.log
    assert "One." in built.texts("", "article p")


LOOKS_BACK = """\
shown = {}

def on_post_page(output, page, **kwargs):
    shown[page.url] = page

def on_post_build(config):
    assert all(page.content for page in shown.values())
    assert all(page.toc.items for page in shown.values() if "<h1" in page.content)
"""


def test_pages_stay_whole_for_who_looks_at_them_when_they_are_written(site: Site) -> None:
    site.write({**HOME, "hook.py": LOOKS_BACK}).edit(
        "mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:"
    )
    built = site.build()
    assert built.exit_code == 0, built.log
