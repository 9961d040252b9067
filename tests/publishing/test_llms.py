"""What language models find in `llms.txt`."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from leitfaden.publishing.llms import LlmsLink, LlmsSection, llms_text


def test_the_file_has_the_form_that_llmstxt_org_asks_for() -> None:
    links = (
        LlmsLink("Assess it", "https://a.example/assess/index.html.md", "Who does what."),
        LlmsLink("Go on", "go-on/index.html.md"),
    )
    sections = (LlmsSection("Assess", links), LlmsSection("Empty", ()))
    assert llms_text("Playbook", "For partners.", "All pages.", sections) == (
        "# Playbook\n\n> For partners.\n\nAll pages.\n\n## Assess\n\n"
        "- [Assess it](https://a.example/assess/index.html.md): Who does what.\n"
        "- [Go on](go-on/index.html.md)\n"
    )


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_a_page_is_called_it_stays_one_link_in_one_line(title: str, about: str) -> None:
    link = LlmsLink(f"a{title}", "a (1)/index.html.md", about)
    text = llms_text("Site", "About", "Note", [LlmsSection("Part", (link,))])
    tokens = MarkdownIt().parse(text)
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2"]
    (item,) = [token for token in tokens if token.type == "inline"][4:]
    links = [child for child in item.children or () if child.type == "link_open"]
    assert [one.attrs["href"] for one in links] == ["a%20%281%29/index.html.md"]


def test_a_name_cannot_smuggle_markup_in() -> None:
    link = LlmsLink("](https://evil.example) <script>\n# Heading", "a.md", "\n## Other\n")
    text = llms_text("Site", "About", "Note", [LlmsSection("Part", (link,))])
    assert "\n# Heading" not in text
    assert "\n## Other" not in text
    assert r"\]" in text
    assert r"\<script\>" in text
