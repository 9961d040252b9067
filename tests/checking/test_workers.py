"""Work that copies of a process share is the same as if one had done it."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence

import pytest

from leitfaden.checking.workers import shared_by_copies

_HERE = os.getpid()


@pytest.fixture(autouse=True)
def _one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let earlier tests' threads, a browser's for one, be of no account."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def _squares(numbers: Sequence[int]) -> list[int]:
    return [number * number for number in numbers]


def _squares_here_alone(numbers: Sequence[int]) -> list[int]:
    if os.getpid() != _HERE:
        raise RuntimeError("not here")
    return _squares(numbers)


def _ends(numbers: Sequence[int]) -> list[int]:
    if os.getpid() != _HERE:
        os.kill(os.getpid(), 9)
    return _squares(numbers)


def _fails(numbers: Sequence[int]) -> list[int]:
    raise ValueError(len(numbers))


@pytest.mark.parametrize("workers", [2, 3, 8])
@pytest.mark.parametrize("work", [_squares, _squares_here_alone, _ends])
def test_results_come_in_their_order_whatever_becomes_of_a_copy(work: object, workers: int) -> None:
    assert callable(work)
    assert shared_by_copies(work, range(203), workers) == _squares(range(203))


def test_nothing_is_shared_that_is_not_worth_it() -> None:
    assert shared_by_copies(_squares, range(1000), 1) is None
    assert shared_by_copies(_squares, range(30), 8) is None


def test_what_fails_everywhere_fails_and_leaves_no_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fork, started = os.fork, list[int]()

    def noted() -> int:
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", noted)
    with pytest.raises(ValueError, match="50"):
        shared_by_copies(_fails, range(100), 2)
    assert len(started) == 1
    with pytest.raises(ChildProcessError):
        os.waitpid(started[0], os.WNOHANG)
