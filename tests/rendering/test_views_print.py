"""Prints: all pages as one."""

from __future__ import annotations

import datetime as dt
import posixpath
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.model import Link, Page
from leitfaden.rendering import Knowledge, RenderContext, Rendered
from leitfaden.rendering.sheets import Sheets
from leitfaden.rendering.views.prints import Prints
from tests.rendering.support import Dom, Site, words

CHANGES = """
## Refresh Summary

| Date | Who Changed | What Changed |
|---|---|---|
| {} | FM | x |
"""


def as_print(page: Page, subject: str = "") -> Page:
    return replace(page, kind="print", view="print", subject=subject)


@pytest.fixture
def site() -> Site:
    site = Site()
    site.add(
        "# One\n\nPhase: **Assess**\n\n## Overview\n\n"
        "See [two](two.md), [there](two.md#key-inputs), [nowhere](two.md#no), "
        "[here](#overview), [out](https://example.com/a), [three](three.md) and a note[^1].\n\n"
        "[^1]: The note.\n" + CHANGES.format("03/04/2026"),
        page_id="one",
    )
    site.add(
        "# Two\n\nPhase: **Enable**\n\n## Overview\n\nText.[^1]\n\n## Key Inputs\n\n"
        "![a](a.png)\n\n![b](b.png)\n\n[^1]: Another.\n" + CHANGES.format("05/06/2026"),
        page_id="two",
    )
    site.add("# Zwei\n\n## Übersicht\n\nText.\n", "de", "two")
    return site


def resolve(link: Link) -> str | None:
    is_here = link.target.startswith("#")
    return None if "://" in link.target or is_here else f"../{link.target.replace('.md', '/')}"


def url_of(page_id: str) -> str | None:
    return f"../{page_id}/" if page_id in ("one", "two", "print/index", "print/enable") else None


def printed(site: Site, locale: str = "en", subject: str = "") -> Dom:
    page = as_print(site.add("# The whole playbook\n", locale, "print/index"), subject)
    site.pages[locale]["print/index"] = page
    return Dom(site.render(page, None, resolve, url_of).html)


def test_all_written_pages_come_one_after_the_other(site: Site) -> None:
    site.pages["en"]["made"] = replace(site.add("# Made\n", page_id="made"), view="map")
    page = printed(site)
    assert page.texts("h1") == ["The whole playbook"]
    assert page.texts("article > h2") == ["One", "Two"]
    contents = page.all(".lf-print__contents a")
    assert [words(link) for link in contents] == ["One", "Two"]
    assert [link.attributes["href"] for link in contents] == ["#p1", "#p2"]


def test_no_text_of_an_attribute_is_taken_for_another_one() -> None:
    site = Site()
    site.add('# One\n\n![a loading=](a.png " id=") [b](#one "x id=")\n', page_id="one")
    page = printed(site)
    assert page.values("img", "alt") == ["a loading="]
    assert page.values("img", "title") == [" id="]
    assert page.values("article p a", "title") == ["x id="]


def test_no_id_is_there_twice_and_each_link_into_the_print_leads_somewhere(site: Site) -> None:
    page = printed(site)
    assert len(page.ids) == len(set(page.ids))
    inner = [href[1:] for href in page.values("a[href^='#']", "href") if href and "#p" in href]
    assert inner
    assert set(inner) <= set(page.ids)


def test_links_between_pages_of_the_print_stay_in_it(site: Site) -> None:
    page = printed(site)
    found = {words(link): link.attributes for link in page.all("article a") if words(link)}
    assert found["two"]["href"] == "#p2"
    assert found["two"]["data-lf-number"] == "2"
    assert found["there"]["href"] == "#p2--key-inputs"
    assert found["nowhere"]["href"] == "#p2"
    assert found["here"]["href"] == "#p1--overview"
    assert "data-lf-number" not in found["here"]
    assert found["out"]["href"] == "https://example.com/a"
    assert found["three"]["href"] == "../three/"


