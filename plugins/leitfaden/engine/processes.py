"""Processes that are copies of this one and send back what they have found out.

A copy has all that was read and prepared before, at no cost, and whatever it changes is its own.
"""

from __future__ import annotations

import io
import os
import pickle
import select
import signal
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, NoReturn

from mkdocs.exceptions import BuildError

_LENGTH = struct.Struct("<Q")
_INTERRUPTED = 130  # as shells count: 128 and the number of the signal
_ENDS = (signal.SIGINT, signal.SIGTERM)
_PATIENCE = 5.0  # seconds that a process gets to end by itself
_AWAKE = 0.2  # seconds after which it is looked whether others have ended


class WorkerLost(BuildError):
    """A process ended without saying what it had found out."""


@dataclass(frozen=True)
class Failure:
    """What ended the work of another process.

    Args:
        error: The exception.
        trace: Where it was raised, as text.
    """

    error: Exception
    trace: str

    @classmethod
    def of(cls, error: Exception) -> Failure:
        """Return an exception in a form that can be sent."""
        trace = "".join(traceback.format_exception(error)).rstrip()
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:  # there is no telling what an exception of others does when it is copied
            error = RuntimeError(f"{type(error).__name__}: {error}")
        return cls(error, trace)

    def raise_again(self) -> NoReturn:
        """Raise the exception here; where it came from is told with it."""
        self.error.add_note(f"\nIn another process:\n{self.trace}")
        raise self.error


def can_fork() -> bool:
    """Tell whether this process may be copied: a copy of threads would hold their locks for ever.

    On macOS the system's own libraries start threads that Python cannot see.
    """
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


class Pipe:
    """A way for texts of any length, and for objects, from one process to another."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()

    def receiving(self) -> None:
        """Keep only the end at which this process receives."""
        self._write = _closed(self._write)

    def sending(self) -> None:
        """Keep only the end at which this process sends."""
        self._read = _closed(self._read)

    def close(self) -> None:
        """Close both ends, as far as they are open."""
        self._read, self._write = _closed(self._read), _closed(self._write)

    def send(self, data: bytes) -> None:
        """Send bytes; they wait in the pipe or here until they are received."""
        view = memoryview(_LENGTH.pack(len(data)) + data)
        while view:
            view = view[os.write(self._write, view) :]

    def receive(self) -> bytes | None:
        """Return what was sent next; None if nothing more will come."""
        head = self._exactly(_LENGTH.size)
        return None if head is None else self._exactly(_LENGTH.unpack(head)[0])

    def waits(self, seconds: float) -> bool:
        """Wait until there is something to receive, or nothing more will come; False if not."""
        return bool(select.select([self._read], [], [], seconds)[0])

    def _exactly(self, count: int) -> bytes | None:
        parts = io.BytesIO()
        while parts.tell() < count:
            part = os.read(self._read, min(count - parts.tell(), 1 << 20))
            if not part:
                return None
            parts.write(part)
        return parts.getvalue()


def _closed(end: int) -> int:
    """Close the end of a pipe, once: its number soon means something else."""
    if end >= 0:
        os.close(end)
    return -1


class Tokens:
    """As many as processes may work at the same time; each that works holds one."""

    def __init__(self, count: int) -> None:
        self._read, self._write = os.pipe()
        os.write(self._write, b"." * count)

    def take(self) -> None:
        """Wait for one and take it."""
        os.read(self._read, 1)

    def give(self) -> None:
        """Give one back."""
        os.write(self._write, b".")

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Leave the own one to others while this process only waits.

        After an error it is not taken back: a process that was killed may have had the last one.
        """
        self.give()
        yield
        self.take()


