"""Markdown's traps: what GitHub's preview, and so the site, shows otherwise than was meant."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from leitfaden.checking.edits import inserted, replaced
from leitfaden.checking.finding import Elsewhere, Finding, found
from leitfaden.checking.memory import once_per_locale
from leitfaden.checking.rule import Wording, page_rule
from leitfaden.checking.subject import Subject
from leitfaden.contract import Contract
from leitfaden.contract.contract import VOCABULARIES
from leitfaden.contract.markup import CONVERTED_TAGS, SHOWN_AS_TEXT, TAGS
from leitfaden.contract.vocabulary import spellings
from leitfaden.model import Confidence, Edit, Event, Fix, Link, Severity, Span

_INDENT = 4  # blanks that make code of a line


@page_rule(
    "LF601",
    "accidental-code",
    "“{start}” is indented so far that it is shown as code.",
    "Take the indent away, or fence it if it is meant as code.",
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    fixable="safe",
    reshapes=True,
)
def accidental_code(subject: Subject) -> Iterator[Finding]:
    """Report text that is shown as code because of its indent.

    ## What it does
    Looks at blocks of code that come from an indent of four blanks, also behind a list's marker.
    Blocks between fences are meant as code and stay unmentioned.

    ## Why
    Readers see a grey box with a fixed width instead of a list: numbers and bullets are shown as
    they are typed, long lines run out of the box, bold and links don't work.

    ## Example
    ```markdown
    ### Exchange

        1. Which clients are in use?
        2. Who looks after them?
    ```

    ## Use instead
    ```markdown
    ### Exchange

    1. Which clients are in use?
    2. Who looks after them?
    ```

    ## Fix
    Safe: the indent is removed where all lines are certainly prose: list items or sentences
    without a sign of code. Elsewhere none: remove the indent, or put fences around the code.
    """
    for event in subject.code:
        if event.value == "Indented":
            span = Span(event.start, max(event.start, _end_of_code(subject.text, event)))
            first = next(subject.lines(span), span)
            fix = _without_indent(subject, span)
            yield found(first, start=first.of(subject.text), fix=fix)


def _end_of_code(text: str, event: Event) -> int:
    return event.start + len(text[event.start : event.end].rstrip())


_SIGN_OF_CODE = re.compile(r"[{}<>=$\\`|#^~]|\w\(|\(\)|://|\w_\w|::|(?<!\S)-{1,2}\w|;\s*$")
_LIST_ITEM = re.compile(r"(?:\d{1,9}[.)]|[-*+])[ ](?=\S)")
_MARKER = re.compile(r" *(?:\d{1,9}[.)]|[-*+]) ")
_WORD = re.compile(r"[^\W\d_]{2,}")
_END_OF_SENTENCE = (".", "?", "!", ":", "…", "\u3002", "\uff1f", "\uff01", "\uff1a")
_FEWEST_WORDS = 3


def _without_indent(subject: Subject, span: Span) -> Fix | None:
    """Return the fix for a block that is certainly prose and stands alone, else None."""
    text = subject.text
    begin = text.rfind("\n", 0, span.start) + 1
    margin = span.start - begin - _INDENT
    if margin < 0 or not _stands_alone(text, span.end):
        return None
    edits = []
    for line in subject.lines(Span(begin, span.end)):
        indent = Span(line.start + margin, line.start + margin + _INDENT)
        blanks = indent.of(text) if line.start == begin else text[line.start : indent.end]
        shown = text[min(indent.end, line.end) : line.end]
        if not shown.strip():
            return None  # a blank line would part what the code holds together
        if blanks.strip(" ") or not _is_prose(shown):
            return None
        edits.append(Edit(indent, ""))
    before = text[begin : begin + margin]  # in a list its marker, in a quote the mark of that
    if before.strip() and (len(edits) > 1 or not _MARKER.fullmatch(before)):
        return None
    return Fix(tuple(edits))


def _stands_alone(text: str, end: int) -> bool:
    """Tell whether nothing follows that would run on from what ends here."""
    rest = text[text.find("\n", end) + 1 :][:400] if "\n" in text[end:] else ""
    following = rest.partition("\n")[0].strip()
    return not following or following.startswith("#")


def _is_prose(line: str) -> bool:
    shown = _UNSEEN_RUN.sub("", line) if not line.isascii() else line
    item = _LIST_ITEM.match(shown)
    body = shown[item.end() :] if item else shown
    if _SIGN_OF_CODE.search(body) or len(_WORD.findall(body)) < _FEWEST_WORDS:
        return False
    if shown[:1].isspace() or body[:1].islower() or not (body[:1].isalpha() or body[:1] in '"“„«'):
        return False
    return item is not None or body.rstrip().endswith(_END_OF_SENTENCE)


_UNSEEN = ("\u200b", "\ufeff", "\u2060")
_MOST_RUNS, _MOST_IN_PAGE = 1_000, 100_000  # no real page comes near; a hostile one is made of them
_UNSEEN_RUN = re.compile("[\u200b\ufeff\u2060]+")
# What a line begins with as far as Markdown goes: blanks, marks of quotes, lists and headings.
_OPENING = re.compile(
    r"(?:[ \t]+|>|[-+*](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|#{1,6}(?=[ \t]|$)|`{3,}|~{3,}|\|)*"
)
_KEPT_MARKER = re.compile(
    "[ \t>]*(\\d{1,9}[.)]|[-+*]|#{1,6})[\u200b\ufeff\u2060]+(?=[ \t]+[^\\s\u200b\ufeff\u2060])"
)
_ONLY_MARKS = re.compile(r"[-=*_:|> \t]*")


@page_rule(
    "LF602",
    "zero-width-blank",
    "There is at least one blank without width in this line.",
    "Delete it, and any other: nobody sees them.",
    severity=Severity.NOTICE,
    repeats=True,
    fixable="safe",
    needs=_UNSEEN,
)
def zero_width_blank(subject: Subject) -> Iterator[Finding]:
    """Report blanks without width, which nobody sees.

    ## What it does
    Looks for the characters U+200B, U+2060 and, within a text, U+FEFF. Joiners and direction marks,
    which some scripts need, are left alone, and so are blanks without width between letters of
    scripts that write no blanks between words.

    ## Why
    They come with text that was pasted from a browser or a chat. A word that holds one is found by
    no search, a link whose address holds one is broken, and a heading gets another anchor.

    ## Example
    ```markdown
    Refer to the Check&#8203;list.
    ```
    (In the source the character itself stands there, and is not seen.)

    ## Use instead
    ```markdown
    Refer to the Checklist.
    ```

    ## Fix
    Safe: the characters are deleted; a line that holds nothing else goes with them. Unsafe where
    Markdown would read the line otherwise without them, as in `*` U+200B `*`. Where they keep a
    line from being a list or a heading, `LF612` tells it.
    """
    for run, line in subject.once(_unseen):
        if not _hidden_marker(subject, run, line):
            yield found(run, fix=_made_visible(subject, line))


@page_rule(
    "LF612",
    "marker-hidden",
    "A blank without width behind `{marker}` keeps this line from being an item of a list.",
    "Delete it.",
    severity=Severity.WARNING,
    variants={
        "heading": Wording(
            "A blank without width behind `{marker}` keeps this line from being a heading.",
            "Delete it.",
        )
    },
    fixable="safe",
    reshapes=True,
    needs=_UNSEEN,
)
def marker_hidden(subject: Subject) -> Iterator[Finding]:
    """Report a list or a heading that is none because of a blank without width.

    ## What it does
    Looks for lines that begin with the mark of a list or of a heading, with a blank without width
    (U+200B, U+2060 or U+FEFF) between the mark and the blank behind it.

    ## Why
    Nobody sees why, but readers see the mark itself, and the line runs into the one above it. A
    heading that is none is missing in the table of contents.

    ## Example
    ```markdown
    -&#8203; Plan the workshop
    ```
    (In the source the character itself stands there, and is not seen.)

    ## Use instead
    ```markdown
    - Plan the workshop
    ```

    ## Fix
    Safe: the blanks without width are deleted from the line, which then is what it was meant to be.
    """
    for run, line in subject.once(_unseen):
        marker = _hidden_marker(subject, run, line)
        if marker:
            variant = "heading" if marker.startswith("#") else ""
            fix = Fix(_made_visible(subject, line).edits)
            yield found(run, variant, fix=fix, marker=marker)


def _unseen(subject: Subject) -> Sequence[tuple[Span, Span]]:
    """Return the first blanks without width of each line, with the line."""
    text = subject.text
    found_runs: list[tuple[Span, Span]] = []
    at = 0
    # Looked for one by one: that is ten times as fast as a pattern for all of them.
    following = {} if text.isascii() else {char: text.find(char) for char in _UNSEEN}
    for _ in range(_MOST_IN_PAGE):
        following = {
            char: place if place >= at else text.find(char, at)
            for char, place in following.items()
            if place >= 0
        }
        start = min((place for place in following.values() if place >= 0), default=-1)
        run = _UNSEEN_RUN.match(text, start) if start >= 0 else None
        if run is None:
            break
        at = run.end()
        if not _parts_words(text, run.start(), run.end()):
            begin = text.rfind("\n", 0, run.start()) + 1
            line_end = text.find("\n", run.end())
            at = len(text) if line_end < 0 else line_end
            line = Span(begin, at - (text[at - 1 : at] == "\r"))
            found_runs.append((Span(*run.span()), line))
    return found_runs


def _hidden_marker(subject: Subject, run: Span, line: Span) -> str:
    """Return the mark of a list or a heading that blanks without width keep from being one."""
    marker = _KEPT_MARKER.match(subject.text, line.start, line.end)
    return marker[1] if marker and not subject.in_code(run.start) else ""


def _parts_words(text: str, start: int, end: int) -> bool:
    """Tell whether letters without case stand on both sides: in Thai or Khmer it parts words."""
    sides = text[max(start - 1, 0) : start] + text[end : end + 1]
    return len(sides) == 2 and all(unicodedata.category(side) == "Lo" for side in sides)


def _made_visible(subject: Subject, line: Span) -> Fix:
    """Return the fix that takes blanks without width out of a line."""
    text, shown = subject.text, line.of(subject.text)
    runs = [run for run in _UNSEEN_RUN.finditer(shown) if not _parts_words(shown, *run.span())]
    cleaned = _UNSEEN_RUN.sub("", shown)
    if len(runs) > _MOST_RUNS:
        return replaced(line, cleaned, safe=False)
    edits = [Edit(Span(line.start + run.start(), line.start + run.end()), "") for run in runs]
    if not cleaned.strip():
        return _without_line(subject, line, edits)
    bare = shown.rstrip(" \t\u200b\ufeff\u2060")
    kept = len(shown) - len(shown.rstrip(" \t"))
    if kept < 2 and len(cleaned) - len(cleaned.rstrip(" \t")) > 1:
        # Without the character the blanks before it would break the line.
        tail = Span(line.start + len(bare), line.end)
        edits = [*(edit for edit in edits if edit.span.end <= tail.start), Edit(tail, "")]
    if runs and subject.in_code(edits[0].span.start):
        return Fix(
            tuple(edits), safe="`" not in cleaned and "~" not in cleaned
        )  # no fence comes up
    safe = (
        _opening(shown) == _opening(cleaned)
        and not _ONLY_MARKS.fullmatch(cleaned)
        and not (bare.endswith("\\") and bare != shown)
        and all(_is_loose(shown, run.start(), run.end()) for run in runs)
        and not (line.start == 0 and text.startswith(_UNSEEN))
    )
    return Fix(tuple(edits), safe)


def _opening(line: str) -> str:
    match = _OPENING.match(line)
    return match[0] if match else ""


def _without_line(subject: Subject, line: Span, edits: list[Edit]) -> Fix:
    """Return the fix for a line that holds nothing else: if it stayed, it would part paragraphs."""
    text = subject.text
    end = text.find("\n", line.end) + 1 or len(text)
    following = text[end : end + _INDENT]
    if subject.in_code(edits[0].span.start):
        return Fix(tuple(edits))
    return Fix(
        (Edit(Span(line.start, end), ""),),
        safe=following != " " * _INDENT and "\t" not in following,
    )


def _is_loose(line: str, start: int, end: int) -> bool:
    """Tell whether Markdown reads the line alike without what stands from `start` to `end`."""
    before, behind = line[max(start - 1, 0) : start], line[end : end + 1]
    if not before or not behind:
        return True
    if before in "\\&<" or (before == "!" and behind == "[") or (before == "]" and behind in "([:"):
        return False
    if before == behind and not before.isalnum() and not before.isspace():
        return False
    if before in "*_":
        marks = line[:start].rstrip(before)
        return _is_letter(behind) or _is_letter(marks[-1:])
    if behind in "*_":
        rest = line[end:].lstrip(behind)
        return _is_letter(before) or (not before.isspace() and not _is_letter(rest[:1]))
    return True


def _is_letter(char: str) -> bool:
    """Tell whether emphasis marks take a character for a part of a word."""
    return bool(char) and not char.isspace() and unicodedata.category(char)[0] not in "PS"


_CONFLICT = re.compile(r"^(<{7}|>{7})(?=[ \r\n]|\Z)", re.MULTILINE)


@page_rule(
    "LF603",
    "merge-conflict",
    "Both sides of a merge conflict stand here.",
    "Keep the side that is right, and delete the other and the lines with the markers.",
    variants={
        "end": Wording(
            "The end of a merge conflict stands here without its beginning.",
            "See which of the lines above are right, and delete the marker.",
        ),
        "open": Wording(
            "A merge conflict begins here that has no end.",
            "See which of the lines below are right, and delete the marker.",
        ),
    },
    notes={"end": "The conflict ends here."},
    needs=("<<<<<<<", ">>>>>>>"),
)
def merge_conflict(subject: Subject) -> Iterator[Finding]:
    """Report the markers that git leaves in a file when two changes contradict each other.

    ## What it does
    Looks for lines that begin with `<<<<<<<` or `>>>>>>>`, outside blocks of code.

    ## Why
    Readers see both versions, and markers between them that Markdown takes for quotes and headings.

    ## Example
    ```markdown
    <<<<<<< HEAD
    Plan two hours.
    =======
    Plan three hours.
    >>>>>>> draft
    ```

    ## Use instead
    ```markdown
    Plan three hours.
    ```

    ## Fix
    None: only you know which side is right.
    """
    text = subject.text
    begun: Span | None = None
    for marker in _CONFLICT.finditer(text):
        span = Span(marker.start(), marker.end())
        if subject.in_code(span.start):
            continue
        if marker[1][0] == "<":
            if begun:
                yield found(begun, "open")
            begun = span
        elif begun is None:
            yield found(span, "end")
        else:
            yield found(begun, related=[Elsewhere(subject.page.place(span), "end")])
            begun = None
    if begun:
        yield found(begun, "open")


_ALERT = re.compile(r"\s*\[!(\s*([^\[\]\s]{1,40})\s*)\]")


@page_rule(
    "LF604",
    "alert-unknown",
    "“{word}” begins no alert.",
    "Known are: {known}.",
    severity=Severity.WARNING,
    variants={
        "blanks": Wording(
            "There are blanks in the marker of the alert “{word}”, so it is shown as text.",
            "Write the marker without blanks.",
        ),
        "no-quote": Wording(
            "The marker of the alert “{word}” doesn't stand in a quote, so it is shown as text.",
            "Begin each line of the alert with `>`.",
        ),
    },
    fixable="unsafe",
    needs=("[!",),
)
def alert_unknown(subject: Subject) -> Iterator[Finding]:
    """Report markers of alerts that begin none.

    ## What it does
    Looks at quotes that begin with `[!WORD]` and knows the words that the contract lists under
    `alerts`, in every language. It also reports a known marker that doesn't stand in a quote, or
    that has blanks between its brackets.

    ## Why
    Where the word isn't known, readers see a plain quote that begins with the marker, and the
    colour and the symbol that were to catch their eye are missing.

    ## Example
    ```markdown
    > [!IMPROTANT]
    > Book the room first.
    ```

    ## Use instead
    ```markdown
    > [!IMPORTANT]
    > Book the room first.
    ```

    ## Fix
    Unsafe: the most similar known word is put in, and blanks are removed. For a marker outside a
    quote there is none: begin each line with `>`.
    """
    alerts = subject.contract.alerts
    for quoted, text in subject.marked:
        marker = _ALERT.match(subject.text, text.start, text.end)
        if marker is None:
            continue
        word, inner = marker[2], Span(marker.start(1), marker.end(1))
        known = subject.contract.alert(word, subject.locale) is not None
        if not known and quoted:
            guess = alerts.nearest(word, subject.locale) or alerts.nearest(
                word, subject.contract.source
            )
            fix = replaced(inner, guess.upper(), safe=False) if guess else None
            names = ", ".join(term.name(subject.locale) for term in alerts.values())
            shown = f"[!{guess.upper()}]" if guess else None
            yield found(inner, guess=shown, fix=fix, word=word, known=names)
        elif known and not quoted:
            yield found(inner, "no-quote", word=word)
        elif known and marker[1] != word:
            yield found(inner, "blanks", fix=replaced(inner, word, safe=False), word=word)


_NO_BREAKS = ("\u00a0", "\u202f")
_NO_BREAK = re.compile("[\u00a0\u202f]")
_AS_BLANKS = str.maketrans("\u00a0\u202f", "  ")


@page_rule(
    "LF605",
    "no-break-blank",
    "“{term}” is written with a non-breaking blank.",
    "Write a common blank.",
    severity=Severity.NOTICE,
    repeats=True,
    fixable="safe",
    needs=_NO_BREAKS,
)
def no_break_blank(subject: Subject) -> Iterator[Finding]:
    """Report names of the contract that are written with a non-breaking blank.

    ## What it does
    Looks for non-breaking blanks (U+00A0 and U+202F) within the names and aliases of the contract:
    roles, services, phases, labels, sections, columns and words of the glossary. Elsewhere, as
    between a number and its unit, such blanks are meant and stay unmentioned.

    ## Why
    A name that is written in two ways is two names for every search: who looks for `Windows 10`
    in the sources, in a spreadsheet or with the browser misses the other half.

    ## Example
    ```markdown
    Windows&#160;10 comes first.
    ```
    (In the source the character itself stands there, and looks like a blank.)

    ## Use instead
    ```markdown
    Windows 10 comes first.
    ```

    ## Fix
    Safe: a common blank takes its place.
    """
    text = subject.text
    names = _names_with_blanks(subject.contract, subject.locale)
    done = 0
    for at in sorted(at for blank in _NO_BREAKS for at in _all(blank, text)):
        beside = (text[max(at - 1, 0) : at], text[at + 1 : at + 2])
        name = _name_around(text, at, names.get(beside, ())) if at >= done else None
        if name and not _in_address(subject, at):
            done = name.end
            blanks = _NO_BREAK.finditer(text, name.start, name.end)
            edits = tuple(Edit(Span(one.start(), one.end()), " ") for one in blanks)
            yield found(name, fix=Fix(edits), term=name.of(text))


def _all(char: str, text: str) -> Iterator[int]:
    at = text.find(char)
    while at >= 0:
        yield at
        at = text.find(char, at + 1)


def _name_around(text: str, at: int, names: Sequence[tuple[str, int]]) -> Span | None:
    """Return the longest name that has a blank at an offset, if one stands there."""
    for name, before in names:
        start = at - before
        end = start + len(name)
        if start < 0 or text[start:end].translate(_AS_BLANKS) != name:
            continue
        if not (text[max(start - 1, 0) : start].isalnum() or text[end : end + 1].isalnum()):
            return Span(start, end)
    return None


def _in_address(subject: Subject, offset: int) -> bool:
    """Tell whether an offset lies in a link's target, which a common blank would end."""
    links = subject.page.links
    at = bisect_right(links, offset, key=_target_start) - 1
    return at >= 0 and offset < links[at].target_span.end


