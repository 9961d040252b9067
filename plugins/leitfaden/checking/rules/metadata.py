"""Metadata: the keys of the front matter and their values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

from leitfaden.checking.days import EXAMPLE, likely_day, written_day
from leitfaden.checking.edits import deleted, inserted, replaced
from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Elsewhere, Finding, found
from leitfaden.checking.rule import Wording, page_rule, tree_rule
from leitfaden.checking.rules.files import quoted
from leitfaden.checking.subject import Subject
from leitfaden.checking.tree import Tree
from leitfaden.contract import Contract, fold, nearest
from leitfaden.model import (
    Confidence,
    DefectKind,
    Fix,
    MetadataEntry,
    Severity,
    Span,
)
from leitfaden.reading.dates import date_defect, read_date

_TRAILING = re.compile(r"(?<![ \t\u00a0])[ \t\u00a0]++(?=\r|\n|\Z)")  # once in a run of blanks
_FENCE = re.compile(r"-{3}[ \t]*")  # what MkDocs takes for one, whatever python-frontmatter takes
# What MkDocs takes for metadata at the top of a page that has no front matter.
_EATEN = re.compile(r" {0,3}([A-Za-z0-9_-]+):\s*(.*)")
_LATE = re.compile(
    r"[\s\ufeff\u200b\u2060]{1,99}(?=---[ \t]*\r?\n(?:#.{0,99}\n)?([^\s:]{1,99}):[ \t\r\n])"
)
_OFTEN = 20  # times as many pages have what a misspelled value stands for


@page_rule(
    "LF106",
    "front-matter-missing",
    "The page has no front matter.",
    "Begin it with a line `---`, the keys {keys}, and another line `---`.",
    yields_to=("LF104", "LF116"),
)
def front_matter_missing(subject: Subject) -> Iterator[Finding]:
    """Report a page without front matter.

    ## What it does
    Looks for the line `---` at the top of the page, if the contract requires any metadata.

    ## Why
    Without metadata nobody can tell whose page it is and how old, and search engines get no
    description of it.

    ## Example
    ```markdown
    # Assess
    ```

    ## Use instead
    ```markdown
    ---
    title: Assess
    ---

    # Assess
    ```

    ## Fix
    None: only the writer knows the values. Copy the front matter of a page like this one.
    """
    page = subject.page
    required = subject.contract.metadata.required
    if required and not page.front_matter.span.end and not page.front_matter.defects:
        yield found(Span(0, 0), keys=_listed(required))


def _listed(keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


@page_rule(
    "LF107",
    "metadata-missing",
    "The key {keys} is missing.",
    "Add it to the front matter.",
    variants={"several": Wording("The keys {keys} are missing.", "Add them to the front matter.")},
    copied=True,
)
def metadata_missing(subject: Subject) -> Iterator[Finding]:
    """Report required keys that the front matter lacks.

    ## What it does
    Compares the front matter with `metadata.required` in the contract, and names all that is
    missing in one finding. A key that is there in another spelling is not missing: `LF108` tells
    it.

    ## Why
    Whatever is made of the metadata, from the page's description in search results to the list of
    pages that somebody owns, lacks this page.

    ## Example
    ```yaml
    title: Assess
    ```

    ## Use instead
    ```yaml
    title: Assess
    author: FastTrack Manager
    ```

    ## Fix
    None: only the writer knows the value.
    """
    entries = subject.page.front_matter.entries
    if not entries:
        return
    written = {entry.key for entry in entries}
    missing = [key for key in subject.contract.metadata.required if key not in written]
    if missing:
        meant = {_meant(entry.key, written, subject.contract) for entry in entries}
        missing = [key for key in missing if key not in meant]
    if missing:
        fence = next(subject.lines(subject.page.front_matter.span))
        several = "several" if len(missing) > 1 else ""
        yield found(fence, several, keys=_listed(missing))


@page_rule(
    "LF108",
    "metadata-key-unknown",
    "The contract knows no key `{key}`.",
    "Remove it, or add it to `metadata.optional` in the contract.",
    copied=True,
    fixable="safe",
)
def metadata_key_unknown(subject: Subject) -> Iterator[Finding]:
    """Report a key that the contract does not know.

    ## What it does
    Compares each key with `metadata.required` and `metadata.optional` in the contract, and
    suggests the nearest one that the page does not have yet.

    ## Why
    Nothing reads such a key. Mostly it is a misspelled one, whose value then is missing.

    ## Example
    ```yaml
    titel: Assess
    ```

    ## Use instead
    ```yaml
    title: Assess
    ```

    ## Fix
    Safe if only upper and lower case or blanks differ: the key is written as the contract has it.
    Unsafe for the nearest key otherwise.
    """
    written = {entry.key for entry in subject.page.front_matter.entries}
    known = _known_keys(subject.contract)
    if not known or written.issubset(known):
        return
    for entry in subject.page.front_matter.entries:
        if entry.key not in known:
            guess = _meant(entry.key, written, subject.contract)
            same = guess is not None and fold(guess) == fold(entry.key)
            fix = replaced(entry.key_span, guess, safe=same) if guess else None
            yield found(entry.key_span, key=entry.key, guess=guess, fix=fix)


def _known_keys(contract: Contract) -> set[str]:
    return {*contract.metadata.required, *contract.metadata.optional}


def _meant(key: str, written: set[str], contract: Contract) -> str | None:
    """Return the key that an unknown one stands for, among those that the page lacks."""
    known = _known_keys(contract)
    if key in known:
        return None
    return nearest(key, [other for other in known if other not in written])


@page_rule(
    "LF109",
    "metadata-key-duplicate",
    "The key `{key}` is written twice; only the last value counts.",
    "Remove one of them.",
    notes={"first": "The first one, whose value is lost."},
    copied=True,
    fixable="safe",
    reshapes=True,
)
def metadata_key_duplicate(subject: Subject) -> Iterator[Finding]:
    """Report a key that the front matter has more than once.

    ## What it does
    Looks for keys that are the same, to the letter.

    ## Why
    YAML forbids it, and what reads YAML keeps the last value without a word. Whoever changes the
    first one changes nothing.

    ## Example
    ```yaml
    title: Assess
    title: Assess and plan
    ```

    ## Use instead
    ```yaml
    title: Assess and plan
    ```

    ## Fix
    Safe if both have the same value: the second line is removed. Else none: which of the two is
    right is for the writer to say.
    """
    front_matter = subject.page.front_matter
    if not front_matter.defects:
        return
    before: dict[str, MetadataEntry] = {}
    for entry in front_matter.entries:
        first = before.get(entry.key)
        before[entry.key] = entry
        if first:
            place = Elsewhere(subject.page.place(first.key_span), "first")
            fix = _without_line(subject, entry) if first.value == entry.value else None
            yield found(entry.key_span, key=entry.key, related=(place,), fix=fix)


def _without_line(subject: Subject, entry: MetadataEntry) -> Fix | None:
    """Return the fix that removes a key, if it fills a line and no more."""
    text = subject.text
    start = text.rfind("\n", 0, entry.key_span.start) + 1
    end = text.find("\n", entry.value_span.end) + 1
    around = text[start : entry.key_span.start] + text[entry.value_span.end : end]
    whole = end and not around.strip() and "\n" not in entry.value_span.of(text)
    return deleted(Span(start, end)) if whole else None


@page_rule(
    "LF110",
    "metadata-type",
    "`{key}` has no value.",
    "Write one, or remove the key.",
    variants={
        "number": Wording("The value of `{key}` is a number, not a text.", "Quote it: `{quoted}`."),
        "boolean": Wording(
            "The value of `{key}` is a yes or no, not a text.", "Quote it: `{quoted}`."
        ),
        "date": Wording("The value of `{key}` is a date, not a text.", "Quote it: `{quoted}`."),
        "list": Wording("The value of `{key}` is a list, not a text.", "Write one value."),
        "commas": Wording(
            "The value of `{key}` is a list, not a text.", "Separate the values by commas."
        ),
        "other": Wording("The value of `{key}` is no text.", "Write it in one line."),
    },
    yields_to=("LF103",),
    copied=True,
    fixable="safe",
    reshapes=True,
)
def metadata_type(subject: Subject) -> Iterator[Finding]:
    """Report a value that is empty, or no text.

    ## What it does
    Looks at what YAML makes of each value: `365` is a number, `Yes` a boolean, `2026-01-31` a
    date, `[a, b]` a list, and nothing at all a null. Keys for which the contract states neither
    that they are required nor what they may hold can hold anything.

    ## Why
    All metadata are texts. Of `01.10` YAML makes the number 1.1, of `No` the value false, and that
    is what readers and search engines get.

    ## Example
    ```yaml
    title: 365
    ```

    ## Use instead
    ```yaml
    title: "365"
    ```

    ## Fix
    Safe: the value is put in quotation marks; of a list of texts, where the contract expects
    several values, commas are made. None for an empty value.
    """
    metadata = subject.contract.metadata
    for entry in subject.page.front_matter.entries:
        value = entry.value
        if isinstance(value, str) and value.strip():
            continue
        key = entry.key
        if key in metadata.required or key in metadata.values or key in metadata.lists:
            told = _wrong_type(subject, entry)
            if told:
                yield told


def _wrong_type(subject: Subject, entry: MetadataEntry) -> Finding | None:
    value, key = entry.value, entry.key
    metadata = subject.contract.metadata
    if value is None or isinstance(value, str):
        return found(entry.key_span, key=key)
    if isinstance(value, list):
        return _list_for_text(subject, entry, key in metadata.lists)
    if isinstance(value, (bool, int, float, dt.date)):
        if key in metadata.formats and not isinstance(value, bool):
            return None  # told as a date
        return _scalar_for_text(subject, entry)
    return found(entry.value_span, "other", key=key)


def _list_for_text(subject: Subject, entry: MetadataEntry, several: bool) -> Finding:
    values = entry.value
    assert isinstance(values, list)
    inline = subject.text.startswith("[", entry.value_span.start)
    plain = inline and all(isinstance(value, str) and _is_plain(value) for value in values)
    fix = replaced(entry.value_span, ", ".join(values)) if several and plain and values else None
    return found(entry.value_span, "commas" if several else "list", key=entry.key, fix=fix)


def _is_plain(value: str) -> bool:
    return re.fullmatch(r"[A-Za-z][\w.-]*", value) is not None


def _scalar_for_text(subject: Subject, entry: MetadataEntry) -> Finding:
    value, written = entry.value, entry.value_span.of(subject.text)
    kind = "boolean" if isinstance(value, bool) else "number"
    kind = "date" if isinstance(value, dt.date) else kind
    text = quoted(written)
    allowed = subject.contract.metadata.values.get(entry.key, (written,))
    # A tag such as `!!int` is part of what is written, and no part of the text.
    plain = written in allowed and not written.startswith("!")
    fix = replaced(entry.value_span, text) if plain else None
    return found(entry.value_span, kind, key=entry.key, quoted=text, fix=fix)


@page_rule(
    "LF111",
    "metadata-value-not-allowed",
    "`{value}` is not allowed as `{key}`: the contract allows only {allowed}.",
    "Write an allowed value, or add this one to `metadata.values` in the contract.",
    copied=True,
    fixable="safe",
)
def metadata_value_not_allowed(subject: Subject) -> Iterator[Finding]:
    """Report a value that the contract does not allow.

    ## What it does
    Compares each value with `metadata.values` in the contract; where the contract expects several
    values, each one of them.

    ## Why
    These values sort pages: into collections, for audiences, in reports. A page with another value
    is in none of them.

    ## Example
    ```yaml
    ms.topic: playbook
    ```

    ## Use instead
    ```yaml
    ms.topic: partner-playbook
    ```

    ## Fix
    Safe if only upper and lower case or blanks differ: the value is written as the contract has
    it. Unsafe otherwise, for the nearest value or the only one.
    """
    metadata = subject.contract.metadata
    for entry in subject.page.front_matter.entries:
        allowed = metadata.values.get(entry.key)
        if allowed and isinstance(entry.value, str) and entry.value not in allowed:
            several = entry.key in metadata.lists
            for value, span in _values(subject, entry, several):
                if value and value not in allowed:
                    yield _not_allowed(entry.key, value, span, allowed, subject)


def _not_allowed(
    key: str, value: str, span: Span, allowed: Sequence[str], subject: Subject
) -> Finding:
    same = next((other for other in allowed if fold(other) == fold(value)), None)
    only = allowed[0] if len(allowed) == 1 else None
    guess = same or _nearest(value, tuple(allowed)) or only
    written = span.of(subject.text) == value  # else it is quoted, or runs over lines
    fix = replaced(span, guess, safe=same is not None) if guess and written else None
    return found(span, key=key, value=value, allowed=_listed(allowed), guess=guess, fix=fix)


_nearest = lru_cache(1000)(nearest)  # pages have the same wrong values again and again


def _values(subject: Subject, entry: MetadataEntry, several: bool) -> Iterator[tuple[str, Span]]:
    """Yield the values of a key, each with its place as far as that can be told."""
    text = str(entry.value)
    start = subject.text.find(text, entry.value_span.start, entry.value_span.end)
    for part in text.split(",") if several else [text]:
        value = part.strip()
        if start < 0:
            yield value, entry.value_span
            continue
        at = start + len(part) - len(part.lstrip())
        yield value, Span(at, at + len(value))
        start += len(part) + 1


@page_rule(
    "LF112",
    "metadata-date-format",
    "`{key}` is `{value}`, which is not written like `{example}`.",
    "Write it as `{wanted}`.",
    severity=Severity.WARNING,
    yields_to=("LF103",),
    fixable="safe",
)
def metadata_date_format(subject: Subject) -> Iterator[Finding]:
    """Report a date that is not written as the contract wants it.

    ## What it does
    Reads the values of the keys in `metadata.formats` of the contract. A value that is a date by
    `dates`, but in another form than the key's own, is reported.

    ## Why
    What sorts pages by their date compares texts or expects one form; `9/5/2026` is behind
    `10/01/2026` then, or not read at all.

    ## Example
    ```yaml
    ms.date: 9/5/2026
    ```

    ## Use instead
    ```yaml
    ms.date: 09/05/2026
    ```

    ## Fix
    Safe: the same day is written in the form of the contract.
    """
    formats = subject.contract.metadata.formats
    for entry, text in _dates(subject):
        wanted = formats[entry.key]
        day = read_date(text, (wanted, *subject.contract.dates))
        if day is None:
            continue
        written = written_day(day, wanted)
        if written != text:
            span = entry.value_span
            example = written_day(EXAMPLE, wanted)
            whole = span.of(subject.text).strip("\"'") == text
            fix = replaced(span, _like(subject, span, written)) if whole else None
            yield found(span, key=entry.key, value=text, wanted=written, example=example, fix=fix)


def _like(subject: Subject, span: Span, text: str) -> str:
    """Return a text in the quotation marks of what it replaces, if that has any."""
    mark = subject.text[span.start : span.start + 1]
    return f"{mark}{text}{mark}" if mark and mark in "\"'" else text


def _dates(subject: Subject) -> Iterator[tuple[MetadataEntry, str]]:
    """Yield the entries that hold dates, with their text."""
    formats = subject.contract.metadata.formats
    if formats:
        for entry in subject.page.front_matter.entries:
            value = entry.value
            if entry.key in formats and isinstance(value, (str, int, float, dt.date)):
                text = str(value).strip()
                if text and not isinstance(value, bool):
                    yield entry, text


@page_rule(
    "LF113",
    "metadata-date-impossible",
    "`{key}` is no date: `{value}`.",
    "Write it like `{example}`.",
    variants={
        "impossible": Wording(
            "`{key}` is a day that does not exist: `{value}`.", "Write it like `{example}`."
        )
    },
    yields_to=("LF103",),
    copied=True,
    fixable="unsafe",
)
def metadata_date_impossible(subject: Subject) -> Iterator[Finding]:
    """Report a date that is none.

    ## What it does
    Reads the values of the keys in `metadata.formats` of the contract. If none of the contract's
    forms fits, the value is no date, or a day that the calendar does not have.

    ## Why
    The page has no date then: it is missing in whatever is sorted or chosen by age.

    ## Example
    ```yaml
    ms.date: 02/30/2026
    ```

    ## Use instead
    ```yaml
    ms.date: 02/28/2026
    ```

    ## Fix
    Unsafe: if day and month are only swapped, or a digit is one zero too long, the day that was
    probably meant is written. Else none.
    """
    contract = subject.contract
    for entry, text in _dates(subject):
        wanted = contract.metadata.formats[entry.key]
        if read_date(text, (wanted, *contract.dates)) is None:
            span = entry.value_span
            kind = date_defect(text, span).kind
            guess = likely_day(text, wanted)
            fix = replaced(span, _like(subject, span, guess), safe=False) if guess else None
            yield found(
                span,
                "impossible" if kind is DefectKind.DATE_IMPOSSIBLE else "",
                key=entry.key,
                value=text,
                example=written_day(EXAMPLE, wanted),
                guess=guess,
                fix=fix,
            )


@page_rule(
    "LF114",
    "metadata-trailing-blanks",
    "A line of the front matter ends in blanks.",
    "Remove them.",
    severity=Severity.NOTICE,
    repeats=True,
    fixable="safe",
)
def metadata_trailing_blanks(subject: Subject) -> Iterator[Finding]:
    """Report blanks at the end of a line in the front matter.

    ## What it does
    Looks at the end of each line, from the opening `---` to the closing one. Texts that run over
    several lines are left alone: there, blanks can be meant.

    ## Why
    They mean nothing, and nobody sees them; but each editor that removes them changes lines that
    nobody touched, and some tools do not take `---` with a blank behind it for the end of the
    front matter.

    ## Example
    ```text
    title: Assess··
    ```

    ## Use instead
    ```text
    title: Assess
    ```

    ## Fix
    Safe: the blanks are removed.
    """
    front_matter = subject.page.front_matter
    end = front_matter.span.end
    long = None
    for match in _TRAILING.finditer(subject.text, 0, end):
        if long is None:
            long = [e.value_span for e in front_matter.entries if _is_long(subject, e.value_span)]
        at = match.start()
        if not any(span.start <= at < span.end for span in long):
            span = Span(at, match.end())
            yield found(span, fix=deleted(span))


def _is_long(subject: Subject, span: Span) -> bool:
    return "\n" in span.of(subject.text)


@page_rule(
    "LF116",
    "front-matter-misread",
    "MkDocs takes the first line for metadata and does not show it: “{line}”.",
    "Begin the page with front matter, or with an empty line.",
    variants={
        "unfenced": Wording(
            "The metadata at the top of the page, beginning with `{key}`, stand outside of front "
            "matter.",
            "Write a line `---` above and below them.",
        ),
        "late": Wording(
            "The front matter does not begin with the page's first character, so it is shown as "
            "text.",
            "Remove what stands before the `---`.",
        ),
        "fence": Wording(
            "MkDocs does not take this line for a fence of the front matter, and shows the front "
            "matter as text.",
            "Write exactly three hyphens, and end the line behind them.",
        ),
    },
    severity=Severity.WARNING,
    fixable="unsafe",
    reshapes=True,
)
def front_matter_misread(subject: Subject) -> Iterator[Finding]:
    """Report text that MkDocs would read as metadata, and metadata that it would show as text.

    ## What it does
    Looks at the top of the page as MkDocs does. Without front matter, MkDocs takes a first line
    that looks like `Word: …` for metadata, and the lines after it, too. With front matter, it
    takes for a fence only three hyphens that begin a line, the first of them at the page's very
    beginning.

    ## Why
    Text vanishes from the page, or metadata are shown on it, and no tool says a word. Our own
    renderer reads such pages as they are meant; MkDocs reads those with `renderer: mkdocs`, and
    other tools read all of them.

    ## Example
    ```markdown
    Note: this page is a draft.
    ```

    ## Use instead
    ```markdown
    ---
    title: A draft
    ---

    Note: this page is a draft.
    ```

    ## Fix
    Unsafe: the fences are put in or written as three hyphens, or what stands before them is
    removed. None where a line of text would be read as metadata: give the page front matter.
    """
    front_matter = subject.page.front_matter
    if front_matter.span.end:
        yield from _misread_fences(subject)
    elif not front_matter.defects:
        yield from _misread_start(subject)


def _misread_fences(subject: Subject) -> Iterator[Finding]:
    text, end = subject.text, subject.page.front_matter.span.end
    newline = text.find("\n", 0, end)
    if newline < 0:
        return  # lines of old Macs, which MkDocs reads as any others
    last = text.rfind("\n", 0, end - 1) + 1
    for span in (Span(0, newline), Span(last, end)):
        line = span.of(text).rstrip("\r\n")
        ended = text.endswith(("\n", "\r"), 0, span.end) or span.start == 0
        if not ended or not _FENCE.fullmatch(line):
            fence = Span(span.start, span.start + len(line))
            wanted = "---" if ended else "---\n"
            yield found(fence, "fence", fix=replaced(fence, wanted, safe=False))


def _misread_start(subject: Subject) -> Iterator[Finding]:
    text = subject.text
    line_end = text.find("\n")
    eaten = _EATEN.match(text, 0, line_end if line_end >= 0 else len(text))
    if eaten:
        span = Span(0, eaten.end() - eaten[0].endswith("\r"))
        if eaten[1] in _known_keys(subject.contract):
            yield found(span, "unfenced", key=eaten[1], fix=_fenced(subject))
        else:
            yield found(span, line=eaten[0])
        return
    late = _LATE.match(text)
    if late and late[1] in _known_keys(subject.contract):
        span = Span(late.start(), late.end())
        yield found(Span(late.end(), late.end() + 3), "late", fix=deleted(span, safe=False))


def _fenced(subject: Subject) -> Fix:
    """Return the fix that puts fences around the lines of metadata that begin a page."""
    lines = takewhile(
        lambda line: _EATEN.match(subject.text, line.start, line.end),
        subject.lines(Span(0, len(subject.text))),
    )
    last = max((line.end for line in lines), default=0)
    end = "\r\n" if subject.text.startswith("\r\n", last) else "\n"
    opening, closing = inserted(0, f"---{end}"), inserted(last, f"{end}---")
    return Fix((*opening.edits, *closing.edits), safe=False)


@tree_rule(
    "LF117",
    "metadata-person",
    "`{key}` holds a person's name, “{value}”, where an alias belongs.",
    "Write the alias.",
    variants={
        "alias": Wording(
            "`{key}` holds the alias `{value}`, where a person's name belongs.", "Write the name."
        ),
        "foreign": Wording(
            "`{key}` is `{value}`, which elsewhere stands as `{other}`.",
            "Check whether the value belongs to another key.",
        ),
        "misspelled": Wording(
            "`{key}` is `{value}`, which hardly any page has, and many have nearly the same.",
            "Check the spelling.",
        ),
    },
    severity=Severity.WARNING,
    confidence=Confidence.LIKELY,
    copied=True,
    fixable="unsafe",
)
def metadata_person(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a person who is named in the wrong way.

    ## What it does
    Looks at the keys in `metadata.people` of the contract. Where an alias belongs, a name with
    blanks is wrong; where a name belongs, a single word in small letters. A value that hardly any
    page has is compared with all others: it can be a misspelled alias, or the usual value of
    another key.

    ## Why
    Reviews and questions about a page go to these people. An alias that does not exist reaches
    nobody.

    ## Example
    ```yaml
    author: FastTrack Manager
    ms.author: FastTrack Manager
    ```

    ## Use instead
    ```yaml
    author: FastTrack Manager
    ms.author: playbook-team
    ```

    ## Fix
    Unsafe: if other pages show which value is meant, it is written.
    """
    people = tree.contract.metadata.people
    for key, form in people.items():
        fact = facts.metadata.get(key)
        if fact is None or not fact.text:
            continue
        told = _wrong_person(key, form, fact.text, tree)
        if told:
            variant, other, guess = told
            fix = replaced(fact.span, guess, safe=False) if guess and _fits(guess) else None
            yield found(
                fact.span, variant, key=key, value=fact.text, other=other, guess=guess, fix=fix
            )


