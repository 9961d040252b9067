"""What a page is called and what is said about it: never in another language."""

from __future__ import annotations

import pytest

from leitfaden.rendering import Rendered
from tests.rendering.support import Site, render


def pair(source: str, translation: str) -> Rendered:
    """A translation, rendered."""
    site = Site()
    site.add(source, "en")
    return site.render(site.add(translation, "de"))


def front(**values: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in values.items())
    return f"---\n{lines}---\n\n"


def test_the_title_is_the_first_heading() -> None:
    page = render(front(title="Meta") + "## Two\n\n# The *one* & `only`\n\n# Other\n")
    assert page.title == "The one & only"


def test_without_a_heading_it_is_the_metadatas() -> None:
    assert render(front(title="Meta") + "text\n").title == "Meta"


def test_without_either_it_is_any_heading_or_the_pages_name() -> None:
    assert render("## Two\n").title == "Two"
    assert render("text\n", page_id="a/some-page").title == "some-page"


def test_a_translation_never_has_the_sources_title() -> None:
    source = front(title="English title") + "# English title\n"
    assert pair(source, front(title="English title") + "# Deutsch\n").title == "Deutsch"
    assert pair(source, front(title="English title") + "## Übersicht\n").title == "Übersicht"
    assert pair(source, front(title="English title") + "text\n").title == "page"
    assert pair(source, front(title="Deutscher Titel") + "text\n").title == "Deutscher Titel"


def test_the_heading_of_the_source_counts_as_its_title() -> None:
    assert pair("# English title\n", front(title="English title") + "text\n").title == "page"


def test_the_description_is_the_metadatas_if_it_says_something() -> None:
    assert (
        render(front(title="T", description="About T.") + "# T\n\ntext\n").description == "About T."
    )


@pytest.mark.parametrize("repeated", ["T", "Heading"])
def test_a_description_that_repeats_the_title_says_nothing(repeated: str) -> None:
    page = render(front(title="T", description=repeated) + "# Heading\n\nFirst *prose*.\n")
    assert page.description == "First prose."


@pytest.mark.parametrize("copied", ["About it.", "English", "Heading"])
def test_a_translation_never_has_the_sources_description(copied: str) -> None:
    source = front(title="English", description="About it.") + "# Heading\n\nEnglish prose.\n"
    page = pair(source, front(title="English", description=copied) + "# Titel\n\nDeutsche Prosa.\n")
    assert page.description == "Deutsche Prosa."


@pytest.mark.parametrize(
    "before",
    [
        "Phase: **Assess**\n\n",
        "> [!NOTE]\n> Not this.\n\n",
        "- Not this.\n\n",
        "| a | b |\n|---|---|\n| not | this |\n\n",
        "| a | b |\n|---|\n| not | this |\n\n",
        "![](x.png)\n\n",
        "```\nnot this\n```\n\n",
        "[^1]: Not this.\n\n",
        "## Not this\n\n",
    ],
)
def test_the_first_prose_is_a_paragraph(before: str) -> None:
    assert render(f"# T\n\n{before}This one.\n\nNot this.\n").description == "This one."


def test_a_long_description_ends_with_a_word() -> None:
    text = render("word " * 100).description
    assert text.endswith("word…")
    assert len(text) <= 161
    assert len(render("無" * 500).description) == 161


def test_a_page_without_prose_has_no_description() -> None:
    assert render("# T\n\n- a\n").description == ""


def test_a_task_tables_caption_is_in_the_pages_language() -> None:
    table = "| Aufgaben-ID | Name der Aufgabe |\n|---|---|\n| 1001 | a |\n"
    page = pair(front(title="English") + "text\n", front(title="English") + table)
    assert "English" not in page.html
