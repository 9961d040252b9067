"""Characters that nobody sees, and that make a text another one than it seems to be."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator

from leitfaden.checking.edits import deleted
from leitfaden.checking.finding import Finding, found
from leitfaden.checking.rule import Wording, page_rule
from leitfaden.checking.subject import Subject
from leitfaden.model import Confidence, Severity, Span

_MOST = 1_000  # findings of a page; a hostile one is made of them
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_TURNINGS = re.compile(f"[{_TURNING}]+")
_CODES = r"(?:202[a-eA-E]|206[6-9])(?![0-9a-fA-F])"
_REFERENCE = re.compile(
    rf"&#(?:0{{0,9}}(?:823[4-8]|829[4-7])(?![0-9])|[xX]0{{0,9}}{_CODES});?|\\u{_CODES}"
)


@page_rule(
    "LF620",
    "direction-turned",
    "A character that nobody sees turns the direction of writing here ({characters}).",
    "Delete it; `<bdi>` around a foreign name does what it may have been for.",
    variants={
        "reference": Wording(
            "`{written}` stands for a character that nobody sees and that turns the direction of "
            "writing.",
            "Delete it; `<bdi>` around a foreign name does what it may have been for.",
        )
    },
    fixable="safe",
    needs=(*_TURNING, "&#", "\\u20"),
)
def direction_turned(subject: Subject) -> Iterator[Finding]:
    """Report characters that turn the direction of writing.

    ## What it does
    Looks for the characters U+202A to U+202E and U+2066 to U+2069, also written as `&#x202E;`, or
    as an escape in the front matter. The direction marks U+200E and U+200F, which texts in Arabic
    or Hebrew need, are left alone.

    ## Why
    With them a line shows otherwise than programs read it: a command can look harmless and be
    another one, a name can end in `.pdf` and be a program, and whoever reviews a change sees
    something else than what is published. The site takes no notice of them.

    ## Example
    ```markdown
    Run `verify&#x202E;` first.
    ```

    ## Use instead
    ```markdown
    Run `verify` first.
    ```

    ## Fix
    Safe: the characters are deleted, as the site leaves them out anyway. Where they are written as
    an escape, none.
    """
    text = subject.text
    if not text.isascii():
        for number, run in enumerate(_TURNINGS.finditer(text)):
            if number >= _MOST:
                return
            span = Span(*run.span())
            yield found(span, fix=deleted(span), characters=_named(run[0]))
    matter = subject.page.front_matter.span.end
    for number, reference in enumerate(_REFERENCE.finditer(text)):
        if number >= _MOST:
            return
        is_escape = reference[0].startswith("\\")
        if is_escape != (reference.start() < matter) or _is_verbatim(subject, reference.start()):
            continue
        yield found(Span(*reference.span()), "reference", written=reference[0])


def _is_verbatim(subject: Subject, at: int) -> bool:
    """Tell whether what stands there is code, which is shown as it is written."""
    inline = subject.once(_inline_code)
    before = bisect_right(inline, (at, at)) - 1
    return subject.in_code(at) or (before >= 0 and at < inline[before][1])


def _inline_code(subject: Subject) -> list[tuple[int, int]]:
    return [(start, end) for kind, _, _, start, end in subject.page.events if kind == "code"]


def _named(run: str) -> str:
    """Return the names of characters, each once."""
    return ", ".join(dict.fromkeys(f"U+{ord(char):04X}" for char in run[:20]))


# Fillers of Hangul and vowels of Khmer that take no room, marks of notes between the lines and of
# notes in music, operators of formulas that are not written, separators of lines and paragraphs,
# and letters that only programs see ("tags").
_HIDDEN = "\u115f\u1160\u17b4\u17b5\u180e\u2028\u2029\u3164\uffa0"
_HIDDEN_RANGES = "\u2061-\u2064\u206a-\u206f\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f"
_CONTROLS = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_HIDDEN_RUN = re.compile(f"[{_HIDDEN}{_HIDDEN_RANGES}]+|[{_CONTROLS}]+|(?<=[A-Za-z0-9])\u200d+")
_FLAG = "\U0001f3f4"  # of England, Scotland and Wales: letters behind a black flag
_TAGS = re.compile("[\U000e0020-\U000e007e]{1,8}\U000e007f")
_HANGUL = "HANGUL"


@page_rule(
    "LF621",
    "character-hidden",
    "Here stands what nobody sees and programs read ({characters}).",
    "Delete it.",
    severity=Severity.WARNING,
    confidence=Confidence.CERTAIN,
    variants={
        "control": Wording(
            "Here stands a control character ({characters}), which shows nothing.",
            "Write what it was meant to be, or delete it.",
        ),
    },
    fixable="unsafe",
    repeats=True,
)
def character_hidden(subject: Subject) -> Iterator[Finding]:
    """Report control characters, and letters and marks that are not shown.

    ## What it does
    Looks for control characters, for "tags" (letters that only programs see), fillers, marks of
    notes between the lines, separators of lines and paragraphs, and joiners between Latin letters.
    Soft hyphens, blanks that don't break, variation selectors, and joiners and direction marks
    where a script needs them are fine; so are the flags of England, Scotland and Wales. Blanks
    without width are told by `LF602`.

    ## Why
    Nobody who reviews a change sees them. A search does not find the word, a command that is
    copied does not work, and a program that reads the page, a translator or an assistant, can be
    given orders that no person has ever seen.

    ## Example
    ```markdown
    Refer to the check&#x200D;list.
    ```
    (In the source the character itself stands there, and is not seen.)

    ## Use instead
    ```markdown
    Refer to the checklist.
    ```

    ## Fix
    Unsafe: the characters are deleted. Not so control characters, which come where a quotation
    mark or a dash was saved in another encoding: write what was meant.
    """
    text = subject.text
    if text.isprintable():
        return
    number = 0
    for run in _HIDDEN_RUN.finditer(text):
        if _is_fine(text, run):
            continue
        number += 1
        if number > _MOST:
            return
        span = Span(*run.span())
        if ord(run[0][0]) < 0xA0:
            yield found(span, "control", characters=_named(run[0]))
        else:
            yield found(span, fix=deleted(span, safe=False), characters=_named(run[0]))


def _is_fine(text: str, run: re.Match[str]) -> bool:
    """Tell whether a script or a flag needs what is not seen."""
    start, end = run.span()
    before, behind = text[max(start - 1, 0) : start], text[end : end + 1]
    if before == _FLAG and _TAGS.fullmatch(run[0]):
        return True
    if run[0][0] == "\u200d":
        return not (behind.isascii() and behind.isalnum())
    if run[0][0] in "\u115f\u1160\u3164\uffa0":
        return any(_HANGUL in unicodedata.name(side, "") for side in (before, behind) if side)
    return False