def _fits(value: str) -> bool:
    """Tell whether a value needs no quotation marks in YAML."""
    return re.fullmatch(r"[^\W\d][\w -]*(?:\.[\w-]+)*", value) is not None


def _wrong_person(
    key: str, form: str, value: str, tree: Tree
) -> tuple[str, str, str | None] | None:
    """Return how a person is named wrongly: the variant, the other key, and who is meant."""
    words = len(value.split())
    if form == "alias" and words > 1:
        return "", "", _counterpart(key, value, tree)
    if form == "name" and words == 1 and value.islower():
        return "alias", "", _counterpart(key, value, tree)
    usage = tree.usage
    usual = usage.usual(key)
    if usual is None or value == usual or not usage.is_rare(key, value):
        return None
    other = next((k for k in usage.keys if k != key and usage.usual(k) == value), None)
    if other:
        return "foreign", other, None
    guess = _misspelled(key, value, tree) if form == "alias" else None
    return ("misspelled", "", guess) if guess else None


def _counterpart(key: str, value: str, tree: Tree) -> str | None:
    """Return the alias of a name, or the name of an alias, as other pages have them together."""
    forms = tree.contract.metadata.people
    others = (other for other in forms if forms[other] != forms[key])
    return next(filter(None, (tree.usage.beside(key, o, value) for o in others)), None)


