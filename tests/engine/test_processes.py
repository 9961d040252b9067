"""Processes that are copies of this one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from leitfaden.engine.processes import (
    Child,
    Failure,
    Pipe,
    Queue,
    Tokens,
    WorkerLost,
    dumped,
    family,
    loaded,
)

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy processes"),
    # pytest-xdist has threads; the engine asks `can_fork` before it begins.
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]


def test_what_a_process_sends_arrives_whatever_its_length() -> None:
    long = os.urandom(3_000_000)

    def work(results: Pipe, _: Pipe) -> None:
        for data in (b"", long, b"end"):
            results.send(data)

    with family() as processes:
        child = processes.start(work)
        assert [processes.receive(child) for _ in range(3)] == [b"", long, b"end"]


def test_it_does_what_it_is_told_and_knows_what_was_known() -> None:
    known = {"answer": 42}

    def work(results: Pipe, orders: Pipe) -> None:
        while (order := orders.receive()) is not None:
            results.send(dumped(known[order.decode()]))

    with family() as processes:
        child = processes.start(work)
        child.order(b"answer")
        assert loaded(processes.receive(child)) == 42


@pytest.mark.parametrize("count", [0, 1, 7, 5_000])
def test_numbers_are_taken_once_whoever_takes_them(count: int) -> None:
    queue = Queue(3, 3 + count)

    def work(results: Pipe, _: Pipe) -> None:
        results.send(dumped(list(queue)))

    with family() as processes:
        children = [processes.start(work) for _ in range(3)]
        queue.close()
        taken = [loaded(processes.receive(child)) for child in children]
    assert all(numbers == sorted(numbers) for numbers in taken)
    assert sorted(number for numbers in taken for number in numbers) == list(range(3, 3 + count))


def test_no_more_work_at_the_same_time_than_there_are_tokens() -> None:
    tokens, (read, write) = Tokens(2), os.pipe()

    def work(results: Pipe, _: Pipe) -> None:
        tokens.take()
        os.write(write, b"+")
        time.sleep(0.02)
        os.write(write, b"-")
        tokens.give()
        results.send(b"")

    with family() as processes:
        for child in [processes.start(work) for _ in range(6)]:
            processes.receive(child)
    told = os.read(read, 100).decode()
    at_once = [told[:end].count("+") - told[:end].count("-") for end in range(len(told) + 1)]
    assert len(told) == 12
    assert max(at_once) <= 2


def test_one_that_dies_is_noticed_even_while_another_is_asked() -> None:
    def dies(_: Pipe, __: Pipe) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def waits(_: Pipe, orders: Pipe) -> None:
        orders.receive()

    def ask_one_of_two() -> None:
        with family() as processes:
            waiting = processes.start(waits)
            processes.start(dies)
            processes.receive(waiting)

    with pytest.raises(WorkerLost, match="ended by signal 9"):
        ask_one_of_two()


def test_all_of_them_end_with_the_block(capfd: pytest.CaptureFixture[str]) -> None:
    def waits(results: Pipe, _: Pipe) -> None:
        results.send(b"")
        time.sleep(60)

    children: list[Child] = []

    def fail() -> None:
        with family() as processes:
            children.extend(processes.start(waits) for _ in range(2))
            for child in children:
                processes.receive(child)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert [child.has_ended() for child in children] == [True, True]
    assert capfd.readouterr() == ("", "")


def test_an_error_that_cannot_be_sent_is_told_all_the_same() -> None:
    class Local(Exception):
        pass

    try:
        raise Local("what was wrong")
    except Local as error:
        failure = loaded(dumped(Failure.of(error)))
    with pytest.raises(RuntimeError, match="Local: what was wrong") as raised:
        failure.raise_again()
    assert "test_processes.py" in "".join(raised.value.__notes__)


STARTED = "with processes.family() as family: family.start(lambda results, orders: time.sleep(30))"


@pytest.mark.parametrize(
    "moment",
    [
        # While it is being started.
        "fork = os.fork\n"
        "def forked():\n"
        "    pid = fork()\n"
        "    if pid: os.kill(os.getpid(), signal.SIGINT)\n"
        "    return pid\n"
        "os.fork = forked",
        # While it is waited for.
        "parent = os.getpid()\n"
        "receive = os.waitpid\n"
        "def waited(pid, options):\n"
        "    os.waitpid = receive\n"
        "    os.kill(parent, signal.SIGINT)\n"
        "    return receive(pid, options)\n"
        "os.waitpid = waited",
    ],
)
def test_ctrl_c_at_any_moment_leaves_none_behind(moment: str) -> None:
    program = f"""
import os, signal, time
from leitfaden.engine import processes
{moment}
try:
    {STARTED}
except KeyboardInterrupt:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        print("none")
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "none\n", done.stderr