def test_a_phase_is_printed_without_the_others_and_links_lead_to_the_site(site: Site) -> None:
    page = printed(site, subject="assess")
    assert page.texts("article > h2") == ["One"]
    found = {words(link): link.attributes["href"] for link in page.all("article a") if words(link)}
    assert found["there"] == "../two/#key-inputs"


def test_images_are_there_when_it_is_printed(site: Site) -> None:
    assert printed(site).values("img", "loading") == [None, None]


def test_headings_stand_below_that_of_the_print(site: Site) -> None:
    site.add("# Deep\n\n###### Six\n", page_id="one")
    page = printed(site)
    assert page.texts("article h2") == ["Deep", "Two"]
    assert "Six" in page.texts("article h6")


def test_the_title_says_the_day_of_the_newest_change(site: Site) -> None:
    assert printed(site).texts(".lf-print__newest") == ["Newest change: 05/06/2026"]
    assert printed(site, subject="assess").texts(".lf-print__newest") == [
        "Newest change: 03/04/2026"
    ]
    assert printed(site, "de").texts(".lf-print__newest") == ["Neueste Änderung: 04.03.2026"]


def test_a_page_without_translation_says_its_language(site: Site) -> None:
    articles = printed(site, "de").all("article")
    assert [article.attributes.get("lang") for article in articles] == ["en", None]


def test_a_print_without_pages_says_so() -> None:
    page = printed(Site())
    assert page.all("article") == []
    assert "There are no pages here yet." in page.text


def test_a_button_that_needs_a_script_is_not_there_without_it(site: Site) -> None:
    assert "hidden" in printed(site).one("button[data-lf-print]").attributes


def context_of(site: Site, knowledge: Knowledge | None = None) -> RenderContext:
    context = RenderContext("en", site.playbook, resolve, url_of)
    return replace(context, knowledge=knowledge) if knowledge else context


@pytest.mark.parametrize(("pages", "characters"), [(1, 10**6), (10, 100)])
def test_what_would_be_too_large_is_offered_in_parts(
    site: Site, pages: int, characters: int
) -> None:
    prints = Prints(site.contract, Sheets(site.renderer.render), pages, characters)
    page = as_print(site.add("# P\n", page_id="print/index"))
    site.pages["en"].pop("print/index")
    shown = prints.values(page, context_of(site))["print"]
    assert shown.is_too_large
    assert shown.pages == ()
    assert [part.name for part in shown.parts] == ["Enable"]  # the only phase with a print
    phase = prints.values(replace(page, subject="enable"), context_of(site))["print"]
    assert phase.is_too_large == (characters == 100)


def test_a_phase_that_is_too_large_lists_its_pages(site: Site) -> None:
    prints = Prints(site.contract, Sheets(site.renderer.render), 0)
    page = as_print(site.add("# P\n", page_id="print/enable"), "enable")
    shown = prints.values(page, context_of(site))["print"]
    assert [(part.name, part.url) for part in shown.parts] == [("Two", "../two/")]


def test_only_what_somebody_has_written_is_printed_and_history_dates_it(site: Site) -> None:
    def changed_on(page: Page) -> dt.date | None:
        return dt.date(2027, 1, 2) if page.id == "one" else None

    site.add("# One\n", page_id="one")
    knowledge = Knowledge(changed_on=changed_on, is_written=lambda page: page.id == "one")
    prints = Prints(site.contract, Sheets(site.renderer.render))
    page = as_print(site.add("# P\n", page_id="print/index"))
    shown = prints.values(page, context_of(site, knowledge))["print"]
    assert [one.title for one in shown.pages] == ["One"]