def _target_start(link: Link) -> int:
    return link.target_span.start


@once_per_locale
def _names_with_blanks(
    contract: Contract, locale: str
) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """Return the names that hold a blank, each with where, by what stands beside the blank.

    The longest come first.
    """
    names = {
        spelling
        for vocabulary in VOCABULARIES
        for term in contract.vocabulary(vocabulary).values()
        for of in (locale, contract.source)
        for spelling, form in spellings(term, of)
        if form != "deprecated" and " " in spelling
    }
    around: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        for at in range(1, len(name) - 1):
            if name[at] == " ":
                around.setdefault((name[at - 1], name[at + 1]), []).append((name, at))
    return around


@page_rule(
    "LF606",
    "tag-vanishes",
    "`<{tag}>` is taken for an HTML tag that pages cannot have, so it is not shown.",
    "If it is to be read, write `\\<{tag}>`.",
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    yields_to=("LF615",),
    fixable="unsafe",
    reshapes=True,
    needs=("<",),
)
def tag_vanishes(subject: Subject) -> Iterator[Finding]:
    r"""Report what reads like an HTML tag and is not shown.

    ## What it does
    Looks at raw HTML for tags that are not among those that a page may have: placeholders between
    angle brackets, and elements such as `<video>`. Comments stay unmentioned, and so do the few
    tags that are shown as text; elements that could run code have a rule of their own, `LF615`.

    ## Why
    GitHub and the site leave out every tag that they don't know. Of an instruction such as “open
    `https://<tenant>.example.com`” only “open https://.example.com” is left.

    ## Example
    ```markdown
    Name the file <customer>-plan.
    ```

    ## Use instead
    ```markdown
    Name the file \<customer>-plan.
    ```

    ## Fix
    Unsafe: the angle bracket is escaped, so that the tag is shown as it is written.
    """
    if subject.contract.trusts_writers:
        return
    converted = subject.page.is_by_mkdocs
    known = CONVERTED_TAGS if converted else TAGS
    for event in subject.page.events:
        block = event.tag == "html-block" and event.kind == "open"
        if block or event.kind == "inline-html":
            for tag in _tags(subject.text[event.start : event.end], known):
                start = event.start + tag.start()
                escaped = "&lt;" if block else "\\<"  # a backslash escapes nothing in HTML
                fix = replaced(Span(start, start + 1), escaped, safe=False)
                yield found(Span(start, start + len(tag[0])), fix=fix, tag=tag[1])


