"""What fixes change, as a unified diff that `patch` and git understand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from leitfaden.fixing.result import FixedPage

_CONTEXT = 3
# Comparing lines that repeat themselves takes quadratic time: fine for any real page, not for
# hostile ones.
_MANY = 5_000
_NO_END = "\n\\ No newline at end of file\n"


def unified_diff(fixed: FixedPage) -> str:
    """Return what the fixes change; empty if they change nothing.

    Args:
        fixed: The page before and after them.
    """
    old = _lines(fixed.before.text, fixed.before.bom)
    new = _lines(fixed.after.text, fixed.after.bom)
    return _diff(fixed.path, old, new)


def text_diff(path: str, before: str, after: str) -> str:
    """Return how a file changes from one text to another; empty if it does not.

    Args:
        path: The file, relative to the project, with `/`.
        before: What it holds, with its byte order mark if it has one.
        after: What it is to hold.
    """
    return _diff(path, _lines(before, False), _lines(after, False))


def _diff(path: str, old: Sequence[str], new: Sequence[str]) -> str:
    hunks = "".join(_hunk(group, old, new) for group in _grouped(_opcodes(old, new)))
    old_name, new_name = _name(f"a/{path}"), _name(f"b/{path}")
    return f"--- {old_name}\n+++ {new_name}\n{hunks}" if hunks else ""


def _name(path: str) -> str:
    """Return a file's name as git writes it: what could end it is quoted, or a tab ends it."""
    if path.isprintable() and not set(path) & set('"\\'):
        return f"{path}\t" if " " in path else path
    plain = path.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else _octal(c) for c in plain) + '"'


def _octal(char: str) -> str:
    return "".join(f"\\{byte:03o}" for byte in char.encode())


def _lines(text: str, bom: bool) -> list[str]:
    """Return the lines with their ends, as git counts them: only a line feed ends one."""
    lines = (("\ufeff" if bom else "") + text).split("\n")
    ended = [f"{line}\n" for line in lines[:-1]]
    return [*ended, lines[-1]] if lines[-1] else ended


_Opcode = tuple[str, int, int, int, int]


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[_Opcode]:
    first, behind = _common(old, new)
    ours, theirs = old[first : len(old) - behind], new[first : len(new) - behind]
    codes = [("equal", 0, first, 0, first)] if first else []
    if max(len(ours), len(theirs)) <= _MANY:
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        found: Sequence[_Opcode] = matcher.get_opcodes()
    else:
        found = _line_by_line(ours, theirs)
    codes += [(tag, a + first, b + first, c + first, d + first) for tag, a, b, c, d in found]
    if behind:
        codes.append(("equal", len(old) - behind, len(old), len(new) - behind, len(new)))
    return codes


def _common(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many lines are the same at the beginning, and how many at the end."""
    limit = min(len(old), len(new))
    first = next((i for i in range(limit) if old[i] != new[i]), limit)
    limit -= first
    behind = next((i for i in range(limit) if old[-1 - i] != new[-1 - i]), limit)
    return first, behind


def _line_by_line(old: Sequence[str], new: Sequence[str]) -> list[_Opcode]:
    if len(old) != len(new):
        return [("replace", 0, len(old), 0, len(new))]
    codes: list[_Opcode] = []
    start = 0
    for at in range(1, len(old) + 1):
        equal = old[start] == new[start]
        if at == len(old) or (old[at] == new[at]) != equal:
            codes.append(("equal" if equal else "replace", start, at, start, at))
            start = at
    return codes


def _grouped(codes: Sequence[_Opcode]) -> Iterator[Sequence[_Opcode]]:
    matcher: SequenceMatcher[str] = SequenceMatcher()
    matcher.opcodes = list(codes)  # type: ignore[attr-defined] # as it keeps them for itself
    yield from matcher.get_grouped_opcodes(_CONTEXT)


def _hunk(group: Sequence[_Opcode], old: Sequence[str], new: Sequence[str]) -> str:
    if all(tag == "equal" for tag, *_ in group):
        return ""
    first, last = group[0], group[-1]
    parts = [f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@\n"]
    for tag, start, end, begin, limit in group:
        if tag == "equal":
            parts += (_line(" ", line) for line in old[start:end])
            continue
        parts += (_line("-", line) for line in old[start:end])
        parts += (_line("+", line) for line in new[begin:limit])
    return "".join(parts)


def _line(mark: str, line: str) -> str:
    return f"{mark}{line}" if line.endswith("\n") else f"{mark}{line}{_NO_END}"


def _range(start: int, end: int) -> str:
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"
