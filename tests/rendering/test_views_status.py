"""The page that says how the translations stand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from leitfaden.rendering.views.status import StatusPage
from leitfaden.translating.history import Point
from tests.rendering.support import Dom
from tests.rendering.translations import Translated

EN = "# {0}\n\nA first text of this page. With a second sentence.\n\nAnother text stands here.\n"
DE = "# {0}\n\nEin erster Text dieser Seite. Mit einem zweiten Satz.\n\nHier steht noch ein Text.\n"
SUMMARY = "\n## Refresh Summary\n\n| Date | Who Changed | What Changed |\n|---|---|---|\n"
KURZ = (
    "\n## Zusammenfassung der Aktualisierung\n\n"
    "| Datum | Geändert durch | Änderung an |\n|---|---|---|\n"
)


@pytest.fixture
def translated() -> Translated:
    return Translated()


def status(translated: Translated, locale: str = "en") -> Dom:
    site = translated.site
    made = site.add("# Translation status\n", locale, "status")
    page = replace(made, kind="status", view="status")
    del site.pages[locale]["status"]  # no page that somebody has written
    return Dom(site.renderer.render(page, translated.context(locale)).html)


def both(translated: Translated, page_id: str, name: str, *changes: tuple[str, str]) -> None:
    new = EN.format(name)
    for old, other in changes:
        new = new.replace(old, other)
    translated.pair(EN.format(name), DE.format(f"Die {name}"), page_id, new=new)


def test_each_unit_behind_shows_the_original_now_and_the_translation(
    translated: Translated,
) -> None:
    both(translated, "a", "Page", ("a second sentence", "an altered sentence"))
    page = status(translated)
    assert page.texts(".lf-status__text") == [
        "A first text of this page. With an altered sentence.",
        "Ein erster Text dieser Seite. Mit einem zweiten Satz.",
    ]
    assert page.values(".lf-status__text", "lang") == [None, "de"]
    assert page.values(".lf-status__label a", "href") == ["../en/a/", "../de/a/"]
    [what] = page.texts(".lf-status__what")
    assert what.startswith("Bring up to date behind the original Words: 4, minutes: about 1")
    assert "New or changed sentences of the original: 1" in what


def test_where_git_knows_the_original_is_shown_before_and_now(translated: Translated) -> None:
    new = EN.format("Page").replace("a second sentence", "an altered sentence")
    german = DE.format("Die Seite")
    translated.pair(EN.format("Page"), german, "a", new=new, changed_on=dt.date(2026, 3, 4))
    page = status(translated, "de")
    assert page.texts(".lf-status__text") == [
        "A first text of this page. Entfallen: With a second sentence.",
        "A first text of this page. Neu: With an altered sentence.",
        "Ein erster Text dieser Seite. Mit einem zweiten Satz.",
    ]
    assert page.values(".lf-status__text", "lang") == ["en", "en", None]
    assert page.texts("del") == ["Entfallen: With a second sentence."]
    assert page.texts("ins") == ["Neu: With an altered sentence."]
    assert page.values(".lf-status__page time", "datetime") == ["2026-03-04"]


def test_what_one_does_not_see_is_said_to_have_changed(translated: Translated) -> None:
    source = EN.format("Page").replace("Another text", "[Another text](one.md)")
    new = source.replace("one.md", "other.md")
    target = DE.format("Die Seite").replace("noch ein Text", "[noch ein Text](one.md)")
    translated.pair(source, target, "a", new=new, changed_on=dt.date(2026, 3, 4))
    page = status(translated)
    assert page.all("ins, del") == []
    assert "The words are the same; a link or the like has changed." in page.text


def test_a_long_text_is_cut_where_nothing_has_changed(translated: Translated) -> None:
    sentence = "This is sentence {} of very many that nobody needs."
    source = f"# P\n\n{' '.join(map(sentence.format, range(60)))} Go.\n"
    target = f"# P\n\n{' '.join(map('Das ist Satz {}.'.format, range(60)))} Los.\n"
    new = source.replace("Go.", "Stop.")
    translated.pair(source, target, "a", new=new, changed_on=dt.date(2026, 3, 4))
    was, now, _ = status(translated).texts(".lf-status__text")
    assert was.endswith("\u2026 Gone: Go.")
    assert now.endswith("\u2026 New: Stop.")
    assert len(now) < 1_300


def test_a_trend_is_drawn_and_told(translated: Translated) -> None:
    both(translated, "a", "Page", ("a second sentence", "an altered sentence"))
    days = (dt.date(2026, 1, 2), dt.date(2026, 1, 9), dt.date(2026, 1, 16))
    translated.trend = tuple(Point(day, at, 2 * at) for at, day in enumerate(days))
    page = status(translated, "de")
    assert page.texts("figcaption") == [
        "Im R\u00fcckstand oder fehlend: 0 am 02.01.2026, 6 am 16.01.2026"
    ]
    assert page.values("figure > svg", "aria-hidden") == ["true"]
    heights = [float(height or 0) for height in page.values("figure rect", "height")]
    assert heights == [0, 0, 16.67, 33.33, 33.33, 66.67]
    assert page.texts("figure tbody tr") == ["02.01.202600", "09.01.202612", "16.01.202624"]
    assert page.values("figure tbody time", "datetime") == [day.isoformat() for day in days]


def test_without_a_trend_there_is_no_figure(translated: Translated) -> None:
    both(translated, "a", "Page", ("a second sentence", "an altered sentence"))
    translated.trend = (Point(dt.date(2026, 1, 2), 3, 4),)
    assert status(translated).all("figure") == []


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("en", "Differs: the requirement (Optional in the original, Mandatory in the translation)"),
        (
            "de",
            "Weicht ab: die Verbindlichkeit (Optional im Original, Erforderlich in der "
            "\u00dcbersetzung)",
        ),
    ],
)
def test_what_differs_is_told_in_the_words_of_the_contract(
    translated: Translated, locale: str, told: str
) -> None:
    head = "\n| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |\n"
    row = "|-|-|-|-|-|\n| 4047 | A workshop | {} | FM | Exchange |\n"
    steps = "# P\n\n## Approach\n\n### Go\n\n#### FTOP Tasks\n" + head
    translated.site.add(steps + row.format("O"), "en", "a")
    translated.site.add(steps + row.format("M"), "de", "a")
    assert told in status(translated, locale).texts(".lf-status__what > span")


def test_a_reader_of_another_language_gets_the_same_in_it(translated: Translated) -> None:
    both(translated, "a", "Page", ("a second sentence", "an altered sentence"))
    page = status(translated, "de")
    assert page.texts(".lf-status__what")[0].startswith("Nachziehen")
    assert page.values(".lf-status__text", "lang") == ["en", None]


def test_what_the_translation_lacks_is_to_be_translated_as_a_whole(translated: Translated) -> None:
    both(translated, "a", "Page", ("Another", "One two three four five six.\n\nAnother"))
    page = status(translated)
    assert page.texts(".lf-status__what") == ["Translate missing Words: 6, minutes: about 2"]
    assert page.texts(".lf-status__nothing") == ["Nothing yet"]


def test_what_the_original_no_longer_has_is_told_too(translated: Translated) -> None:
    both(translated, "a", "Page", ("Another text stands here.\n", ""))
    page = status(translated)
    assert page.texts(".lf-status__nothing") == ["No longer there"]
    assert page.texts(".lf-status__what strong") == ["Leave out, or keep on purpose"]


def test_what_contradicts_the_original_is_told_with_its_topic(translated: Translated) -> None:
    translated.site.add("# P\n\nAsk 40 people of the customer.\n", "en", "a")
    translated.site.add("# P\n\nFragen Sie 50 Leute beim Kunden.\n", "de", "a")
    page = status(translated)
    told = "Differs: numbers (40 in the original, 50 in the translation)"
    assert told in page.texts(".lf-status__what")[0]


def test_units_are_counted_and_the_bar_says_nothing_else(translated: Translated) -> None:
    both(translated, "a", "Page", ("a second sentence", "an altered sentence"))
    page = status(translated)
    shares = page.texts(".lf-status__locale > .lf-status__shares > li")
    assert shares == ["up to date: 2", "behind the original: 1"]
    widths = page.values(".lf-status__locale > svg > rect", "width")
    assert [float(width or 0) for width in widths] == pytest.approx([66.67, 33.33])
    assert page.values(".lf-status__locale > svg", "aria-hidden") == ["true"]


def test_the_oldest_debt_comes_first(translated: Translated) -> None:
    for page_id, day in (("a", "05/01/2020"), ("b", "03/01/2020"), ("c", "04/01/2020")):
        source = EN.format(page_id) + SUMMARY
        target = DE.format(page_id) + KURZ + "| 01.01.2020 | FM | Neu |\n"
        new = source.replace("a second", "some other") + f"| {day} | FM | More |\n"
        translated.pair(source + "| 01/01/2020 | FM | New |\n", target, page_id, new=new)
    page = status(translated)
    assert page.texts(".lf-status__page > h4") == ["b", "c", "a"]
    assert page.values(".lf-status__page time", "datetime") == [
        "2020-03-01",
        "2020-04-01",
        "2020-05-01",
    ]


def test_pages_without_translation_are_listed_with_their_words(translated: Translated) -> None:
    translated.site.add("# New page\n\nOne two three four five six.\n", "en", "b")
    both(translated, "a", "Page")
    page = status(translated)
    folds = page.texts("details")
    assert folds[0] == "Not translated at all (1) New page Words: 8, minutes: about 2"
    assert folds[1] == "Nothing found to do (1) Die Page up to date: 3"
    assert page.values("details a", "href") == ["../en/b/", "../de/a/"]


def test_where_all_is_up_to_date_it_says_so(translated: Translated) -> None:
    both(translated, "a", "Page")
    page = status(translated)
    assert "Nothing is known to be behind." in page.text
    assert "--bootstrap" not in page.text


def test_without_a_record_it_says_how_to_begin(translated: Translated) -> None:
    translated.site.add(EN.format("Page"), "en", "a")
    translated.site.add(DE.format("Seite"), "de", "a")
    page = status(translated)
    assert "leitfaden translated --bootstrap" in page.text
    assert "not recorded: 3" in page.texts(".lf-status__shares > li")


def test_of_very_many_texts_the_oldest_are_shown_and_the_others_counted(
    translated: Translated,
) -> None:
    for page_id in "abc":
        both(translated, page_id, page_id, ("a second", "some other"))
    contract = translated.site.contract
    context = translated.context("en")
    page = translated.site.playbook.page("a", "en")
    assert page is not None
    [german] = StatusPage(contract, most_texts=2).values(page, context)["translations"]
    assert (len(german.pages), len(german.others)) == (2, 1)
    assert german.others[0].units == ()


def test_texts_are_shown_as_text(translated: Translated) -> None:
    new = ("Another", "A `<script>` tag &amp; more.\n\nAnother")
    both(translated, "a", "Page", new)
    page = status(translated)
    assert page.all("script") == []
    assert "A <script> tag & more." in page.texts(".lf-status__text")
