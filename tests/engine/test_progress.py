"""Whoever waits sees how far a build is; a log that nobody watches is not cluttered."""

from __future__ import annotations

import io
import logging
import os
import sys
import time

import pytest

from leitfaden.engine.progress import Meter, Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.delenv("TERM", raising=False)
    return now


def watched(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO) -> Progress:
    """Return a line on a stream; not a fixture, as pytest has its own streams between those."""
    monkeypatch.setattr(sys, "stderr", stream)
    return Progress()


def test_nothing_is_shown_of_what_does_not_take_long(
    monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    line = watched(monkeypatch, terminal := Terminal())
    clock[0] = 0.9
    line.show("1 of 2")
    line.end()
    assert terminal.getvalue() == ""


def test_the_line_is_taken_away_in_the_end(
    monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    line = watched(monkeypatch, terminal := Terminal())
    clock[0] = 1.5
    line.show("1 of 2")
    line.show("2 of 2")  # too soon for anybody to read
    line.end()
    assert terminal.getvalue() == "\r\x1b[K1 of 2\r\x1b[K"


def test_what_is_logged_stands_above_the_line(
    monkeypatch: pytest.MonkeyPatch, clock: list[float]
) -> None:
    log, line = logging.Logger("one"), watched(monkeypatch, terminal := Terminal())
    log.addHandler(logging.StreamHandler(terminal))
    with line.beside(log):
        for second in (2, 3):
            clock[0] = second
            line.show(f"{second} of 3")
            log.warning("Told")
    log.warning("Behind")
    shown = terminal.getvalue()
    assert shown == "\r\x1b[K2 of 3\r\x1b[KTold\n\r\x1b[K3 of 3\r\x1b[KTold\nBehind\n"


def test_no_terminal_no_line(monkeypatch: pytest.MonkeyPatch, clock: list[float]) -> None:
    line = watched(monkeypatch, stream := io.StringIO())
    clock[0] = 2
    line.show("1 of 2")
    line.end()
    assert stream.getvalue() == ""


def test_all_processes_count_together() -> None:
    meter = Meter()
    meter.count()
    if os.fork() == 0:
        meter.count(2)
        os._exit(0)
    os.wait()
    assert meter.done == 3
