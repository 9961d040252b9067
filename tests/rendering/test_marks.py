"""What a translated page shows of what its original says now, and it does not."""

from __future__ import annotations

from tests.rendering.support import Dom, Site, real_contract
from tests.rendering.test_task_tables import HEADER, KOPF
from tests.rendering.translations import Translated

EN = """\
# Page

## Overview

The first text has a sentence. And it has another one.

> [!NOTE]
> Look at this text first.

## Key Inputs

1. Take the number 17.
2. Bring the plan.
   - And what belongs to it.

| Word | Meaning |
|---|---|
| Alpha | The first one |
| Beta | The second one |

## Approach

### Call the customer
"""
DE = """\
# Seite

## Übersicht

Der erste Text hat einen Satz. Und er hat noch einen weiteren.

> [!NOTE]
> Sehen Sie sich diesen Text zuerst an.

## Wichtige Inputs

1. Nehmen Sie die Nummer 17.
2. Bringen Sie den Plan mit.
   - Und was dazu gehört.

| Wort | Bedeutung |
|---|---|
| Alpha | Das erste |
| Beta | Das zweite |

## Methode

### Rufen Sie den Kunden an
"""
TASKS = f"# P\n\n## Approach\n\n### Do it\n\n{HEADER}"
AUFGABEN = f"# P\n\n## Methode\n\n### Tun Sie es\n\n{KOPF}"


def shown(*changes: tuple[str, str], source: str = EN, target: str = DE) -> Dom:
    """Return the translation after its original was changed."""
    new = source
    for old, other in changes:
        assert old in new
        new = new.replace(old, other, 1)
    translated = Translated()
    return translated.dom(translated.pair(source, target, new=new))


def names(page: Dom) -> list[str]:
    """Return how the rows of a page's table begin."""
    return [text.split()[0] for text in page.texts("tbody td:first-child")]


def test_nothing_changes_where_nothing_is_behind() -> None:
    translated = Translated()
    page = translated.pair(EN, DE)
    assert translated.html(page) == translated.html(page, known=False)


def test_a_paragraph_behind_has_a_mark_that_leads_to_the_same_place_of_the_original() -> None:
    page = shown(("another one", "a third one"))
    mark = page.one("h2#overview + p > a.lf-behind")
    assert mark.attributes["href"] == "../en/page/#overview"
    assert mark.attributes["hreflang"] == "en"
    assert mark.attributes["title"] == "1 Satz des Originals hat sich geändert"
    assert page.texts("a.lf-behind") == [
        "Original geändert (1 Satz des Originals hat sich geändert; Original lesen)"
    ]


def test_a_mark_tells_new_sentences_and_such_that_are_gone() -> None:
    new = shown(("another one.", "another one. One more stands here. And more."))
    assert new.values(".lf-behind", "title") == ["2 Sätze des Originals sind neu"]
    gone = shown((" And it has another one.", ""))
    assert gone.values(".lf-behind", "title") == ["1 Satz des Originals ist entfallen"]


def test_a_text_of_one_sentence_has_simply_changed() -> None:
    page = shown(("number 17", "number 18"))
    assert page.values(".lf-behind", "title") == ["Das Original hat sich geändert"]
    assert len(page.all("ol > li > a.lf-behind")) == 1


def test_an_item_that_holds_a_list_has_its_mark_before_the_list() -> None:
    page = shown(("Bring the plan.", "Bring all the plans."))
    assert page.texts("li > a.lf-behind + ul > li") == ["Und was dazu gehört."]


def test_an_alert_has_its_mark_inside() -> None:
    page = shown(("Look at this text first", "Look at that text last"))
    assert len(page.all("[role=note] p > a.lf-behind")) == 1


def test_a_heading_has_its_mark_below_so_that_its_name_stays() -> None:
    page = shown(("Call the customer", "Write to the customer"))
    assert len(page.all("h3 + p.lf-behind-line > a.lf-behind")) == 1
    assert page.texts("h3") == ["Rufen Sie den Kunden an"]


def test_a_row_has_its_mark_in_its_first_cell() -> None:
    page = shown(("The second one", "The last one"))
    assert page.texts("td:has(a.lf-behind)")[0].startswith("Beta Original geändert")
    assert page.values(".lf-behind", "title") == [
        "1 Zelle dieser Zeile hat sich im Original geändert"
    ]


def test_a_lacking_paragraph_is_told_below_its_heading_and_not_put_in() -> None:
    page = shown(
        ("And it has another one.\n", "And it has another one.\n\nA new text stands here.\n")
    )
    line = page.one("h2#overview + p.lf-lacks a")
    assert line.attributes["href"] == "../en/page/#overview"
    assert line.attributes["hreflang"] == "en"
    assert page.texts("p.lf-lacks") == ["Noch nicht übersetzt: 1 Teil des Originals"]
    assert "A new text" not in page.text