def _misspelled(key: str, value: str, tree: Tree) -> str | None:
    """Return the frequent value with the same letters, or with one more or less."""
    often = _OFTEN * tree.usage.times(key, value)
    near = (other for other in tree.usage.frequent(key, often) if _is_slip(value, other))
    return next(near, None)


def _is_slip(value: str, other: str) -> bool:
    shorter, longer = sorted((value, other), key=len)
    if len(shorter) == len(longer):
        return sorted(value) == sorted(other)
    letters = iter(longer)
    return len(longer) - len(shorter) == 1 and all(letter in letters for letter in shorter)


@page_rule(
    "LF118",
    "metadata-order",
    "`{key}` stands behind `{other}`.",
    "The contract's order is {order}.",
    severity=Severity.NOTICE,
)
def metadata_order(subject: Subject) -> Iterator[Finding]:
    """Report required keys in another order than the contract's.

    ## What it does
    Compares the order of the keys with that of `metadata.required` in the contract, and names the
    first one that stands too late. Optional keys may stand anywhere.

    ## Why
    Nothing breaks; but who looks through many pages finds a key by its place, and a comparison of
    two pages shows differences that are none.

    ## Example
    ```yaml
    description: The first phase.
    title: Assess
    ```

    ## Use instead
    ```yaml
    title: Assess
    description: The first phase.
    ```

    ## Fix
    None: comments stand between the lines, and belong to one of them. Move the line by hand.
    """
    required = subject.contract.metadata.required
    written = [entry for entry in subject.page.front_matter.entries if entry.key in required]
    keys = [entry.key for entry in written]
    if keys == [key for key in required if key in keys] or len(set(keys)) < len(keys):
        return
    places = {key: place for place, key in enumerate(required)}
    before = written[0]
    for entry in written[1:]:
        if places[entry.key] < places[before.key]:
            order = _listed(key for key in required if key in keys)
            yield found(entry.key_span, key=entry.key, other=before.key, order=order)
            return
        before = entry