def _tags(html: str, known: frozenset[str]) -> Iterator[re.Match[str]]:
    """Yield the tags that are not shown."""
    if "<!--" in html:
        html = _COMMENT.sub(lambda comment: " " * len(comment[0]), html)
    for tag in _TAG.finditer(html):
        name = tag[1].lower()
        if name not in known and name not in SHOWN_AS_TEXT:
            yield tag


_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
_COMMENT = re.compile(r"<!--(?:.*?-->|.*)", re.DOTALL)


_BOLD_MARKS = re.compile(r"\*\*|__")
_BOLD_MARK = re.compile(r"(?<![*\\])\*\*(?!\*)|(?<![\w\\])__(?=[^\W_])|(?<=[^\W_])__(?!\w)")
_PADDED = re.compile(r"\*\*(?=([ \t\u00a0]*)\S)([^*\n]*[^*\s])([ \t\u00a0]*)\*\*(?!\*)")


@page_rule(
    "LF607",
    "bold-not-closed",
    "`{mark}` is shown as it stands: there is no bold text that it begins or ends.",
    "Put the other `{mark}` where the bold text ends or begins, or take this one away.",
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    variants={
        "blank": Wording(
            "“{bold}” is not bold, because a blank stands between the text and `{mark}`.",
            "Put the blank outside of the marks.",
        ),
        "punctuation": Wording(
            "“{bold}” is not bold, because it ends in a mark of punctuation and the next word "
            "follows without a blank.",
            "Put a blank behind the closing marks, or the mark of punctuation outside of them.",
        ),
    },
    fixable="unsafe",
    reshapes=True,
)
def bold_not_closed(subject: Subject) -> Iterator[Finding]:
    """Report marks of bold text that readers see as asterisks.

    ## What it does
    Looks for `**` and `__` in what is shown as text: a mark without its counterpart, and pairs that
    don't count because a blank stands within them or because a word touches the closing mark
    behind punctuation.

    ## Why
    Readers see the asterisks, and what was to stand out doesn't.

    ## Example
    ```markdown
    **Important: ** book the room.

    **Note:**the room is small.
    ```

    ## Use instead
    ```markdown
    **Important:** book the room.

    **Note:** the room is small.
    ```

    ## Fix
    Unsafe: blanks at the inner side of a pair are moved outside, and a blank is put behind a pair
    that ends in punctuation. For a single mark there is none.
    """
    text = subject.text
    if "**" not in subject.shown and "__" not in subject.shown:
        return
    marked = [event for event in subject.prose if _BOLD_MARKS.search(str(event.value))]
    labels = [
        label.name_span.cover(label.value_span)
        for block in subject.page.label_blocks
        for label in block.labels
        if label.defects  # which have rules of their own
    ]
    starts = [label.start for label in labels]
    for event in marked:
        at = bisect_right(starts, event.end) - 1
        if at < 0 or labels[at].end < event.start:
            yield from _bold_marks(text, Span(event.start, event.end))


