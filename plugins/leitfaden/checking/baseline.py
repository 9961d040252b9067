"""The baseline: findings that were there before checks were, and that nobody is told of.

An entry is keyed by what its lines say, not by where they stand: whoever moves them, or edits
others, is not told of it, and whoever edits the line itself is. It may only shrink.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Finding, Found
from leitfaden.checking.outside import outside
from leitfaden.checking.registry import all_rules
from leitfaden.checking.wording import diagnostic
from leitfaden.model import Diagnostic, Place, Position, Span

DEFAULT_NAME = ".leitfaden-baseline.json"
USED_UP, BROKEN = "LF924", "LF925"

_VERSION = 1
_TEXTS = ("path", "code", "fingerprint", "message")
_MAX_BYTES = 64 * 1024 * 1024
_MOST_LINES = 100  # of a finding: one on all of a page must not take as long as the page is long

TextOf = Callable[[str], str]
_Key = tuple[str, str, str]


class BaselineError(Exception):
    """A baseline that cannot be used.

    Args:
        diagnostics: What is wrong with it.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        self.diagnostics = diagnostics
        super().__init__(diagnostics)

    def __str__(self) -> str:
        return "\n".join(str(diagnostic) for diagnostic in self.diagnostics)


@dataclass(frozen=True, slots=True)
class Entry:
    """Findings on one page that are alike.

    Args:
        path: The page, relative to the project.
        code: The rule.
        fingerprint: What stands for the finding and the lines that it is about.
        count: How many there are.
        message: What the first of them says, for people.
        line: The entry's line in the file; 0 if it has not been written.
    """

    path: str
    code: str
    fingerprint: str
    count: int
    message: str = ""
    line: int = 0

    @property
    def key(self) -> _Key:
        """What a finding must have in common with the entry."""
        return self.path, self.code, self.fingerprint


class Located(NamedTuple):
    """A finding with what is known of its page.

    Args:
        facts: What is known of it.
        found: The finding.
        place: Where it is, if not on a page; then only the path of the facts counts.
    """

    facts: PageFacts
    found: Found
    place: Place | None = None


class Split(NamedTuple):
    """Findings beside a baseline.

    Args:
        new: Those that are to be told, in their order.
        known: Those that the baseline knows.
        used_up: The entries, or the parts of entries, that no finding is left for.
    """

    new: list[Located]
    known: list[Located]
    used_up: list[Entry]


class Baseline:
    """Findings that are known.

    Args:
        entries: In any order; those with the same key count together.
    """

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        united: dict[_Key, Entry] = {}
        for entry in entries:
            known = united.get(entry.key)
            count = entry.count + (known.count if known else 0)
            united[entry.key] = replace(known or entry, count=count)
        self.entries = tuple(united[key] for key in sorted(united))
        self._places = {(entry.path, entry.code) for entry in self.entries}

    def split(
        self,
        found: Iterable[Located],
        text_of: TextOf,
        checked: Container[str] | None = None,
    ) -> Split:
        """Tell new findings from known ones.

        Args:
            found: The findings that would be told.
            text_of: Returns the text of a page by its path, without a byte order mark.
            checked: The pages whose findings are all there; entries of others are not used up,
                only not asked for. None for all pages.
        """
        left = {entry.key: entry.count for entry in self.entries}
        prints = _Fingerprints(text_of)
        split = Split([], [], [])
        for one in found:
            known = (one.facts.path, one.found.code) in self._places and _take(
                left, prints.key(one)
            )
            (split.known if known else split.new).append(one)
        split.used_up.extend(
            replace(entry, count=left[entry.key])
            for entry in self.entries
            if left[entry.key] and (checked is None or entry.path in checked)
        )
        return split

    def without(self, used_up: Iterable[Entry]) -> Baseline:
        """Return the baseline without what is used up.

        Args:
            used_up: What `split` has returned.
        """
        gone = {entry.key: entry.count for entry in used_up}
        kept = (replace(e, count=e.count - gone.get(e.key, 0)) for e in self.entries)
        return Baseline(entry for entry in kept if entry.count > 0)