class Places:
    """Pages each at its own place, and how often each of them is rendered."""

    def __init__(self, site: Site, knowledge: Knowledge | None = None) -> None:
        self.site, self.playbook = site, site.playbook
        self.knowledge = knowledge or Knowledge()
        self.rendered: list[str] = []
        self.sheets = Sheets(self.render)

    def at(self, place: str) -> RenderContext:
        def relative(address: str) -> str:
            found = posixpath.relpath(address or ".", place or ".")
            return f"{found}/" if address.endswith("/") else found

        def url_of(page_id: str) -> str:
            return relative(f"{page_id}/")

        def lead(link: Link) -> str | None:
            page_id, mark, anchor = link.target.partition(".md")
            return f"{url_of(page_id)}{anchor}" if mark else None

        context = RenderContext("en", self.playbook, lead, url_of, knowledge=self.knowledge)

        def home(page: Page) -> RenderContext:
            return self.at(f"{page.id}/")

        return replace(context, relative=relative, place=place, home=home)

    def render(self, page: Page, context: RenderContext) -> Rendered:
        self.rendered.append(page.id)
        rendered = self.site.renderer.render(page, context)
        self.sheets.keep(page, context, rendered)
        return rendered

    def printed(self, place: str, subject: str = "") -> str:
        page = as_print(self.site.add("# P\n", page_id=place.strip("/")), subject)
        self.site.pages["en"].pop(page.id)
        shown = Prints(self.site.contract, self.sheets).values(page, self.at(place))["print"]
        return "".join(one.html for one in shown.pages)


@pytest.mark.parametrize(
    ("place", "subject", "two", "away"),
    [
        ("print/index/", "", "#p2--key-inputs", "../../one/away?x=1#y"),
        ("print/assess/", "assess", "../../two/#key-inputs", "../../one/away?x=1#y"),
        ("print/", "", "#p2--key-inputs", "../one/away?x=1#y"),
    ],
)
def test_addresses_lead_from_the_print_where_they_led_from_the_page(
    site: Site, place: str, subject: str, two: str, away: str
) -> None:
    site.add(
        "# One\n\nPhase: **Assess**\n\n[b](two.md#key-inputs) [c](away?x=1#y) [d](#top) "
        "[e](https://example.com/?a=1&b=2) [f](/root/) ![g](away.png)\n",
        page_id="one",
    )
    page = Dom(Places(site).printed(place, subject))
    links = page.values("p a[href]", "href")
    end = links.index("/root/")
    assert links[end - 4 : end] == [two, away, "#p1", "https://example.com/?a=1&b=2"]
    assert page.values("img", "src")[0] == away.replace("?x=1#y", ".png")


def test_a_page_is_rendered_once_for_its_own_place_and_for_all_prints(site: Site) -> None:
    places = Places(site)
    for page in site.pages["en"].values():
        places.render(page, places.at(f"{page.id}/"))
    before = places.rendered[:]
    assert "p1--overview" in places.printed("print/")
    assert "p1--overview" in places.printed("print/assess/", "assess")
    assert places.rendered == before == ["one", "two"]


def test_a_page_is_rendered_again_when_something_else_is_known_of_it(site: Site) -> None:
    places = Places(site)
    places.printed("print/")
    places.knowledge = replace(places.knowledge)
    places.printed("print/")
    assert places.rendered == ["one", "two"] * 2


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@cache
def empty_site() -> Site:
    return Site()


@settings(max_examples=60)
@given(TEXT, st.sampled_from(["{}", '<b id="{}">x</b>', "[a](#{})", '<i title="{}">y</i>', "`{}`"]))
def test_no_text_is_taken_for_a_tag(text: str, around: str) -> None:
    site = empty_site()
    site.pages.clear()
    body = around.replace("{}", text)
    like_tags = 'id="x" href="#y" <h2> &lt;h1 id="z"&gt;'
    alone = Dom(site.render(site.add(f"# T\n\n{body}\n\n{like_tags}\n", page_id="one")).html)
    page = printed(site)
    article = page.one("article")
    article.css(".lf-print__number")[0].decompose()
    assert words(article) == alone.text
    assert len(page.ids) == len(set(page.ids))
