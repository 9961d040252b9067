"""The page of what changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from leitfaden.contract.frozen import FrozenMap
from leitfaden.contract.settings import Changes
from leitfaden.model import Link, Redirect
from leitfaden.reading.changes import ChangeReader
from leitfaden.rendering import Knowledge, RenderContext
from tests.rendering.support import Dom, Site, small_contract, words

HEAD = "\n## Refresh Summary\n\n| Date | Who Changed | What Changed |\n|---|---|---|\n"
STEP = "\nPhase: **Assess**\n\n## Approach\n\n### Plan it\n\nPrimary Role: **FM**\n"


@pytest.fixture
def site() -> Site:
    words_ = Changes(FrozenMap({"en": ("typo*",), "de": ("Tippfehler",)}))
    site = Site(replace(small_contract(), changes=words_))
    changed(site, "process-a", "Process A", "04/30/2020 | FM | Moved to Plan it")
    changed(site, "process-b", "Process B", "04/30/2020 | Jane Doe | Rewritten")
    return site


def changed(site: Site, page_id: str, title: str, *rows: str, locale: str = "en") -> None:
    text = f"# {title}\n{STEP}{HEAD}" + "".join(f"| {row} |\n" for row in rows)
    site.add(text, locale, page_id)


def shown(site: Site, locale: str = "en", *redirects: Redirect, feeds: bool = False) -> Dom:
    def resolve(link: Link) -> str | None:
        return None if "//" in link.target else f"../{link.target.removesuffix('.md')}/"

    made = site.add("# What changed\n", locale, "changes")
    page = replace(made, kind="changes", view="changes")
    reader = ChangeReader(site.playbook, site.contract, locale, redirects)
    context = RenderContext(
        locale,
        site.playbook,
        resolve,
        lambda page_id: f"../{page_id}/",
        knowledge=Knowledge(
            changes=lambda _: reader.changes(),
            feed_of=lambda locale, page_id: f"{locale}/{page_id}/feed.xml" if feeds else None,
        ),
        relative=lambda address: f"../../{address}",
    )
    return Dom(site.renderer.render(page, context).html)


def test_changes_are_told_by_month_and_day_and_page(site: Site) -> None:
    changed(site, "process-c", "Process C", "05/02/2020 | x | b", "03/01/2020 | x | a")
    page = shown(site)
    assert page.texts(".lf-log__month h2") == ["May 2020", "April 2020", "March 2020"]
    assert page.texts(".lf-log__date") == ["05/02/2020", "04/30/2020", "03/01/2020"]
    assert page.texts(".lf-log__title") == ["Process C", "Process A", "Process B", "Process C"]
    assert page.values(".lf-log__date time", "datetime")[0] == "2020-05-02"


def test_it_speaks_the_readers_language(site: Site) -> None:
    changed(site, "process-a", "Prozess A", "04/30/2020 | FM | Neu", locale="de")
    page = shown(site, "de")
    assert page.texts(".lf-log__month h2") == ["April 2020"]
    assert page.texts(".lf-log__date") == ["30.04.2020"]
    assert page.texts(".lf-log__title") == ["Prozess A", "Process B"]
    assert page.values(".lf-log__title a", "lang") == [None, "en"]
    assert page.values(".lf-log__month .lf-log__what", "lang") == [None, "en"]


def test_an_entry_leads_to_its_page_and_to_what_it_names(site: Site) -> None:
    page = shown(site)
    assert page.values(".lf-log__title a", "href") == ["../process-a/", "../process-b/"]
    assert page.values(".lf-log__month .lf-log__what a", "href") == ["../process-a/#plan-it"]
    assert page.texts(".lf-log__month .lf-log__what")[0] == "Moved to Plan it"


def test_the_writers_links_between_pages_stay(site: Site) -> None:
    row = (
        "05/02/2020 | x | See [B](process-b.md), [web](https://example.com/) and [B](process-c.md)"
    )
    changed(site, "process-a", "Process A", row)
    page = shown(site)
    links = page.values(".lf-log__month .lf-log__what a", "href")
    assert links == ["../process-b/", "../process-c/"]
    assert page.texts(".lf-log__month .lf-log__what")[0] == "See B, web and B"


def test_the_old_and_the_new_place_are_linked(site: Site) -> None:
    changed(site, "process-a", "Process A", "05/02/2020 | x | Split off old-page.md")
    page = shown(site, "en", Redirect("old-page", "process-b", "en"))
    told = page.all(".lf-log__month .lf-log__what")[0]
    assert words(told) == "Split off old-page.md (today: Process B)"
    assert [link.attributes["href"] for link in told.css("a")] == [
        "../../old-page.html",
        "../process-b/",
    ]


def test_a_role_is_named_and_a_person_is_not(site: Site) -> None:
    page = shown(site)
    assert page.texts(".lf-log__month .lf-log__by") == ["FastTrack Manager"]
    assert "Jane Doe" not in page.text


def test_what_matters_to_few_is_folded(site: Site) -> None:
    changed(site, "process-c", "Process C", "04/29/2020 | x | Typo", "04/28/2020 | x | Typos")
    page = shown(site)
    fold = page.one(".lf-log__month details")
    assert "open" not in fold.attributes
    assert words(fold).startswith("Small corrections: 2")
    assert page.texts(".lf-log__title") == ["Process A", "Process B"]


def test_a_month_of_which_all_is_folded_still_has_its_heading(site: Site) -> None:
    changed(site, "process-c", "Process C", "01/29/2020 | x | Typo")
    assert shown(site).texts(".lf-log__month h2") == ["April 2020", "January 2020"]


def test_changes_can_be_chosen_by_phase_and_role(site: Site) -> None:
    site.add(f"# Aside\n{HEAD}| 05/02/2020 | x | Aside |\n", page_id="aside")
    page = shown(site)
    chosen = page.values(".lf-log__choice a", "href")
    assert chosen == ["#changes--phases", "#changes--roles"]
    assert set(chosen) <= {f"#{name}" for name in page.ids}
    assess = page.one("#changes--phases--assess")
    assert "Rewritten" in words(assess)
    assert "Aside" not in words(assess)
    assert page.texts(".lf-log__topics summary") == ["Assess: 2", "FastTrack Manager: 2"]


def test_no_more_than_the_newest_changes_stand_here(site: Site) -> None:
    rows = [
        f"{day:02}/{month:02}/20{year} | x | c"
        for year in range(10, 30)
        for month in (1, 2)
        for day in range(1, 13)
    ]
    changed(site, "process-c", "Process C", *rows)
    page = shown(site)
    assert len(page.all(".lf-log__month .lf-log__what")) == 200
    assert page.texts(".lf-log__older") == ["Older changes stand at the foot of their pages: 282"]
    assert len(page.all("#changes--phases--assess > li")) == 10


def test_feeds_are_named_where_there_are_any(site: Site) -> None:
    assert shown(site).all("[href$='feed.xml']") == []
    page = shown(site, feeds=True)
    assert page.one(".lf-feed a").attributes["href"] == "../../en/changes/feed.xml"
    assert "../../en/roles/fasttrack-manager/feed.xml" in page.values("a", "href")


def test_a_playbook_without_readable_days_says_so() -> None:
    page = shown(Site())
    assert page.texts(".lf-log") == ["No page says yet what changed on it."]


def test_a_row_that_does_not_say_what_changed(site: Site) -> None:
    changed(site, "process-a", "Process A", "05/02/2020 | x |")
    assert shown(site).texts(".lf-log__what")[0] == "Changed"


def test_hostile_text_stays_text(site: Site) -> None:
    changed(site, "process-a", "A `<b>`", r"05/02/2020 | x | `<script>x</script>` \]\]> \" onload=")
    page = shown(site)
    assert page.all("script, b") == []
    assert "<script>x</script>" in page.text


def test_ids_of_the_page_are_its_own(site: Site) -> None:
    page = shown(site)
    assert len(page.ids) == len(set(page.ids))