def _bold_marks(text: str, span: Span) -> Iterator[Finding]:
    done = span.start
    for pair in _PADDED.finditer(text, span.start, span.end):
        finding = _loose_pair(text, pair)
        if finding:
            yield from _single_marks(text, Span(done, pair.start()))
            yield finding
            done = pair.end()
    yield from _single_marks(text, Span(done, span.end))


def _single_marks(text: str, span: Span) -> Iterator[Finding]:
    for mark in _BOLD_MARK.finditer(text, span.start, span.end):
        before, behind = (
            text[max(mark.start() - 1, 0) : mark.start()],
            text[mark.end() : mark.end() + 1],
        )
        if before.strip() or behind.strip():  # one that stands alone is meant as it stands
            yield found(Span(mark.start(), mark.end()), mark=mark[0])


def _loose_pair(text: str, pair: re.Match[str]) -> Finding | None:
    """Return what is wrong with a pair of marks that makes nothing bold, if that is known."""
    span = Span(pair.start(), pair.end())
    inner = pair[2]
    bold = inner.strip()
    behind = text[span.end : span.end + 1]
    if pair[1] or pair[3]:
        if text[max(span.start - 1, 0) : span.start].isalnum() and not pair[1]:
            return None
        fixed = f"{pair[1]}**{bold}**{pair[3]}"
        if not pair[3] and behind.isalnum() and not bold[-1].isalnum():
            fixed += " "
        return found(span, "blank", fix=replaced(span, fixed, safe=False), bold=bold, mark="**")
    if behind.isalnum() and not bold[-1].isalnum():
        return found(span, "punctuation", fix=inserted(span.end, " ", safe=False), bold=bold)
    return None


