"""Files: whether a page can be read at all, and its front matter with it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leitfaden.checking.edits import deleted, inserted, replaced
from leitfaden.checking.finding import Finding, found
from leitfaden.checking.rule import Wording, page_rule
from leitfaden.checking.subject import Subject
from leitfaden.model import Confidence, Defect, DefectKind, Edit, Fix, Severity, Span

_LONGEST = 200  # lines of front matter that are looked at for what breaks it; real ones have 14
_ENTRY = re.compile(r"(?P<key>[^\s:#'\"\[{-][^:]*):(?P<blank>[ \t]*)(?P<value>.*?)[ \t]*$")
_NOT_AT_THE_START = "@`%*"  # of a value that is not quoted
_IRREGULAR = "it is no regular file"  # what the defect says
_LIMIT = re.compile(r"([\d,]+) (\w+)")
_LIMITS = {
    "bytes": "more than {most} bytes",
    "characters": "a line of more than {most} characters",
    "definitions": "more than {most} definitions of links and footnotes",
    "headings": "more than {most} headings",
    "lines": "more than {most} lines",
    "cells": "a table that could have more than {most} cells",
    "labels": "{most} labels or more, of which further ones are not read",
    "levels": "lists or quotes nested deeper than {most} levels",
    "pieces": "more than {most} pieces of text and markup",
}
_SPLIT = "Split it, or move it out of the docs folder."
_CLOSED_BY = {"[": "]", "{": "}", '"': '"', "'": "'"}


@page_rule(
    "LF101",
    "file-unreadable",
    "The file cannot be read: {detail}.",
    "Check its permissions, or remove it.",
    variants={
        "irregular": Wording(
            "The file cannot be read: it is no regular file.",
            "Check its permissions, or remove it.",
        ),
        **{
            unit: Wording(f"The file is too large to be a page ({limit}).", _SPLIT)
            for unit, limit in _LIMITS.items()
        },
        "folder": Wording(
            "This is a folder with the name of a page.",
            "Rename it, or put the page's file in its place.",
        ),
    },
    needs=(DefectKind.UNREADABLE, DefectKind.TOO_LARGE),
)
def file_unreadable(subject: Subject) -> Iterator[Finding]:
    """Report a file that cannot be read as a page.

    ## What it does
    Tells when the system refuses to open the file, when the file is no regular one, and when it
    is so large that nobody can have written it: more than 2 MB, or more than a hundred thousand
    cells or pieces of markup.

    ## Why
    Such a page is not published, or only as plain text. Nothing else on it is checked.

    ## Example
    ```text
    docs/en/assess.md (a folder that is named like a page)
    ```

    ## Use instead
    ```text
    docs/en/assess.md (a text file)
    ```

    ## Fix
    None: look at the file's permissions, split it, or move it out of the docs folder.
    """
    for defect in subject.defects(DefectKind.UNREADABLE):
        if defect.detail == _IRREGULAR:
            yield found(defect.span, "irregular")
        else:
            yield found(defect.span, detail=defect.detail)
    for defect in subject.defects(DefectKind.TOO_LARGE):
        limit = _LIMIT.search(defect.detail)
        unit = limit[2] if limit and limit[2] in _LIMITS else "bytes"
        yield found(defect.span, unit, most=limit[1] if limit else "")


@page_rule(
    "LF102",
    "not-utf8",
    "The file is not UTF-8 ({detail}).",
    "Save it as UTF-8.",
    needs=(DefectKind.NOT_UTF8,),
)
def not_utf8(subject: Subject) -> Iterator[Finding]:
    """Report a file in another encoding than UTF-8.

    ## What it does
    Decodes the file, and points at the first byte that UTF-8 does not have. A file in UTF-16, and
    one with a NUL byte, is told as a whole or where that byte stands.

    ## Why
    MkDocs ends the build at such a file. Elsewhere its umlauts are shown as `Ã¼` or as a question
    mark.

    ## Example
    ```text
    Ma�nahme
    ```

    ## Use instead
    ```text
    Maßnahme
    ```

    ## Fix
    None: the encoding in which it was written can only be guessed. Open it in an editor that
    shows it rightly, and save it as UTF-8.
    """
    for defect in subject.defects(DefectKind.NOT_UTF8):
        yield found(defect.span, detail=defect.detail)


@page_rule(
    "LF103",
    "front-matter-broken",
    "The front matter is not YAML: {detail}.",
    "Quote a value that holds a colon, and write one `key: value` a line.",
    variants={
        "colon": Wording(
            "The value of `{key}` holds a colon and is not quoted, so the front matter cannot be "
            "read.",
            "Put it in quotation marks.",
        ),
        "no-colon": Wording(
            "The line “{line}” has no colon behind its key, so the front matter cannot be read.",
            "Write `key: value`.",
        ),
        "no-blank": Wording(
            "Between `{key}:` and its value there is no blank, so the front matter cannot be read.",
            "Put one behind the colon.",
        ),
        "tab": Wording(
            "The line begins with a tab, so the front matter cannot be read.",
            "Indent it with blanks, or not at all.",
        ),
        "unclosed": Wording(
            "The value of `{key}` begins with `{mark}` and does not end with `{wanted}`, so the "
            "front matter cannot be read.",
            "Close it, or quote the value.",
        ),
        "character": Wording(
            "The value of `{key}` begins with `{mark}`, which YAML keeps for itself, so the front "
            "matter cannot be read.",
            "Put it in quotation marks.",
        ),
        "value": Wording(
            "The value of `{key}` cannot be read: {detail}.",
            "Write it differently, or put it in quotation marks.",
        ),
    },
    fixable="unsafe",
    reshapes=True,
    needs=(DefectKind.FRONT_MATTER_BROKEN,),
)
def front_matter_broken(subject: Subject) -> Iterator[Finding]:
    """Report front matter that is not YAML.

    ## What it does
    Reads the lines between the two `---`, and tells what breaks them: a colon in a value, a
    missing one behind a key, a tab, a quotation mark or a bracket that is not closed, a character
    that YAML keeps for itself.

    ## Why
    MkDocs shows broken front matter as text at the top of the page, and the page has no title and
    no date.

    ## Example
    ```yaml
    title: Assess: the first steps
    ```

    ## Use instead
    ```yaml
    title: "Assess: the first steps"
    ```

    ## Fix
    Unsafe: the value is put in quotation marks, or the missing blank is put in. Whatever else was
    wrong shows only then, so look at the page afterwards.
    """
    if closed_by_dots(subject) is None:
        for defect in subject.defects(DefectKind.FRONT_MATTER_BROKEN):
            yield _value_at(subject, defect) or _cause(subject, defect)


def _value_at(subject: Subject, defect: Defect) -> Finding | None:
    """Tell that only the value of one key cannot be read, if it is that."""
    for entry in subject.page.front_matter.entries:
        if entry.value_span == defect.span:
            return found(defect.span, "value", key=entry.key, detail=defect.detail)
    return None


def _cause(subject: Subject, defect: Defect) -> Finding:
    text = subject.text
    fence = text.find("\n") + 1
    at = max(defect.span.start, fence)
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    for number, line in enumerate(subject.lines(Span(fence, max(fence, end)))):
        told = _suspicious(line, line.of(text)) if number < _LONGEST else None
        if told:
            return told
    end -= text.endswith("\r", at, end)
    return found(Span(at, end), detail=defect.detail)


def _suspicious(line: Span, raw: str) -> Finding | None:
    """Tell what is wrong with a line of front matter, if it is a usual mistake."""
    bare = raw.strip()
    if not bare or bare.startswith("#"):
        return None
    indent = raw[: len(raw) - len(raw.lstrip())]
    if "\t" in indent:
        return found(Span(line.start, line.start + len(indent)), "tab")
    if indent or raw[0] in "-?[]{}'\"":
        return None
    entry = _ENTRY.match(raw)
    if entry is None:
        return found(line, "no-colon", line=bare)
    key, value = entry["key"].strip(), entry["value"]
    span = Span(line.start + entry.start("value"), line.start + entry.end("value"))
    if value and not entry["blank"]:
        return found(span, "no-blank", key=key, fix=inserted(span.start, " ", safe=False))
    return _suspicious_value(span, key, value)


def _suspicious_value(span: Span, key: str, value: str) -> Finding | None:
    mark = value[:1]
    if mark in _CLOSED_BY:
        wanted = _CLOSED_BY[mark]
        closed = wanted in value[1:]
        return None if closed else found(span, "unclosed", key=key, mark=mark, wanted=wanted)
    if mark and mark in _NOT_AT_THE_START:
        return found(span, "character", key=key, mark=mark, fix=_quoted(span, value))
    if ": " in value or value.endswith(":"):
        return found(span, "colon", key=key, fix=_quoted(span, value))
    return None


def _quoted(span: Span, value: str) -> Fix | None:
    if " #" in value:  # perhaps a comment, which is not to become part of the value
        return None
    return replaced(span, quoted(value), safe=False)


def quoted(value: str) -> str:
    """Return a text as YAML writes it in quotation marks."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