class Queue:
    """Numbers that several processes take one by one.

    Args:
        first: The first one.
        behind: What comes behind the last one.
    """

    def __init__(self, first: int, behind: int) -> None:
        self._read, write = os.pipe()
        # More than fits into a pipe would wait for a reader that does not exist yet.
        step = -(-(behind - first) // _MOST_PARTS) or 1
        self._parts = [range(at, min(at + step, behind)) for at in range(first, behind, step)]
        for number in range(len(self._parts)):
            os.write(write, _PART.pack(number))
        os.close(write)

    def __iter__(self) -> Iterator[int]:
        """Take the next numbers until there are none."""
        while part := os.read(self._read, _PART.size):
            yield from self._parts[_PART.unpack(part)[0]]

    def close(self) -> None:
        """Take no more."""
        os.close(self._read)


_PART = struct.Struct("<H")
_MOST_PARTS = 1024  # two bytes each: even the smallest pipes hold them


@dataclass
class Child:
    """A process that was started.

    Args:
        pid: Its number.
        results: Brings what it sends.
        orders: Takes what it is to do next.
        code: Its exit code, once it has ended.
    """

    pid: int
    results: Pipe
    orders: Pipe
    code: int | None = None

    def order(self, data: bytes) -> None:
        """Let it go on; one that has ended meanwhile is noticed when it is asked."""
        with suppress(BrokenPipeError):
            self.orders.send(data)

    def has_ended(self, *, wait: bool = False) -> bool:
        """Tell whether it has ended.

        Args:
            wait: Wait until it has.
        """
        if self.code is None:
            pid, status = os.waitpid(self.pid, 0 if wait else os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if pid else None
        return self.code is not None

    def lost(self) -> WorkerLost:
        """Return what tells that it has ended too early."""
        self.has_ended(wait=True)
        code = self.code or 0
        number = signal.strsignal(-code) if code < 0 else None
        how = f"was ended by signal {-code} ({number})" if number else f"ended with {code}"
        return WorkerLost(f"A process of the build {how}; the site is not complete.")

    def close(self, *, end: bool = False) -> None:
        """Wait for its end.

        Args:
            end: End it if it has not.
        """
        self.orders.close()
        self.results.close()
        if end and not self.has_ended():
            os.kill(self.pid, signal.SIGTERM)
            patience = time.monotonic() + _PATIENCE
            while not self.has_ended() and time.monotonic() < patience:
                time.sleep(0.01)
            if not self.has_ended():
                os.kill(self.pid, signal.SIGKILL)
        self.has_ended(wait=True)


@dataclass
class Family:
    """The processes that this one has started.

    Args:
        children: The processes.
        while_waiting: Is called now and then while this one waits for another.
    """

    children: list[Child] = field(default_factory=list)
    while_waiting: Callable[[], None] = lambda: None

    def start(self, work: Callable[[Pipe, Pipe], None]) -> Child:
        """Start a process.

        Args:
            work: What it does; it is given the pipe for results and that for orders.
        """
        results, orders = Pipe(), Pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        # A copy that is to end while it is being made would do so as the original does, and one
        # that is not noted yet would be left behind.
        signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)
        try:
            pid = os.fork()
            if pid == 0:
                try:
                    self._work(work, results, orders)
                finally:
                    os._exit(_INTERRUPTED)  # whatever happens, it never goes on as the original
            results.receiving()
            orders.sending()
            child = Child(pid, results, orders)
            self.children.append(child)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDS)
        return child

    def _work(self, work: Callable[[Pipe, Pipe], None], results: Pipe, orders: Pipe) -> NoReturn:
        """Work as the copy, and end without anything that only the original is to do."""
        code = 1
        try:
            _families.clear()  # those of the original
            signal.signal(signal.SIGTERM, _end_with_families)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDS)
            for other in self.children:  # else they would never hear that the original has ended
                other.orders.close()
                other.results.close()
            results.sending()
            orders.receiving()
            work(results, orders)
            code = 0
        except (KeyboardInterrupt, SystemExit):  # Ctrl-C reaches all; the original tells of it
            code = _INTERRUPTED
        except BrokenPipeError:  # nobody waits for it any more
            pass
        except BaseException:
            traceback.print_exc()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)

    def receive(self, child: Child) -> bytes:
        """Return what a process sends next.

        Raises:
            WorkerLost: It has ended without, or another has, for which it may wait in vain.
        """
        while not child.results.waits(_AWAKE):
            self.while_waiting()
            for other in self.children:
                if other is not child and other.has_ended() and other.code:
                    raise other.lost()
        data = child.results.receive()
        if data is None:
            raise child.lost()
        return data

    def end(self, *, at_once: bool = False) -> None:
        """Wait for all processes.

        Args:
            at_once: End those that have not.
        """
        while self.children:
            self.children[-1].close(end=at_once)
            self.children.pop()  # now only: Ctrl-C may have come while it was waited for


_families: list[Family] = []


@contextmanager
def family() -> Iterator[Family]:
    """Start processes that do not outlive this block."""
    all_of_them = Family()
    _families.append(all_of_them)
    try:
        yield all_of_them
        all_of_them.end()
    except BaseException:
        all_of_them.end(at_once=True)
        raise
    finally:
        _families[:] = [one for one in _families if one is not all_of_them]


def _end_with_families(number: int, _: FrameType | None) -> NoReturn:
    """End this process and all that it has started.

    An exception would not do: raised while an object is being deleted, it is only printed.
    """
    for one in _families:
        for child in one.children:
            if child.code is None:  # else its number may be another one's by now
                os.kill(child.pid, signal.SIGTERM)
    os._exit(_INTERRUPTED)


def leave_if_alone(parent: int) -> None:
    """End this process if the one that started it has ended."""
    if os.getppid() != parent:
        os._exit(_INTERRUPTED)


def dumped(value: Any, persistent: Callable[[Any], Any] | None = None) -> bytes:
    """Return an object as bytes.

    Args:
        value: The object.
        persistent: Returns a name for what the other process has as well, None for all else.
    """
    if persistent is None:
        return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    buffer = io.BytesIO()
    pickler = _Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.persistent = persistent
    pickler.dump(value)
    return buffer.getvalue()


def loaded(data: bytes, known: Callable[[Any], Any] | None = None) -> Any:
    """Return an object from bytes of an own process.

    Args:
        data: The bytes.
        known: Returns what stands behind a name that `dumped` was given.
    """
    if known is None:
        return pickle.loads(data)
    unpickler = _Unpickler(io.BytesIO(data))
    unpickler.known = known
    return unpickler.load()


class _Pickler(pickle.Pickler):
    persistent: Callable[[Any], Any]

    def persistent_id(self, obj: Any) -> Any:
        """Return the name of what is not copied."""
        return self.persistent(obj)


class _Unpickler(pickle.Unpickler):
    known: Callable[[Any], Any]

    def persistent_load(self, pid: Any) -> Any:
        """Return what has that name here."""
        return self.known(pid)