def _take(left: dict[_Key, int], key: _Key) -> bool:
    if left.get(key, 0) < 1:
        return False
    left[key] -= 1
    return True


def updated(
    baseline: Baseline | None,
    found: Iterable[Located],
    text_of: TextOf,
    checked: Container[str] | None = None,
) -> Baseline:
    """Return the baseline as it is to be written: a first one of all findings, else a smaller one.

    Args:
        baseline: The baseline as it is; None if there is no file yet.
        found: The findings that would be told without a baseline.
        text_of: Returns the text of a page by its path, without a byte order mark.
        checked: The pages whose findings are all there; None for all.
    """
    if baseline is None:
        return _first(found, text_of)
    return baseline.without(baseline.split(found, text_of, checked).used_up)


def _first(found: Iterable[Located], text_of: TextOf) -> Baseline:
    prints = _Fingerprints(text_of)
    entries: dict[_Key, Entry] = {}
    for one in found:
        key = prints.key(one)
        known = entries.get(key)
        if known:
            entries[key] = replace(known, count=known.count + 1)
        else:
            entries[key] = Entry(*key, 1, _message(one))
    return Baseline(entries.values())


def _message(one: Located) -> str:
    rule = all_rules()[one.found.code]
    return diagnostic(rule, one.found.finding, one.facts).message


class _Fingerprints:
    """What stands for findings: their values, and their lines but for the blanks in them.

    Args:
        text_of: Returns the text of a page by its path.
    """

    def __init__(self, text_of: TextOf) -> None:
        self._text_of = text_of
        self._lines: dict[str, dict[int, bytes]] = {}

    def key(self, one: Located) -> _Key:
        """Return what stands for a finding."""
        facts, (code, finding), _ = one
        return facts.path, code, self._fingerprint(finding, facts)

    def _fingerprint(self, finding: Finding, facts: PageFacts) -> str:
        values = (finding.variant, *sorted(finding.values.items()))
        digest = blake2b(_bytes(json.dumps(values)), digest_size=8)
        if finding.span != Span(0, 0):
            first = facts.position(finding.span.start).line
            last = facts.position(max(finding.span.start, finding.span.end - 1)).line
            for line in range(first, min(last, first + _MOST_LINES - 1) + 1):
                digest.update(self._line(facts, line))
        return digest.hexdigest()

    def _line(self, facts: PageFacts, line: int) -> bytes:
        lines = self._lines.setdefault(facts.path, {})
        if line not in lines:
            starts = facts.line_starts
            end = starts[line] if line < len(starts) else None
            text = " ".join(self._text_of(facts.path)[starts[line - 1] : end].split())
            lines[line] = blake2b(_bytes(text), digest_size=8).digest()
        return lines[line]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


# The file