@page_rule(
    "LF104",
    "front-matter-unclosed",
    "The front matter is not closed.",
    "Write a line `---` behind its last key.",
    variants={
        "dots": Wording(
            "The front matter is closed by `...`, which is read by MkDocs alone.",
            "Write `---`.",
        )
    },
    fixable="unsafe",
    reshapes=True,
)
def front_matter_unclosed(subject: Subject) -> Iterator[Finding]:
    """Report front matter without a closing fence.

    ## What it does
    Looks for the second line `---` of a page that begins with one.

    ## Why
    Without it all of the front matter is text: it is shown at the top of the page.

    ## Example
    ```markdown
    ---
    title: Assess

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
    Unsafe: the line is put behind the last key, or takes the place of `...`. Look whether all that
    stands above it is metadata.
    """
    dots = closed_by_dots(subject)
    if dots:
        yield found(dots, "dots", fix=_without_dots(subject, dots))
        return
    for defect in subject.defects(DefectKind.FRONT_MATTER_UNCLOSED):
        opening = next(subject.lines(Span(0, defect.span.end)), defect.span)
        yield found(opening, fix=_closing(subject))


def closed_by_dots(subject: Subject) -> Span | None:
    """Return the line `...` that ends the front matter for MkDocs, which we read on from."""
    text, front_matter = subject.text, subject.page.front_matter
    end = front_matter.span.end or (len(text) if front_matter.defects else 0)
    if text.find("\n...", 0, end) < 0:
        return None
    for number, line in enumerate(subject.lines(Span(0, end))):
        written = line.of(text).rstrip(" \t")
        if written == "...":
            return line if number > 1 else None
        if not written or number > _LONGEST:
            return None  # the page's text has begun
    return None