@page_rule(
    "LF608",
    "comment-unclosed",
    "The comment that begins here has no end, so nothing below it is shown.",
    "Close it with `-->`.",
    variants={
        "shown": Wording(
            "The comment that begins here doesn't end in its paragraph, so it is shown as text.",
            "Close it with `-->`, or begin it on a line of its own.",
        )
    },
    needs=("<",),
)
def comment_unclosed(subject: Subject) -> Iterator[Finding]:
    """Report comments without an end.

    ## What it does
    Looks for `<!--` that begins a block of HTML without a `-->` behind it, and for one that is
    shown as text because its `-->` doesn't stand in the same paragraph.

    ## Why
    A comment without an end swallows the rest of the page, and nothing tells readers so.

    ## Example
    ```markdown
    <!-- Ask the team whether this still holds.

    ## Next Steps
    ```

    ## Use instead
    ```markdown
    <!-- Ask the team whether this still holds. -->

    ## Next Steps
    ```

    ## Fix
    None: only you know where the comment ends. Put `-->` there.
    """
    text = subject.text
    for event in subject.page.events:
        if event.tag == "html-block" and event.kind == "open":
            opening = _COMMENT_BEGINS.match(text, event.start)
            if opening and "-->" not in text[event.start : event.end]:
                yield found(Span(opening.end() - 4, opening.end()))
        elif (
            event.kind == "text" and "<!--" in str(event.value) and not subject.in_code(event.start)
        ):
            at = _SHOWN_COMMENT.search(text, event.start, event.end)
            if at:
                yield found(Span(at.start(), at.end()), "shown")


