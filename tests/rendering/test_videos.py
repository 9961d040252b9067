"""Videos: cards that load nothing before a reader asks for it."""

from __future__ import annotations

import pytest

from tests.rendering.support import Dom, Site, real_contract


def shown(markdown: str, locale: str = "en") -> Dom:
    site = Site(real_contract())
    return Dom(site.render(site.add(markdown, locale)).html)


def test_a_video_is_a_link_that_says_where_it_leads() -> None:
    page = shown('> [!VIDEO https://videos.example/a?b=c&d=e title="How to <b>"]\n')
    card = page.one(".lf-video a")
    assert card.attributes["href"] == "https://videos.example/a?b=c&d=e"
    assert card.attributes["rel"] == "noopener noreferrer"
    assert page.texts(".lf-video__title") == ["How to <b>"]
    assert page.texts(".lf-video__host") == ["Watch on videos.example"]
    assert page.all("blockquote, p, iframe, script, img") == []


def test_its_words_are_in_the_pages_language() -> None:
    page = shown("[!VIDEO https://videos.example/a]\n", "de")
    assert page.text == "Video Ansehen auf videos.example"


def test_only_hosts_of_the_contract_play_in_the_page() -> None:
    (host, *_) = real_contract().hosts.players
    for url, plays in (
        (f"https://{host}/a", 1),
        (f"https://{host.upper()}/a", 1),
        (f"https://{host}.evil.example/a", 0),
        (f"https://evil.example/{host}", 0),
        ("https://videos.example/a", 0),
    ):
        assert len(shown(f"[!VIDEO {url}]\n").all("[data-lf-player]")) == plays, url


@pytest.mark.parametrize(
    "url", ["http://a.b/c", "javascript:alert(1)", "c.mp4", "https://a@b.c/d", "//a.b/c"]
)
def test_any_other_address_is_shown_as_text(url: str) -> None:
    page = shown(f"> [!VIDEO {url}]\n")
    assert page.text == f"[!VIDEO {url}]"
    assert page.all(".lf-video") == []


def test_a_video_stands_between_what_is_around_it() -> None:
    page = shown("> [!NOTE]\n> a\n> [!VIDEO https://a.b/c]\n> d\n")
    assert page.texts("[role=note] > p") == ["Note", "a", "d"]
    assert len(page.all("[role=note] > .lf-video")) == 1
