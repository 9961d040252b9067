"""What programs get that ask for a page's Markdown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from leitfaden.model import Page
from leitfaden.publishing.twins import twin
from leitfaden.reading.references import Reference
from tests.publishing.support import playbook, read


def published(part: Page, reference: Reference) -> str | None:
    """Return where `<name>.md` is published; nothing else is known."""
    name, ending, anchor = reference.target.partition(".md")
    return f"../{name}/{anchor}" if ending else None


def of(text: str, **others: str) -> str:
    book = playbook({"page": text, **others})
    page = book.pages["en"]["page"]
    return twin(page, "The title", book.inclusions(page), published)


def test_it_is_the_writers_text_without_the_metadata() -> None:
    text = "---\nauthor: Somebody\ntitle: T\n---\n# Title\n\nA *text* with `code`.\n"
    assert of(text) == "# Title\n\nA *text* with `code`.\n"


def test_a_page_without_a_heading_gets_its_title_as_one() -> None:
    assert of("Only text.\n") == "# The title\n\nOnly text.\n"
    assert of("") == "# The title\n"


def test_links_lead_to_published_pages_however_they_are_written() -> None:
    text = "# T\n\n[a](other.md#x) [b](<two words.md>) [c][ref]\n\n[ref]: third.md\n"
    assert "[a](../other/#x)" in of(text)
    assert "[b](<../two%20words/>)" in of(text)
    assert "[ref]: ../third/\n" in of(text)


def test_what_leads_elsewhere_stays_as_it_is() -> None:
    text = "# T\n\n[a](https://b.example/) <https://c.example> ![d](d.png)\n"
    assert of(text) == text


def test_addresses_in_html_are_those_of_published_pages_too() -> None:
    assert '<a href="../other/#a&amp;b">' in of('# T\n\nSee <a href="other.md#a&amp;b">it</a>.\n')


def test_comments_are_for_writers_only() -> None:
    text = (
        "# T <!-- one -->\n\n<!-- two\nlines -->\n\nText<!-- three -->.\n\n<div><!-- 4 --></div>\n"
    )
    assert "<!--" not in of(text)
    assert "Text." in of(text)
    assert "<div></div>" in of(text)


def test_code_stays_as_it_is() -> None:
    text = "# T\n\n```md\n<!-- shown -->\n\n\n[a](other.md)\n```\n"
    assert of(text) == text


def test_an_included_file_stands_in_its_place_with_its_own_links() -> None:
    text = "# T\n\nBefore.\n\n[!INCLUDE [more](part.md)]\n\nAfter.\n"
    part = "---\ntitle: Part\n---\n\nSee [it](other.md).\n\n- One\n"
    assert of(text, part=part) == ("# T\n\nBefore.\n\nSee [it](../other/).\n\n- One\n\nAfter.\n")


def test_an_included_file_stays_in_its_list_and_its_sentence() -> None:
    part = "One\n\ntwo\n"
    assert of("# T\n\n- a\n\n  [!INCLUDE [more](part.md)]\n", part=part) == (
        "# T\n\n- a\n\n  One\n\n  two\n"
    )
    sentence = "# T\n\nWe say [!INCLUDE [more](part.md)] here.\n"
    assert of(sentence, part="hello\nyou\n") == "# T\n\nWe say hello you here.\n"


def test_a_file_that_includes_itself_comes_to_an_end() -> None:
    text = "# T\n\n[!INCLUDE [me](page.md)]\n"
    assert of(text) == "# T\n"


def test_a_video_is_a_link() -> None:
    text = "# T\n\n[!VIDEO https://www.microsoft.com/videoplayer/embed/a(b]\n"
    assert "](https://www.microsoft.com/videoplayer/embed/a%28b)" in of(text)


def test_line_ends_are_those_of_unix() -> None:
    assert of("# T\r\n\r\nText.\r\n") == "# T\n\nText.\n"


def test_html_that_the_page_does_not_show_does_nothing_here_either() -> None:
    text = """# T

A <a href="javascript:alert(1)" onclick="alert(1)" title="t">b</a> <img src=x onerror=alert(1)>.

> <script src="//evil.example">alert(1)</script>
> <form action="//evil.example" title="<b>">

<b<!-- --> onclick=alert(1)>x</b> [a](javascript:alert(1)) [b][c]

[c]: data:text/html,x
"""
    shown = of(text)
    assert 'A <a   title="t">b</a> <img src=x >.' in shown
    assert "> &lt;script>alert(1)&lt;/script>\n> &lt;form>\n" in shown
    assert "&lt;b onclick=alert(1)>x</b> [a](#) [b][c]" in shown
    assert "[c]: #" in shown


def test_html_of_trusted_writers_stays() -> None:
    text = '# T\n\n<a onclick="x()">b</a>\n'
    page = read(text)
    assert twin(page, "T", (), published, is_trusted=True) == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200))
def test_any_text_has_a_twin_that_reads_again(text: str) -> None:
    again = read(of(f"# T\n\n{text}"))
    assert again.is_readable
    assert not any(
        "<!--" in again.text[e.start : e.end] for e in again.events if e.tag == "html-block"
    )
