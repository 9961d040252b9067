"""What GitHub and docfx add to Markdown, as readers of all kinds meet it on any screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.barriers import barriers, rules_in
from tests.browser.conftest import Visit, served
from tests.site.sites import Site

pytestmark = pytest.mark.browser

FILLED = " | ".join(f"Column number {number}" for number in range(12))
TEXT = f"""\
# Room

- [ ] Booked
- [x] Paid
  - [ ] Confirmed

> [!NOTE]
> [!INCLUDE [part](includes/part.md)]
> [!VIDEO https://videos.example/a]
> [!TIP]
> `{"a-word-that-does-not-end-" * 9}`

:::image type="complex" source="room.svg" alt-text="The room":::
Twelve rows of **seats**.
:::image-end:::

<details><summary>More</summary>https://example.com/{"a-long-path/" * 12}</details>

<img src="missing.png">

| {FILLED} |
|{" --- |" * 12}
| {FILLED} |
"""
FILES = {
    "docs/en/index.md": TEXT,
    "docs/de/index.md": TEXT.replace("room.svg", "../en/room.svg"),
    "docs/en/includes/part.md": "## Part\n\n1. one\n   - two\n     - three\n       - four\n",
    "docs/en/room.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="2400" height="30"/>',
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    built = Site(tmp_path_factory.mktemp("constructs")).of_few_words().write(FILES).build()
    assert built.exit_code == 0, built.log
    with served(built.site) as found:
        yield found


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/de/"])
def test_none_is_a_barrier_or_wider_than_the_screen(
    chromium: Browser, address: str, path: str, scheme: str, width: int
) -> None:
    with chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    ) as context:
        visit = Visit(context.new_page(), address)
        page = visit.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert barriers(page, rules_in(scheme)) == []
        visit.assert_clean()


def test_what_is_not_done_looks_otherwise_than_by_its_colour(
    chromium: Browser, address: str
) -> None:
    with chromium.new_context() as context:
        page = Visit(context.new_page(), address).open("/")
        masks = page.evaluate(
            "[...document.querySelectorAll('.task-list-indicator')]"
            ".map(mark => getComputedStyle(mark, '::before').maskImage === 'none')"
        )
        assert masks == [True, False, True]
