"""`llms.txt`: a site's pages as a list for language models, in the form of llmstxt.org."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from leitfaden.publishing.markdown import plain, target

NAME = "llms.txt"


class LlmsLink(NamedTuple):
    """A page in the list.

    Args:
        title: What it is called.
        address: Where its text is.
        description: What it is about, or empty.
    """

    title: str
    address: str
    description: str = ""


class LlmsSection(NamedTuple):
    """Pages that belong together, below a heading."""

    title: str
    links: tuple[LlmsLink, ...]


def llms_text(name: str, description: str, note: str, sections: Iterable[LlmsSection]) -> str:
    """Return the text of `llms.txt`.

    Args:
        name: The site's name.
        description: What it is about.
        note: What there is to know about the list.
        sections: The pages; a section without any is left out.
    """
    head = (f"# {plain(name)}", f"> {plain(description)}", plain(note))
    return "\n\n".join((*head, *_sections(sections))) + "\n"


def _sections(sections: Iterable[LlmsSection]) -> Iterator[str]:
    for section in sections:
        if section.links:
            yield f"## {plain(section.title)}"
            yield "\n".join(map(_line, section.links))


def _line(link: LlmsLink) -> str:
    about = f": {plain(link.description)}" if link.description else ""
    return f"- [{plain(link.title)}]({target(link.address)}){about}"