_COMMENT_BEGINS = re.compile(r"[ \t]*<!--")
_SHOWN_COMMENT = re.compile(r"(?<!\\)<!--")
_LINE_END = re.compile(r"\r\n?|\n")
_MOST_ENDS = 10_000  # no real page has more lines; a splice for each would cost too much


@page_rule(
    "LF609",
    "line-ends-mixed",
    "Most lines of this file end in {most}, but here one ends in {other}.",
    "Let all lines end alike.",
    severity=Severity.NOTICE,
    fixable="safe",
    needs=("\r",),
)
def line_ends_mixed(subject: Subject) -> Iterator[Finding]:
    """Report a file whose lines end in different ways.

    ## What it does
    Compares the ends of all lines: LF (Linux, macOS), CRLF (Windows), and the single CR of very
    old systems. Which of them a file uses doesn't matter.

    ## Why
    Many editors make them alike when they save, and then a change of one word is shown as a change
    of every line. Some programs don't take a single CR for the end of a line at all.

    ## Example
    A file in which two lines that were pasted from Windows end in CRLF and all others in LF.

    ## Use instead
    A file in which all lines end in LF.

    ## Fix
    Safe: the ends that are fewer become like the others.
    """
    text = subject.text
    crlf = text.count("\r\n")
    counts = {"\n": text.count("\n") - crlf, "\r\n": crlf, "\r": text.count("\r") - crlf}
    most = "\n" if counts["\n"] >= crlf else "\r\n"
    odd = sum(counts.values()) - counts[most]
    if not odd:
        return
    ends = [end for end in _LINE_END.finditer(text) if end[0] != most]
    edits = tuple(Edit(Span(end.start(), end.end()), most) for end in ends[:_MOST_ENDS])
    fix = Fix(edits) if len(ends) <= _MOST_ENDS else None
    span = Span(ends[0].start(), ends[0].end())
    yield found(span, fix=fix, most=_END_NAMES[most], other=_END_NAMES[ends[0][0]])