@page_rule(
    "LF119",
    "description-repeats-title",
    "The description is the title once more.",
    "Say in one sentence what readers find on the page.",
    severity=Severity.NOTICE,
    copied=True,
)
def description_repeats_title(subject: Subject) -> Iterator[Finding]:
    """Report a description that says no more than the title.

    ## What it does
    Compares `title` and `description`; upper and lower case and blanks do not count.

    ## Why
    Search engines show the description below the title. The same text twice helps nobody to
    decide whether this is the page to read.

    ## Example
    ```yaml
    title: Customer kick-off
    description: Customer kick-off
    ```

    ## Use instead
    ```yaml
    title: Customer kick-off
    description: How to prepare the first meeting with a customer, and what to agree on there.
    ```

    ## Fix
    None: only the writer can say what the page is about.
    """
    front_matter = subject.page.front_matter
    title, description = front_matter.entry("title"), front_matter.entry("description")
    if (
        title
        and description
        and isinstance(title.value, str)
        and isinstance(description.value, str)
    ):
        same = title.value == description.value or fold(title.value) == fold(description.value)
        if same and title.value.strip():
            yield found(description.value_span)


@tree_rule(
    "LF120",
    "metadata-date-future",
    "`{key}` is in the future: {value}.",
    "Write the day of the last change.",
    severity=Severity.WARNING,
    copied=True,
)
def metadata_date_future(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a date that has not come yet.

    ## What it does
    Compares the dates of the keys in `metadata.formats` of the contract with the day of the check.

    ## Why
    Nobody can have changed the page then. Mostly day and month are swapped, or the year is wrong,
    and the page is listed as the newest one until that day.

    ## Example
    ```yaml
    ms.date: 12/01/2126
    ```

    ## Use instead
    ```yaml
    ms.date: 12/01/2026
    ```

    ## Fix
    None: the writer knows when it was.
    """
    for key, wanted in tree.contract.metadata.formats.items():
        fact = facts.metadata.get(key)
        if fact and fact.text:
            day = read_date(fact.text, (wanted, *tree.contract.dates))
            if day and day > tree.today:
                yield found(fact.span, key=key, value=fact.text)
