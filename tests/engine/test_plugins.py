"""Other plugins: those that may keep something from page to page get one process, as ever."""

from __future__ import annotations

import pytest

from tests.engine.both import LEITFADEN, MKDOCS, Made, built_by, differences
from tests.site.sites import BILINGUAL, Site

NOTICE = "INFO    -  leitfaden: Building with one process: "

COUNTS = """\
SEEN = []

def on_page_content(html, page, **kwargs):
    SEEN.append(page.url)
    return f"{html}<p>Page number {len(SEEN)}</p>"
"""

MARKS = """\
import logging

parallel_pages = True

def on_page_markdown(markdown, page, **kwargs):
    if page.file.src_uri == "en/index.md":
        return markdown.replace("# ", "# Changed ")

def on_page_content(html, page, **kwargs):
    page.seen = ["content"]
    return html + f"<p>About {page.title} {page.file.src_uri}</p>"

def on_page_context(context, page, **kwargs):
    assert page.seen == ["content"]
    logging.getLogger("mkdocs.plugins.marks").info("%s at %s", page.seen[0], page.url)

on_page_context.mkdocs_priority = 100

def on_post_page(output, page, **kwargs):
    return output.replace("</body>", "<!-- marked --></body>")
"""

FAILS = """\
from mkdocs.exceptions import PluginError

parallel_pages = True

def on_page_content(html, page, **kwargs):
    if page.file.src_uri.endswith("%s"):
        raise %s("This page cannot be")
"""

ONLY_SETS_UP = """\
def on_config(config):
    config.copyright = "Ours"

def on_files(files, config):
    pass
"""


def both(site: Site, hook: str, jobs: int = 3) -> tuple[Made, Made]:
    site.write({**BILINGUAL, "hook.py": hook}).save()
    site.edit("mkdocs.yml", "plugins:", "hooks: [hook.py]\nplugins:")
    plain = built_by(MKDOCS, site.root, site.root / "plain")
    return plain, built_by(LEITFADEN, site.root, site.root / "made", "--jobs", str(jobs))


def test_a_plugin_that_counts_pages_gets_one_process(site: Site) -> None:
    plain, made = both(site, COUNTS)
    assert made.exit_code == 0
    assert f"{NOTICE}`hook.py` may keep something from one page for another." in made.log
    assert differences(plain.files, made.files) == []


@pytest.mark.parametrize("jobs", [3])
def test_one_that_says_so_works_in_all_of_them(site: Site, jobs: int) -> None:
    plain, made = both(site, MARKS, jobs)
    assert made.exit_code == 0, made.log
    assert NOTICE not in made.log
    assert "content at" in made.log
    assert b"Changed" in made.files["index.html"]
    assert differences(plain.files, made.files) == []
    assert made.log == plain.log


def test_one_that_only_sets_up_needs_to_say_nothing(site: Site) -> None:
    plain, made = both(site, ONLY_SETS_UP)
    assert NOTICE not in made.log
    assert b"Ours" in made.files["index.html"]
    assert differences(plain.files, made.files) == []


@pytest.mark.parametrize("error", ["PluginError", "ValueError"])
@pytest.mark.parametrize("page", ["en/index.md", "de/index.md"])
def test_an_error_on_a_page_is_told_as_mkdocs_tells_it(site: Site, page: str, error: str) -> None:
    plain, made = both(site, FAILS % (page, error))
    assert plain.exit_code == made.exit_code == 1
    assert f"Error reading page '{page}'" in made.log
    assert "This page cannot be" in made.log
    if error == "PluginError":  # no traceback
        assert made.log == plain.log
    else:
        assert 'hook.py", line' in made.log
    assert made.files == {}


def test_without_our_plugins_it_builds_what_mkdocs_builds(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # MkDocs' own theme prints the time of the build
    (site.root / "mkdocs.yml").write_text("site_name: Plain\n")
    site.write({"docs/index.md": "# Home\n"})
    plain = built_by(MKDOCS, site.root, site.root / "plain")
    made = built_by(LEITFADEN, site.root, site.root / "made")
    assert f"{NOTICE}the plugins `i18n` and `leitfaden` are not both there." in made.log
    assert "index.html" in made.files
    assert differences(plain.files, made.files) == []
