"""Prints: all pages as one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.model import Link, Page
from leitfaden.rendering import Knowledge, RenderContext
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
    return None if "://" in link.target else f"../{link.target.replace('.md', '/')}"


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
    prints = Prints(site.contract, site.renderer.render, pages, characters)
    page = as_print(site.add("# P\n", page_id="print/index"))
    site.pages["en"].pop("print/index")
    shown = prints.values(page, context_of(site))["print"]
    assert shown.is_too_large
    assert shown.pages == ()
    assert [part.name for part in shown.parts] == ["Enable"]  # the only phase with a print
    phase = prints.values(replace(page, subject="enable"), context_of(site))["print"]
    assert phase.is_too_large == (characters == 100)


def test_a_phase_that_is_too_large_lists_its_pages(site: Site) -> None:
    prints = Prints(site.contract, site.renderer.render, 0)
    page = as_print(site.add("# P\n", page_id="print/enable"), "enable")
    shown = prints.values(page, context_of(site))["print"]
    assert [(part.name, part.url) for part in shown.parts] == [("Two", "../two/")]


def test_only_what_somebody_has_written_is_printed_and_history_dates_it(site: Site) -> None:
    def changed_on(page: Page) -> dt.date | None:
        return dt.date(2027, 1, 2) if page.id == "one" else None

    site.add("# One\n", page_id="one")
    knowledge = Knowledge(changed_on=changed_on, is_written=lambda page: page.id == "one")
    prints = Prints(site.contract, site.renderer.render)
    page = as_print(site.add("# P\n", page_id="print/index"))
    shown = prints.values(page, context_of(site, knowledge))["print"]
    assert [one.title for one in shown.pages] == ["One"]


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
