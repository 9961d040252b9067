"""The live server in a browser: an edit shows by itself, and the reader stays where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.barriers import barriers
from tests.engine.serving.served import Served, serving
from tests.site.sites import BILINGUAL, Site

LONG = "\n\n".join(f"Paragraph {number} of many." for number in range(200))
FOLDED = "<details><summary>More</summary>\n\nFolded text.\n\n</details>\n\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("live") / "project"
    root.mkdir()
    site = Site(root).of_few_words().write(BILINGUAL)
    site.write({"docs/en/long.md": f"# Long\n\nThe first word.\n\n{FOLDED}{LONG}\n"})
    with serving(site.save()) as one:
        yield one


@pytest.fixture
def page(context: BrowserContext, served: Served) -> Iterator[Page]:
    page = context.new_page()
    with page.expect_request("**/_leitfaden/events*"):
        served.get("/long/")  # which waits until the server is ready
        page.goto(f"{served.url}long/")
    yield page
    page.close()


def test_an_edit_shows_where_the_reader_is(page: Page, served: Served) -> None:
    page.locator("summary").click()
    page.evaluate("scrollTo(0, 2500)")
    served.site.edit("docs/en/long.md", "The first word", "Another word")
    expect(page.locator("article")).to_contain_text("Another word")
    page.wait_for_function("Math.abs(scrollY - 2500) < 3")
    assert page.evaluate("document.querySelector('details').open")


def test_findings_are_shown_until_they_are_closed(page: Page, served: Served) -> None:
    served.site.edit("docs/en/long.md", "word.", "word: [x](nowhere.md).")
    panel = page.locator(".lf-live-panel")
    expect(panel).to_contain_text("LF401", timeout=20_000)
    line = panel.get_by_role("link", name="docs/en/long.md:3:")
    assert re.fullmatch(
        r"vscode://file/\S+/docs/en/long\.md:3:\d+", line.get_attribute("href") or ""
    )
    assert barriers(page) == []
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_have_count(0)
    page.reload()
    served.until(lambda: "in all" in served.told)
    expect(panel).to_have_count(0)


def test_trouble_comes_and_goes_by_itself(page: Page, served: Served) -> None:
    good = (served.site.root / "playbook.yml").read_bytes()
    served.site.write({"playbook.yml": b"locales: ["})
    expect(page.locator("h1")).to_have_text("The site cannot be shown")
    assert barriers(page) == []
    served.site.write({"playbook.yml": good})
    expect(page.locator("h1")).to_contain_text("Long")
