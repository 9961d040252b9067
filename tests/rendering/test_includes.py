"""What a page shows of other files: `[!INCLUDE [title](path)]`."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.model import Link
from leitfaden.model.inclusion import MAX_DEPTH, MAX_PARTS
from leitfaden.rendering import RenderContext
from tests.rendering.markup import strict
from tests.rendering.support import Dom, Site, real_contract

TASKS = (
    "| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |\n"
    "|---|---|---|---|---|\n| 4047 | Book a room | M | FastTrack Manager | Exchange |\n"
)


@cache
def _site() -> Site:
    return Site(real_contract())


def site(**fragments: str) -> Site:
    """A site with these files below `includes/`."""
    made = _site()
    made.pages = {}
    for name, text in fragments.items():
        made.add(text, "en", f"includes/{name}")
    return made


def shown(markdown: str, locale: str = "en", **fragments: str) -> Dom:
    made = site(**fragments)
    return Dom(made.render(made.add(markdown, locale, "some-page")).html)


def test_a_file_is_shown_in_the_place_of_its_include() -> None:
    page = shown("a\n\n[!INCLUDE [t](includes/x.md)]\n\nc\n", x="---\ntitle: t\n---\n- **b**\n")
    assert page.text == "a b c"
    assert page.texts("ul > li > strong") == ["b"]


def test_a_sentence_holds_a_file_of_one_paragraph() -> None:
    page = shown("a [!INCLUDE [t](includes/x.md)], c\n", x="only *b*\n")
    assert page.texts("p") == ["a only b, c"]
    assert page.texts("p em") == ["b"]


@pytest.mark.parametrize(
    ("markdown", "selector"),
    [
        ("a [!INCLUDE [t](includes/x.md)] c\n", "body > ul"),
        ("[!INCLUDE [t](includes/x.md)] c\n", "body > ul"),
        ("a [!INCLUDE [t](includes/x.md)]\n", "body > ul"),
        ("- a [!INCLUDE [t](includes/x.md)] c\n", "li > ul"),
        ("| a |\n|---|\n| [!INCLUDE [t](includes/x.md)] |\n", "td > ul"),
    ],
)
def test_blocks_in_a_sentence_part_it(markdown: str, selector: str) -> None:
    made = site(x="- b\n")
    html = made.render(made.add(markdown)).html
    assert Dom(html).texts(selector) == ["b"]
    assert all(text for text in Dom(html).texts("p"))
    strict(html)


@pytest.mark.parametrize("markdown", ["# a {}\n", "**a {}**\n", "[a](b.md) *{}*\n"])
def test_where_no_blocks_can_stand_a_notice_does(markdown: str) -> None:
    page = shown(markdown.format("[!INCLUDE [t](includes/x.md)]"), x="- b\n")
    assert page.texts(".lf-gap") == ["A part of this page is missing here: includes/x.md"]


@pytest.mark.parametrize(
    "target", ["includes/gone.md", "../../x.md", "/etc/passwd", "https://a.b/c.md", "x.png"]
)
def test_a_file_that_cannot_be_shown_leaves_a_gap_that_readers_see(target: str) -> None:
    block = f"A part of this page is missing here: {target}"
    assert shown(f"[!INCLUDE [t]({target})]\n").texts("p.lf-gap--block") == [block]
    assert shown(f"a [!INCLUDE [t]({target})] b\n").texts("p strong.lf-gap") == [block]
    german = shown(f"[!INCLUDE [t]({target})]\n", "de").text
    assert german == f"Hier fehlt ein Teil dieser Seite: {target}"


def test_a_gap_shows_no_markup_of_its_path() -> None:
    assert shown("[!INCLUDE [t](<&lt;b&gt;.md>)]\n").all("b") == []


def test_links_and_images_are_looked_for_from_the_files_own_folder() -> None:
    made = site(x="[a](../b.md) ![c](../media/c.png) <a href='d.md'>d</a>\n")
    page = made.add("[e](f.md)\n\n[!INCLUDE [t](includes/x.md)]\n", "en", "some-page")

    def context(page_id: str) -> RenderContext:
        def resolve(link: Link) -> str:
            return f"{page_id}/{link.target}"

        return RenderContext(
            "en", made.playbook, resolve, lambda _: None, around=lambda part: context(part.id)
        )

    dom = Dom(made.renderer.render(page, context(page.id)).html)
    assert dom.values("p > a", "href") == [
        "some-page/f.md",
        "includes/x/../b.md",
        "includes/x/d.md",
    ]
    assert dom.values("img", "src") == ["includes/x/../media/c.png"]


def test_headings_have_anchors_of_their_own_and_stand_in_the_table_of_contents() -> None:
    made = site(x="## Rooms\n\n### Keys\n", y="## Rooms\n")
    page = made.add(
        "# T\n\n## Before\n\n[!INCLUDE [x](includes/x.md)]\n\n## Rooms\n\n"
        "[!INCLUDE [x](includes/x.md)]\n\n[!INCLUDE [y](includes/y.md)]\n",
        "en",
        "some-page",
    )
    rendered = made.render(page)
    ids = ["before", "rooms-2", "keys", "rooms", "rooms-3", "keys-2", "rooms-4"]
    assert Dom(rendered.html).values("h2, h3", "id") == ids
    (title,) = rendered.toc
    assert [item.id for item in title.children] == [name for name in ids if "keys" not in name]
    assert {*ids, "t"} == rendered.anchors


def test_the_pages_own_anchors_do_not_depend_on_what_it_includes() -> None:
    markdown = "# T\n\n[!INCLUDE [x](includes/x.md)]\n\n## A\n\n## B\n"
    alone = shown(markdown).ids
    assert shown(markdown, x="## A\n").ids == ["t", "a-2", *alone[1:]]


def test_footnotes_of_all_files_are_numbered_in_one_row() -> None:
    page = shown(
        "a[^1]\n\n[!INCLUDE [x](includes/x.md)]\n\nc[^1] d[^2]\n\n[^1]: first\n\n[^2]: last\n",
        x="b[^1]\n\n[^1]: second[^z]\n\n[^z]: in it\n",
    )
    assert page.texts("sup") == ["1", "2", "1", "3", "4"]
    assert [text.split(" ↩")[0] for text in page.texts(".footnote > ol > li")] == [
        "first",
        "second4",
        "last",
        "in it",
    ]
    assert len(set(page.ids)) == len(page.ids)


def test_alerts_labels_and_tables_of_tasks_look_as_everywhere() -> None:
    fragment = f"Phase: **Assess**\n\n> [!NOTE]\n> n\n\n{TASKS}"
    page = shown(
        "## Approach\n\n### Plan\n\n[!INCLUDE [x](includes/x.md)]\n\n"
        "[!INCLUDE [x](includes/x.md)]\n",
        x=fragment,
    )
    assert page.texts(".lf-tasks__title") == ["Tasks: Plan", "Tasks: Plan"]
    assert page.values("tbody tr", "id") == ["task-4047", "task-4047--2"]
    assert len(page.all("[role=note]")) == 2
    assert page.all(".lf-facts--page") == []
    assert len(page.all(".lf-facts")) == 2


def test_label_lines_included_above_all_sections_are_about_the_page() -> None:
    page = shown("# T\n\n[!INCLUDE [x](includes/x.md)]\n\n## A\n", x="Phase: **Assess**\n")
    assert len(page.all(".lf-facts--page")) == 1


def test_tasks_of_a_file_belong_to_the_step_around_its_include() -> None:
    made = site(x=TASKS, y="[!INCLUDE [x](x.md)]\n")
    page = made.add(
        f"# T\n\n## Approach\n\n### One\n\n{TASKS}\n### Two\n\n[!INCLUDE [y](includes/y.md)]\n",
        "en",
        "some-page",
    )
    found = made.playbook.records("en")["4047"].occurrences
    steps = [one.step.heading.text if one.step else None for one in found]
    assert [one.page for one in found] == [page, page]
    assert steps == ["One", "Two"]
    assert made.playbook.naming("services", ["applies-to"], "exchange", "en") == (page,)


def test_a_fragment_is_no_page() -> None:
    made = site(x=TASKS)
    assert made.playbook.ids == ()
    assert made.playbook.records("en") == {}


def test_a_page_includes_another_page() -> None:
    made = site()
    made.add("# Other\n\nText.\n", "en", "other-page")
    page = made.add("[!INCLUDE [x](other-page.md)]\n", "en", "some-page")
    assert Dom(made.render(page).html).text == "Other Text."


def test_without_a_translation_the_sources_file_is_shown_and_says_its_language() -> None:
    page = shown("[!INCLUDE [x](includes/x.md)]\n\nA [!INCLUDE [x](includes/x.md)]\n", "de", x="b")
    assert page.texts('div[lang="en"]') == ["b"]
    assert page.texts('p span[lang="en"]') == ["b"]
    made = site(x="b")
    made.add("c", "de", "includes/x")
    german = made.render(made.add("[!INCLUDE [x](includes/x.md)]\n", "de", "some-page"))
    assert german.html == "<p>c</p>\n"


def test_alerts_of_a_file_speak_its_language() -> None:
    page = shown("> [!NOTE]\n> a\n\n[!INCLUDE [x](includes/x.md)]\n", "de", x="> [!TIP]\n> b\n")
    assert page.texts(".admonition-title") == ["Hinweis", "Tip"]


@pytest.mark.parametrize(
    ("fragments", "text"),
    [
        ({"x": "a\n\n[!INCLUDE [x](x.md)]"}, "a A part of this page is missing here: x.md"),
        (
            {"x": "a\n\n[!INCLUDE [y](y.md)]", "y": "b\n\n[!INCLUDE [x](x.md)]"},
            "a b A part of this page is missing here: x.md",
        ),
        (
            {"x": "a\n\n[!INCLUDE [p](../some-page.md)]"},
            "a A part of this page is missing here: ../some-page.md",
        ),
    ],
)
def test_a_cycle_ends_where_it_would_begin_again(fragments: dict[str, str], text: str) -> None:
    assert shown("[!INCLUDE [x](includes/x.md)]\n", **fragments).text == text


def test_files_in_files_end_at_a_bound() -> None:
    chain = {f"x{n}": f"{n}\n\n[!INCLUDE [x](x{n + 1}.md)]\n" for n in range(30)}
    page = shown("[!INCLUDE [x](includes/x0.md)]\n", **chain)
    assert len(page.texts("p")) == MAX_DEPTH + 1
    assert page.texts(".lf-gap") == [f"A part of this page is missing here: x{MAX_DEPTH}.md"]


def test_includes_that_multiply_end_at_a_bound() -> None:
    wide = {f"x{n}": f"[!INCLUDE [x](x{n + 1}.md)]\n" * 20 for n in range(6)}
    page = shown("[!INCLUDE [x](includes/x0.md)]\n", **wide, x6="word\n")
    assert 0 < page.text.count("word") < MAX_PARTS
    assert page.all(".lf-gap")


def test_great_files_end_at_a_bound() -> None:
    page = shown("[!INCLUDE [x](includes/x.md)]\n" * 20, x="word " * 30_000)
    assert 0 < page.text.count("word") < 300_000
    assert page.all(".lf-gap")


def test_a_file_that_is_no_text_leaves_a_gap() -> None:
    made = site()
    made.add(b"\xff\xfe\x00", "en", "includes/x")
    page = made.add("[!INCLUDE [x](includes/x.md)]\n", "en", "some-page")
    assert Dom(made.render(page).html).all(".lf-gap")


TEXTS = st.lists(
    st.sampled_from(
        [
            *("a", "\n\n", "\n", "- ", "> ", "# A\n", "[^1]", "\n[^1]: b\n", "*", "| a |\n|---|\n"),
            *("<b>", "</b>", "<div>", "<details>\n", "<!--", "[!INCLUDE [t](x.md)]", TASKS),
            *("[!INCLUDE [t](includes/x.md)]", "[!include[t](y.md)]", "Phase: **Assess**\n"),
        ]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_whatever_is_included_the_page_stays_whole(page: str, x: str, y: str) -> None:
    made = site(x=x, y=y)
    rendered = made.render(made.add(page, "en", "some-page"))
    root = strict(rendered.html)
    ids = [element.attributes["id"] for element in root.all() if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert set(ids) == rendered.anchors
