"""A video's card asks no other host for anything before a reader clicks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import served
from tests.site.sites import Site

pytestmark = pytest.mark.browser

POLICY = "script-src 'self'; frame-src https://www.microsoft.com"
TEXT = """\
# Home

> [!VIDEO https://www.microsoft.com/play title="How to book a room for more than forty people"]

[!VIDEO https://videos.example/a]
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("videos")
    site = Site(root).of_few_words().write({"docs/en/index.md": TEXT, "docs/de/index.md": TEXT})
    built = site.build("--strict")
    assert built.exit_code == 0, built.log
    with served(built.site) as found:
        yield found


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """A tab that lets no inline script run, and to which no other host answers in earnest."""

    def answer(route: Route) -> None:
        if not route.request.url.startswith(address):
            route.fulfill(content_type="text/html", body="<p>There.</p>")
            return
        response = route.fetch()
        headers = {**response.headers, "content-security-policy": POLICY}
        route.fulfill(response=response, headers=headers)

    context = chromium.new_context(viewport={"width": 360, "height": 800})
    tab = context.new_page()
    tab.route("**/*", answer)
    yield tab
    context.close()


def test_nothing_is_loaded_before_a_click_and_the_player_then(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/", wait_until="networkidle")
    assert [url for url in asked if not url.startswith(address)] == []
    page.locator("[data-lf-player] a").click()
    frame = page.locator(".lf-video iframe")
    expect(frame).to_be_focused()
    expect(frame).to_have_attribute("title", "How to book a room for more than forty people")
    expect(frame).to_have_attribute("referrerpolicy", "no-referrer")
    expect(frame).to_have_attribute("sandbox", "allow-scripts allow-same-origin allow-presentation")
    expect(frame.content_frame.locator("p")).to_have_text("There.")
    assert page.url == f"{address}/"


def test_a_card_of_another_host_is_a_link(page: Page, address: str) -> None:
    page.goto(f"{address}/de/", wait_until="networkidle")
    page.get_by_role("link", name="Ansehen auf videos.example").click()
    page.wait_for_url("https://videos.example/a")


def test_cards_fit_a_phone(page: Page, address: str) -> None:
    page.goto(f"{address}/", wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    for card in page.locator(".lf-video a").all():
        box = card.bounding_box()
        assert box is not None
        assert box["height"] >= 44