_END_NAMES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


@page_rule(
    "LF610",
    "alert-swallows",
    "“{line}” belongs to the alert above it, because no blank line parts them.",
    "Put a blank line above it, or begin it with `>`.",
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    fixable="unsafe",
    reshapes=True,
    needs=("[!",),
)
def alert_swallows(subject: Subject) -> Iterator[Finding]:
    """Report text that an alert takes into itself although it has no `>`.

    ## What it does
    Looks at the lines of alerts for the first one that doesn't begin with `>`: Markdown takes it
    for the rest of the paragraph above it.

    ## Why
    The sentence is shown within the coloured box, where readers take it for a part of the warning.

    ## Example
    ```markdown
    > [!NOTE]
    > Rooms are scarce in June.
    Book a room for two hours.
    ```

    ## Use instead
    ```markdown
    > [!NOTE]
    > Rooms are scarce in June.

    Book a room for two hours.
    ```

    ## Fix
    Unsafe: a blank line is put in above it.
    """
    for quote, text in subject.marked:
        if quote and _ALERT.match(subject.text, text.start, text.end):
            lazy = _lazy_line(subject, Span(quote.start, quote.end))
            if lazy:
                begin = subject.text.rfind("\n", 0, lazy.start) + 1
                end = "\r\n" if subject.text[begin - 2 : begin] == "\r\n" else "\n"
                fix = inserted(begin, end, safe=False)
                yield found(lazy, fix=fix, line=lazy.of(subject.text))


