"""What changed, in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("prefix", ["/", "/de/"])
def test_a_link_can_lead_to_the_changes_for_one_role(visit: Visit, prefix: str) -> None:
    page = visit.open(f"{prefix}changes/#changes--roles--fasttrack-manager")
    expect(page.locator("#changes--roles--fasttrack-manager > li").first).to_be_visible()
    expect(page.locator("#changes--roles--sme > li").first).to_be_hidden()
    visit.assert_clean()


def test_the_changes_for_a_phase_are_reached_by_keyboard(visit: Visit) -> None:
    page = visit.open("/changes/")
    page.locator(".lf-log__choice a").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#changes--phases ~ details li").first).to_be_visible()
    visit.assert_clean()


def test_a_feed_can_be_opened_from_the_page_of_a_role(visit: Visit) -> None:
    page = visit.open("/de/roles/fasttrack-manager/")
    address = page.locator(".lf-feed__link").evaluate("link => link.href")
    answer = page.request.get(address)
    assert answer.ok
    assert 'xml:lang="de"' in answer.text()
