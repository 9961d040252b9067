"""What checks find while the site is served: looked for aside, told when it is new."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from leitfaden.model import Diagnostic, Place, Position, Severity

_PROGRAM = "from leitfaden.cli import main; main()"
_QUIET = 0.25  # seconds: whoever has just saved is answered first
_KNOWN = (0, 1)  # the exit codes of a check that could be made
_NICE = 10

Key: TypeAlias = tuple[str, str, str]
Found: TypeAlias = Sequence[Diagnostic]


@dataclass(frozen=True)
class Wanted:
    """What is checked.

    Args:
        root: The project's folder.
        contract: Its contract, relative to it.
        docs: The folder of its pages.
        languages: The languages in which it is told; the first one in the terminal.
    """

    root: Path
    contract: str
    docs: Path
    languages: Sequence[str]


class Checker:
    """Checks in a process of its own, whenever something has changed.

    Args:
        found: Takes what has been found, in each language.
        failed: Takes why nothing could be.
    """

    def __init__(
        self, found: Callable[[Mapping[str, Found]], None], failed: Callable[[str], None]
    ) -> None:
        self._found = found
        self._failed = failed
        self._wanted: Wanted | None = None
        self._change = threading.Condition()
        self._is_open = True
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._work, name="checks", daemon=True)
        self._thread.start()

    def check(self, wanted: Wanted) -> None:
        """Check soon; once for several changes."""
        with self._change:
            self._wanted = wanted
            self._change.notify()

    def stop(self) -> None:
        """Check no longer."""
        with self._change:
            self._is_open = False
            self._change.notify()
            if self._process is not None:
                self._process.kill()

    def _work(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._wanted is not None or not self._is_open)
                while self._is_open and self._change.wait(_QUIET):
                    pass  # another change
                wanted, self._wanted = self._wanted, None
                if not self._is_open or wanted is None:
                    return
            self._check(wanted)

    def _check(self, wanted: Wanted) -> None:
        told: dict[str, Found] = {}
        for language in wanted.languages:  # all but the first are told what is kept
            found = self._found_in(language, wanted)
            if found is None:
                return
            told[language] = found
        self._found(told)

    def _found_in(self, language: str, wanted: Wanted) -> Found | None:
        """Return what is found, told in a language; None if that cannot be, or is late."""
        command = [sys.executable, "-c", _PROGRAM, "check", "--format", "json"]
        command += ["--fail-on", "never", "--language", language, "--jobs", "1"]
        command += ["--contract", wanted.contract, "--docs", str(wanted.docs)]
        try:
            process = subprocess.Popen(
                command,
                cwd=wanted.root,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            self._failed(str(error))
            return None
        with suppress(AttributeError, OSError):  # not all systems know of it
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
        with self._change:
            self._process = process
            if not self._is_open:
                process.kill()
        output, complaint = process.communicate()
        with self._change:
            self._process = None
            is_late = self._wanted is not None or not self._is_open
        if is_late:
            return None  # what it has found may be no longer so
        found = _read(output) if process.returncode in _KNOWN else None
        if found is None:
            self._failed(complaint.strip().rpartition("\n")[2])
        return found


def _read(output: str) -> list[Diagnostic] | None:
    """Return the findings of a report; None if it is none."""
    try:
        return [_diagnostic(one) for one in json.loads(output)["diagnostics"]]
    except (ValueError, LookupError, TypeError):
        return None


def _diagnostic(one: dict[str, Any]) -> Diagnostic:
    return Diagnostic(
        one["code"],
        Severity(one["severity"]),
        _place(one["place"]),
        one["message"],
        one["help"],
        one["name"],
        more=tuple(_place(place) for place in one["more"]),
    )


def _place(place: dict[str, Any]) -> Place:
    start = place.get("start")
    return Place(place["path"], Position(start["line"], start["column"]) if start else None)


class News:
    """Knows which findings have been told, wherever on a page they stand by now."""

    def __init__(self) -> None:
        self._told: Counter[Key] = Counter()
        self.has_told = False

    def take(self, found: Iterable[Diagnostic]) -> tuple[list[Diagnostic], int]:
        """Return what is new, and how many are gone.

        Args:
            found: All that has been found.
        """
        left, new = Counter(self._told), list[Diagnostic]()
        now: Counter[Key] = Counter()
        for one in found:
            key = (one.place.path, one.code, one.message)
            now[key] += 1
            if left[key] > 0:
                left[key] -= 1
            else:
                new.append(one)
        self._told, self.has_told = now, True
        return new, sum(left.values())


def of_page(found: Sequence[Diagnostic], path: str) -> list[Diagnostic]:
    """Return the findings on a page.

    Args:
        found: All findings.
        path: The page's file, relative to the project.
    """
    return [one for one in found if one.place.path == path]