def load_baseline(path: Path, shown: str | None = None, language: str = "en") -> Baseline | None:
    """Read a baseline.

    Args:
        path: The file.
        shown: What findings call it; its path if not given.
        language: The language of the messages.

    Returns:
        The baseline, or None if there is no such file.

    Raises:
        BaselineError: The file cannot be read, or is no baseline.
    """
    file = _File(shown or path.as_posix(), language)
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise file.error("unreadable", reason=error.strerror or "it is no file") from None
    if len(data) > _MAX_BYTES:
        raise file.error("unreadable", reason=f"more than {_MAX_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise file.error("unreadable", line, reason="not UTF-8") from None
    return Baseline(file.entries(text))


def used_up_told(
    entries: Iterable[Entry], shown: str, language: str = "en"
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each entry that no finding is left for, by its line in the file.

    Args:
        entries: The entries.
        shown: What findings call the file.
        language: The language of the messages.
    """
    for entry in sorted(entries, key=lambda entry: entry.line):
        start = Position(entry.line, 1) if entry.line else None
        yield outside(
            USED_UP,
            Place(shown, start, start),
            "" if entry.count == 1 else "several",
            language=language,
            values={"rule": entry.code, "path": entry.path, "count": entry.count},
        )


def write_baseline(path: Path, baseline: Baseline) -> bool:
    """Write a baseline, unless the file already says the same.

    Args:
        path: The file.
        baseline: What it is to hold.

    Returns:
        Whether it was written.

    Raises:
        OSError: It cannot be written; then it is as it was.
    """
    content = baseline_text(baseline).encode("utf-8", "backslashreplace")  # as JSON writes it
    with suppress(OSError):
        if path.read_bytes() == content:
            return False
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def baseline_text(baseline: Baseline) -> str:
    """Return what the file holds: one entry a line, so that versions can be compared and merged.

    Args:
        baseline: The baseline.
    """
    entries = ",\n".join(
        f"    {json.dumps(_plain(entry), ensure_ascii=False)}" for entry in baseline.entries
    )
    return f'{{\n  "version": {_VERSION},\n  "findings": [\n{entries}\n  ]\n}}\n'


def _plain(entry: Entry) -> dict[str, str | int]:
    return {
        "path": entry.path,
        "code": entry.code,
        "count": entry.count,
        "message": entry.message,
        "fingerprint": entry.fingerprint,
    }


class _File:
    """A baseline's file while it is read: JSON, whose entries know their lines.

    Args:
        shown: What findings call it.
        language: The language of the messages.
    """

    def __init__(self, shown: str, language: str) -> None:
        self._shown = shown
        self._language = language
        self._decoder = json.JSONDecoder()

    def error(
        self, variant: str, line: int = 0, column: int = 1, **values: object
    ) -> BaselineError:
        """Return what is to be raised."""
        start = Position(line, column) if line else None
        place = Place(self._shown, start, start)
        return BaselineError(
            (outside(BROKEN, place, variant, language=self._language, values=values),)
        )

    def entries(self, text: str) -> list[Entry]:
        """Return the entries.

        Raises:
            BaselineError: The text is no baseline.
        """
        try:
            content = json.loads(text)
        except json.JSONDecodeError as error:
            raise self.error("", error.lineno, error.colno, reason=error.msg) from None
        except (RecursionError, ValueError):  # nested too deeply; a number with too many digits
            raise self.error("", 1, reason="no baseline looks like this") from None
        if not isinstance(content, dict) or "version" not in content:
            raise self.error("shape", 1)
        if content["version"] != _VERSION:
            raise self.error("version", 1, version=content["version"], ours=_VERSION)
        if not isinstance(content.get("findings"), list):
            raise self.error("shape", 1)
        return [self._entry(item, line) for item, line in self._items(text)]

    def _items(self, text: str) -> Iterator[tuple[Any, int]]:
        """Yield what stands in the list `findings`, each with its line."""
        at = _behind(text, 0)
        while text[at] == '"':
            key, at = self._decoder.raw_decode(text, at)
            at = _behind(text, _blank(text, at))
            if key == "findings" and text[at] == "[":
                yield from self._list(text, at)
                return
            _, at = self._decoder.raw_decode(text, at)
            at = _behind(text, _blank(text, at))

    def _list(self, text: str, at: int) -> Iterator[tuple[Any, int]]:
        line, counted = 1, 0
        at = _behind(text, at)
        while text[at] != "]":
            line += text.count("\n", counted, at)
            counted = at
            item, end = self._decoder.raw_decode(text, at)
            yield item, line
            at = _blank(text, end)
            if text[at] == ",":
                at = _behind(text, at)

    def _entry(self, item: Any, line: int) -> Entry:
        if isinstance(item, dict):
            path, code, fingerprint, message = texts = [item.get(key) for key in _TEXTS]
            count = item.get("count")
            if all(isinstance(text, str) for text in texts) and type(count) is int and count > 0:
                return Entry(str(path), str(code), str(fingerprint), count, str(message), line)
        raise self.error("entry", line)


def _blank(text: str, at: int) -> int:
    """Return where the next character stands that is no blank."""
    while text[at] in " \t\r\n":
        at += 1
    return at


def _behind(text: str, at: int) -> int:
    """Return where something stands behind a bracket, a colon or a comma."""
    return _blank(text, _blank(text, at) + 1)