def _lazy_line(subject: Subject, quote: Span) -> Span | None:
    for line in subject.lines(quote):
        shown = line.of(subject.text)
        bare = shown.lstrip()
        if bare and not bare.startswith(">"):
            return Span(line.end - len(bare), line.end)
    return None


@page_rule(
    "LF611",
    "heading-by-accident",
    "“{heading}” becomes a heading, because `{marks}` stands right below it.",
    "Put a blank line between them.",
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    fixable="unsafe",
    reshapes=True,
)
def heading_by_accident(subject: Subject) -> Iterator[Finding]:
    """Report a paragraph that becomes a heading because of the line below it.

    ## What it does
    Looks at headings that are made by `---` or `===` in the line below, and reports those that
    don't read like one: several lines, or a text that ends like a sentence.

    ## Why
    Three hyphens right below a paragraph draw no line: they make a heading of all of it, which then
    stands in the table of contents, too.

    ## Example
    ```markdown
    Book the room two weeks ahead.
    ---
    ```

    ## Use instead
    ```markdown
    Book the room two weeks ahead.

    ---
    ```

    ## Fix
    Unsafe: a blank line is put in between.
    """
    text = subject.text
    for heading in subject.page.headings:
        if text[heading.span.start : heading.span.start + 1] == "#":
            continue
        shown, newline, marks = heading.span.of(text).rpartition("\n")
        marks = marks.strip("> \t\r")
        if not newline or not marks or marks.strip("-=") or len(set(marks)) > 1:
            continue
        if "\n" in shown or shown.rstrip().endswith(_END_OF_SENTENCE):
            at = heading.span.start + len(shown) + 1
            end = "\r\n" if shown.endswith("\r") else "\n"
            fix = inserted(at, end, safe=False) if _is_outside(text, heading.span.start) else None
            span = heading.text_span
            yield found(span, fix=fix, heading=heading.text, marks=marks)


def _is_outside(text: str, start: int) -> bool:
    """Tell whether a block stands neither in a list nor in a quote."""
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(" ")
