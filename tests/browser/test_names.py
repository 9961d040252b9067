"""Ids that pages bring along: the scripts of the page take none of them for something of theirs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.conftest import Visit, served
from tests.site.sites import Site

pytestmark = pytest.mark.browser

# What scripts ask the page for: names that are there only if a script has made them, names of the
# window and of the document, and ids of the theme's own elements.
MADE = ["__md_get", "__md_scope", "__config", "__search", "__drawer", "__palette", "document$"]
LOOKED_FOR = ["mermaid", "module", "exports", "define", "jQuery", "ClipboardJS", "config"]
OWN = [
    "location",
    "document",
    "documentElement",
    "body",
    "forms",
    "cookie",
    "name",
    "parent",
    "top",
]
NAMES = [*MADE, *LOOKED_FOR, *OWN]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = Site(tmp_path_factory.mktemp("names"))
    headings = "".join(f"## {name.replace('_', chr(92) + '_')}\n\nText.\n\n" for name in NAMES)
    anchors = "".join(f'<a id="{name}" name="{name}">{name}</a> ' for name in NAMES)
    images = "".join(f'<img id="{name}" name="{name}" alt="{name}" src="a.svg"> ' for name in NAMES)
    front = "---\nrenderer: mkdocs\n---\n\n"
    site.navigation("index", "headings", "anchors", "classic").write(
        {
            "docs/en/index.md": "# Home\n\n[a](headings.md) [b](anchors.md) [c](classic.md)\n",
            "docs/en/headings.md": f"# Headings\n\n{headings}",
            "docs/en/anchors.md": f"# Anchors\n\n{anchors}\n\n{images}\n",
            "docs/en/classic.md": f"{front}# Classic\n\n{headings}\n\n{anchors}\n",
            "docs/en/a.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
        }
    )
    built = site.build()
    assert built.exit_code == 0, built.log
    with served(built.site) as address:
        yield address


@pytest.mark.parametrize("path", ["/headings/", "/anchors/", "/classic/"])
def test_the_scripts_work_whatever_ids_a_page_has(
    context: BrowserContext, address: str, path: str
) -> None:
    visit = Visit(context.new_page(), address)
    page = visit.open(path)
    assert page.locator("article [id]").count() > 5
    assert page.locator("article [id^='__']").count() == 0
    assert page.evaluate("typeof __md_get") == "function"
    assert page.evaluate("JSON.parse(document.getElementById('__config').textContent).base") == ".."
    assert page.evaluate("document.getElementById('__search').tagName") == "INPUT"
    before = page.evaluate("document.body.dataset.mdColorScheme")
    page.locator("[data-md-component=palette] label:visible").click()
    page.locator("[data-md-component=palette] label:visible").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") != before or before is None
    page.keyboard.press("/")
    page.locator("[role=dialog] input:visible").wait_for()
    visit.assert_clean()
