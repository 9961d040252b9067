"""What a report may look like, and who reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leitfaden.checking.wording import catalogue
from leitfaden.model import Severity

if TYPE_CHECKING:
    from leitfaden.translating.evidence import Contradiction

_COLOURS = {
    Severity.ERROR: "31;1",
    Severity.WARNING: "33;1",
    Severity.NOTICE: "36;1",
}


def as_it_is(one: Contradiction) -> Contradiction:
    """Name what source and translation contradict each other in by the contract's keys."""
    return one


@dataclass(frozen=True, kw_only=True)
class Style:
    """How a report is written.

    Args:
        language: The language of the report's own words.
        colour: Whether ANSI escapes may be used: on a terminal only.
        width: How many columns a line may have.
        help_url: Where rules are explained, with `{code}` for a rule's code; empty if nowhere.
        version: The program's version.
        prefix: What stands in front of paths where they are read in the repository, which may hold
            the project in a folder.
        in_words: Puts what source and translation contradict each other in into the words of the
            contract.
    """

    language: str = "en"
    colour: bool = False
    width: int = 100
    help_url: str = ""
    version: str = ""
    prefix: str = ""
    in_words: Callable[[Contradiction], Contradiction] = as_it_is

    def words(self) -> Mapping[str, str]:
        """Return the report's own words."""
        words: Mapping[str, str] = catalogue(self.language)["report"]
        return words

    def counted(self, noun: str, count: int) -> str:
        """Return a number of things in words.

        Args:
            noun: The key of the word for one; with an `s`, it is the one of the word for more.
            count: How many there are.
        """
        return self.words()[noun if count == 1 else f"{noun}s"].format(count=count)

    def url(self, code: str) -> str:
        """Return where a rule is explained; empty if nowhere."""
        return self.help_url.replace("{code}", code)

    def paint(self, text: str, severity: Severity) -> str:
        """Return a text in the colour of a severity."""
        return self.ansi(text, _COLOURS[severity])

    def linked(self, text: str, code: str) -> str:
        """Return a text that leads to a rule's explanation, where a terminal can show links."""
        url = self.url(code)
        return f"\x1b]8;;{url}\x1b\\{text}\x1b]8;;\x1b\\" if self.colour and url else text

    def ansi(self, text: str, code: str) -> str:
        """Return a text with an ANSI attribute, if there may be any."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text
