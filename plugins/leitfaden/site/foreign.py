"""What stands in another language around a page: the names of pages without translation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from urllib.parse import urljoin

from markupsafe import Markup

_LINK = re.compile(r'<a href="([^"]*)"(?= class="md-nav__link)')
_CONTENTS = re.compile(r'(?<= )data-md-component="toc"(?= data-md-scrollfix)')
_HERE = "https://here.invalid/"  # addresses are compared below any root


@dataclass(frozen=True)
class Foreign:
    """The pages of a locale that are shown in another language.

    Args:
        tags: The BCP 47 tag of each, by its address below the site's root.
        url: The address of the page around.
    """

    tags: Mapping[str, str] = field(default_factory=dict)
    url: str = ""

    def marked(self, html: str) -> Markup:
        """Return the theme's navigation with the language of what is in another one.

        Args:
            html: The navigation, and the contents of the page.
        """
        if not self.tags:
            return Markup(html)
        html = _LINK.sub(self._link, html)
        own = self.tags.get(self.url)
        if own is not None:
            html = _CONTENTS.sub(rf'\g<0> lang="{escape(own)}"', html)
        return Markup(html)

    def tag_of(self, url: str) -> str | None:
        """Return the language of the page at an address, if it is another one."""
        return self.tags.get(urljoin(f"{_HERE}{self.url}", url).removeprefix(_HERE))

    def _link(self, match: re.Match[str]) -> str:
        tag = self.tag_of(unescape(match[1]))
        return match[0] if tag is None else f'{match[0]} lang="{escape(tag)}"'


def tags_of(pages: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return the tags of pages by their addresses, in the form in which they are compared.

    Args:
        pages: Each page's address below the site's root, and its tag.
    """
    return {url.removeprefix("./"): tag for url, tag in pages}