def test_a_lacking_section_is_told_by_its_name_where_it_belongs() -> None:
    section = "## Next Steps\n\nGo on.\n\n- To here\n\n## Approach"
    page = shown(("## Approach", section))
    link = page.one("h2#key-inputs + p.lf-lacks a")
    assert link.text() == "Next Steps"
    assert link.attributes["lang"] == "en"
    assert link.attributes["href"] == "../en/page/#next-steps"
    assert "Go on" not in page.text


def test_what_is_lacking_below_the_title_is_told_there() -> None:
    page = shown(("# Page\n", "# Page\n\nA text that nobody has translated yet.\n"))
    assert page.texts("h1 + p.lf-lacks") == ["Noch nicht übersetzt: 1 Teil des Originals"]


def test_a_lacking_row_stands_at_its_place_in_the_words_of_the_original() -> None:
    middle = shown(("| Beta |", "| Gamma | The one between |\n| Beta |"))
    assert names(middle) == ["Alpha", "Gamma", "Beta"]
    row = middle.one("tr.lf-lacking")
    assert row.attributes["lang"] == "en"
    mark = middle.one("tr.lf-lacking td:first-child > a.lf-behind")
    assert mark.attributes["lang"] == "de"
    assert mark.text().startswith("noch nicht übersetzt")
    first = shown(("| Alpha |", "| Gamma | The new one |\n| Alpha |"))
    assert names(first) == ["Gamma", "Alpha", "Beta"]
    last = shown(("one |\n\n## App", "one |\n| Gamma | The new one |\n\n## App"))
    assert names(last) == ["Alpha", "Beta", "Gamma"]


def test_a_lacking_task_stands_at_its_place_in_the_words_of_the_original() -> None:
    before = "| 1001 | One thing | M | FM | Exchange |\n| 1003 | A third thing | O | FM | |\n"
    source = TASKS + before
    target = AUFGABEN + (
        "| 1001 | Eine Sache | E | FM | Exchange |\n| 1003 | Eine dritte Sache | O | FM | |\n"
    )
    new = "| 1002 | A second [thing](page.md) | M | FM | Exchange |\n"
    page = shown(("| 1003", f"{new}| 1003"), source=source, target=target)
    assert page.values("tbody tr", "id") == ["task-1001", "task-1002", "task-1003"]
    row = page.one("tr.lf-lacking")
    assert row.attributes["lang"] == "en"
    assert "Mandatory" in row.text()
    assert page.one("tr.lf-lacking a.lf-behind").attributes["href"] == "../en/page/#task-1002"
    assert page.one("tr.lf-lacking th").attributes["lang"] == "de"
    assert "Erforderlich: 2" in page.texts("caption")[0]


def test_a_task_whose_name_has_changed_is_marked_at_its_name() -> None:
    source = f"{TASKS}| 1001 | One thing | M | FM | Exchange |\n"
    target = f"{AUFGABEN}| 1001 | Eine Sache | E | FM | Exchange |\n"
    page = shown(("One thing", "Another matter"), source=source, target=target)
    assert page.texts("td:has(> a.lf-behind)")[0].startswith("Eine Sache Original geändert")


def test_lacking_tasks_without_a_table_are_told_below_the_heading() -> None:
    page = shown(
        ("### Do it\n", f"### Do it\n\n{HEADER}| 1001 | One thing | M | FM | Exchange |\n"),
        source="# P\n\n## Approach\n\n### Do it\n",
        target="# P\n\n## Methode\n\n### Tun Sie es\n",
    )
    assert page.texts("h3 + p.lf-lacks") == ["Noch nicht übersetzt: 1 Teil des Originals"]


def test_marks_of_a_page_without_an_original_on_the_site_lead_nowhere() -> None:
    translated = Translated(Site(real_contract()))
    page = translated.pair(EN, DE, "includes/part", new=EN.replace("number 17", "number 18"))
    translated.site.add("# A\n\n[!INCLUDE [x](includes/part.md)]\n", "en", "a")
    around = translated.site.add("# A\n\n[!INCLUDE [x](includes/part.md)]\n", "de", "a")
    assert page.id not in translated.site.playbook.ids
    assert len(translated.dom(around).all("li > span.lf-behind")) == 1


def test_hostile_texts_stay_harmless() -> None:
    page = shown(
        ("## Approach", "## <script>alert(1)</script> & more\n\nText.\n\n## Approach"),
        ("| Beta |", '| <img src=x onerror="alert(1)"> | x |\n| Beta |'),
    )
    assert page.all("script") == []
    assert page.all("[onerror]") == []