def _without_dots(subject: Subject, dots: Span) -> Fix:
    """Return the fix that writes hyphens, or removes the dots where hyphens follow."""
    behind = subject.text.find("\n", dots.end) + 1
    if behind and subject.text.startswith("---", behind):
        return deleted(Span(dots.start, behind), safe=False)
    return replaced(dots, "---", safe=False)


def _closing(subject: Subject) -> Fix | None:
    """Return the fix that closes front matter behind the last of the keys that begin a page."""
    at = 0
    for number, line in enumerate(subject.lines(Span(0, len(subject.text)))):
        written = line.of(subject.text)
        entry = _ENTRY.match(written)
        if number > _LONGEST or (number and not written.strip()):
            break
        if entry and (entry["blank"] or not entry["value"]):
            at = line.end
        elif number and not written.startswith((" ", "\t", "#")):
            break
    return inserted(at, f"{_line_end(subject)}---", safe=False) if at else None


def _line_end(subject: Subject) -> str:
    return "\r\n" if "\r\n" in subject.text[:_LONGEST] else "\n"


@page_rule(
    "LF105",
    "front-matter-without-keys",
    "The front matter holds no keys.",
    "Write one `key: value` a line.",
)
def front_matter_without_keys(subject: Subject) -> Iterator[Finding]:
    """Report front matter that holds no keys.

    ## What it does
    Looks whether there is at least one `key: value` between the two `---` at the top of the page.

    ## Why
    MkDocs takes it for text and shows it: as a line, or as a heading.

    ## Example
    ```markdown
    ---
    All about assessments
    ---
    ```

    ## Use instead
    ```markdown
    ---
    title: All about assessments
    ---
    ```

    ## Fix
    None: only the writer knows under which key a text belongs. If the two lines were meant as
    lines across the page, put an empty line above the first one.
    """
    if closed_by_dots(subject):
        return
    for defect in subject.defects(DefectKind.FRONT_MATTER_NOT_A_MAPPING):
        yield found(next(subject.lines(defect.span), defect.span))
    front_matter = subject.page.front_matter
    if front_matter.span.end and not front_matter.entries and not front_matter.defects:
        yield found(next(subject.lines(front_matter.span), front_matter.span))


@page_rule(
    "LF115",
    "byte-order-mark",
    "The file begins with a byte order mark.",
    "Save it as UTF-8 without one.",
    severity=Severity.NOTICE,
    confidence=Confidence.CERTAIN,
    fixable="safe",
)
def byte_order_mark(subject: Subject) -> Iterator[Finding]:
    """Report a byte order mark.

    ## What it does
    Looks at the first three bytes of the file.

    ## Why
    Nobody sees the mark, and UTF-8 does not need it. But a tool that does not expect it finds no
    front matter in the page, and each tool that removes or adds it changes the file.

    ## Example
    ```text
    EF BB BF 2D 2D 2D
    ```

    ## Use instead
    ```text
    2D 2D 2D
    ```

    ## Fix
    Safe: the mark is removed.
    """
    if subject.page.bom:
        # Behind a second mark, which is text, the front matter has not been seen yet.
        more = len(subject.text) - len(subject.text.lstrip("\ufeff"))
        edits = (Edit(Span(0, more), ""),) if more else ()
        yield found(Span(0, 0), fix=Fix(edits, safe=not more, drop_bom=True))
