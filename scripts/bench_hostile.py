"""Builds that are killed, and disks that are full: the last good site must stay whole.

This is no measurement: each site that is neither the last one nor the new one is an error. Builds
are killed at random moments, as a whole or one of their processes, some of them about when the new
site takes the old one's place. All the while somebody reads the site: each file must be one of the
two sites', and the home page must always be there.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from random import Random
from typing import TypeAlias

from scripts.bench_build import Size, made_of
from scripts.measuring import QUIET, load
from scripts.progress import Progress

BUILD = (sys.executable, "-m", "leitfaden", "build", "--quiet")
_LAST = "sitemap.xml"  # of the files of a site, the one that is written last
_JUST_BEFORE = 0.05  # seconds in which the new site takes the old one's place
_MEGABYTE = 1024 * 1024
_PATIENCE = 30.0  # seconds that other processes of a killed build get to notice
_NO_ROOM = "Error: The site cannot be written to"
_DISKS = 6  # sizes that are tried

_WENT_ON, _TOO_LATE = "went on", "had ended before"

Prints: TypeAlias = Mapping[str, bytes]
"""A site: the hash of each file, by its path."""


def bench_hostile(size: Size, kills: int, seed: int) -> bool:
    """Kill builds and fill disks, and tell whether the site was always whole.

    Args:
        size: How large it is.
        kills: How many builds are killed.
        seed: Where chance begins.
    """
    with tempfile.TemporaryDirectory() as name:
        project = Path(name, "project")
        many = made_of(Path(name), size, corpus=False)
        assert many is not None  # it is made of the project's own pages
        many.write(project)
        print(f"hostile: {size}, {kills} kills, seed {seed}; {load()}")
        two = _TwoSites.of(project)
        wrong = [*_killed(two, kills, Random(seed)), *_without_room(two, Path(name, "disk"))]
    for one in wrong[:20]:
        print(f"  WRONG: {one}")
    return not wrong


@dataclass
class _TwoSites:
    """A project with two versions of its texts, and the sites that these make.

    Args:
        project: Its folder.
        seconds: How long a build takes.
        whole: The two sites.
        now: The version that its texts have.
    """

    project: Path
    seconds: float
    whole: tuple[Prints, Prints]
    now: int = 1

    @classmethod
    def of(cls, project: Path) -> _TwoSites:
        """Build both sites of a project; the second one stays."""
        two = cls(project, 0.0, ({}, {}), 0)
        started = time.monotonic()
        first = two.built()
        two.seconds = time.monotonic() - started
        two.turn()
        return cls(project, two.seconds, (first, two.built()))

    @property
    def site(self) -> Path:
        """The folder of the site."""
        return self.project / "site"

    def turn(self) -> None:
        """Give the texts their other version."""
        self.now = 1 - self.now
        for file in sorted((self.project / "docs").rglob("*.md")):
            text = file.read_text("utf-8")
            file.write_text(text.removesuffix(_MORE) if _MORE in text else text + _MORE, "utf-8")

    def start(self, site: Path | None = None) -> subprocess.Popen[bytes]:
        """Start a build, in a session of its own."""
        return subprocess.Popen(
            [*BUILD, "--site-dir", str(site or self.site)],
            cwd=self.project,
            env={**os.environ, **QUIET},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def built(self) -> Prints:
        """Build the site, and return it."""
        with self.start() as process:
            out, _ = process.communicate()
            assert process.returncode == 0, out.decode("utf-8", "replace")
        return prints_of(self.site)

    def left(self) -> list[Path]:
        """Return what builds have left beside the site."""
        return sorted(self.project.glob(".site-*"))


_MORE = "\n\nOne more sentence.\n"


def prints_of(site: Path) -> Prints:
    """Return the hashes of all files of a site.

    Args:
        site: Its folder.
    """
    files = (file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): _print(file.read_bytes()) for file in files}


def _print(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


# Kills


def _killed(two: _TwoSites, kills: int, random: Random) -> Iterator[str]:
    """Kill builds, and yield what was wrong with the site."""
    outcomes: Counter[str] = Counter()
    reader = _Reader(two.site, two.whole, Random(random.random()))
    progress = Progress(kills)
    with reader.reading():
        there = two.whole[two.now]
        while sum(outcomes.values()) - outcomes[_TOO_LATE] < kills:
            turn = sum(outcomes.values()) + 1
            with progress.step(f"kill {turn}"):
                if there == two.whole[two.now]:  # else there is something to build already
                    two.turn()
                outcome = _kill(two, random)
                outcomes[outcome] += 1
                there = prints_of(two.site)
                if outcome == _WENT_ON:
                    yield f"after kill {turn}, other processes of the build go on"
                if there not in two.whole:
                    yield f"after kill {turn}, the site is neither the old nor the new one"
                    return
                if len(two.left()) > 1:
                    yield f"after kill {turn}, {len(two.left())} folders are left behind"
        if two.built() != two.whole[two.now]:
            yield "behind all kills, a build makes another site"
    if two.left():
        yield f"behind a good build, something is left behind: {two.left()}"
    yield from reader.wrong
    told = ", ".join(f"{count} {what}" for what, count in sorted(outcomes.items()))
    print(f"  {sum(outcomes.values())} builds: {told}")
    print(
        f"  a reader looked {reader.looks:,} times: {reader.gone} times without a home page, "
        f"for {1000 * reader.longest:.2f} ms at most"
    )


def _kill(two: _TwoSites, random: Random) -> str:
    """Start a build and kill it, or one of its processes; return what came of it."""
    is_late = random.random() < 0.4
    delay = random.random() * (_JUST_BEFORE if is_late else two.seconds)
    is_whole = random.random() < 0.6
    process, started = two.start(), time.monotonic()
    with process:
        if is_late:
            _wait_for_last_file(two, process)
        with suppress(subprocess.TimeoutExpired):
            process.wait(delay)
        if process.returncode is None:
            if is_whole:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                children = _children(process.pid)
                os.kill(random.choice(children or [process.pid]), signal.SIGKILL)
        process.communicate()
    if not _have_ended(process.pid):
        return _WENT_ON
    what = "killed as a whole" if is_whole else "hit in one process"
    if process.returncode:
        return what
    two.seconds = 0.7 * two.seconds + 0.3 * (time.monotonic() - started)
    return _TOO_LATE


def _wait_for_last_file(two: _TwoSites, process: subprocess.Popen[bytes]) -> None:
    """Wait until the new site is about to take the old one's place."""
    last = two.project / f".site-staging-{process.pid}" / _LAST
    while process.poll() is None and not last.exists():
        time.sleep(0.001)


def _have_ended(session: int) -> bool:
    """Wait until no process of a build is left; False if one goes on."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            os.killpg(session, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    os.killpg(session, signal.SIGKILL)
    return False


def _children(process: int) -> list[int]:
    """Return the processes that one has started, and those that these have."""
    found = []
    with suppress(OSError):
        listed = Path(f"/proc/{process}/task/{process}/children").read_text()
        for child in map(int, listed.split()):
            found += [child, *_children(child)]
    return found


@dataclass
class _Reader:
    """Somebody who reads the site all the time.

    Args:
        site: Its folder.
        whole: The sites of which each file must be.
        random: Chooses what is read.
    """

    site: Path
    whole: tuple[Prints, Prints]
    random: Random
    looks: int = 0
    gone: int = 0
    longest: float = 0.0
    wrong: list[str] = field(default_factory=list)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read the site while this block lasts."""
        ended = threading.Event()
        thread = threading.Thread(target=self._read, args=(ended,))
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _read(self, ended: threading.Event) -> None:
        names = sorted(self.whole[0].keys() & self.whole[1].keys())
        home, since = self.site / "index.html", None
        while not ended.wait(0.0005):
            now = time.monotonic()
            self.looks += 1
            if home.exists():
                since = None
            else:
                since = since or now
                self.gone += 1
                self.longest = max(self.longest, time.monotonic() - since)
            if self.looks % 20 == 0:
                self._look_at(self.random.choice(names))
        if self.gone:
            self.wrong.append(f"the home page was gone {self.gone} times")

    def _look_at(self, name: str) -> None:
        try:
            seen = _print((self.site / name).read_bytes())
        except FileNotFoundError:
            self.wrong.append(f"{name} was gone")
            return
        if seen not in (self.whole[0][name], self.whole[1][name]):
            self.wrong.append(f"{name} was in neither site")


# Disks


def _without_room(two: _TwoSites, disk: Path) -> Iterator[str]:
    """Build onto disks that are too small, or may not be written to; yield what was wrong."""
    needed = sum(file.stat().st_size for file in two.site.rglob("*") if file.is_file())
    last = {"index.html": _print(b"the last good site")}
    tried = 0
    for at in range(_DISKS + 1):
        room = needed * at // _DISKS // _MEGABYTE + 1 if at < _DISKS else 0
        disk.mkdir(exist_ok=True)
        if not _mounted(disk, room or 1):
            print("  full disks: not tried, as this user can mount none")
            return
        try:
            (disk / "site").mkdir()
            (disk / "site" / "index.html").write_bytes(b"the last good site")
            if not room:
                subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            with two.start(disk / "site") as process:
                out, _ = process.communicate()
            told = out.decode("utf-8", "replace").splitlines()
            name = f"a disk of {room} MB" if room else "a disk that is read-only"
            # MkDocs has a line of its own for the page that it was at.
            is_clear = bool(told) and len(told) < 3 and _NO_ROOM in told[-1]
            if process.returncode != 1 or not is_clear:
                yield f"{name}: exit code {process.returncode}, told {told}"
            if prints_of(disk / "site") != last or len(list(disk.iterdir())) != 1:
                yield f"{name}: something else is there than the last good site"
            tried += 1
        finally:
            subprocess.run(["umount", str(disk)], check=True)
    print(f"  {tried} disks without room: a line tells so, and the last good site is there")


def _mounted(disk: Path, megabytes: int) -> bool:
    """Mount a disk of some size; False if that is not allowed here."""
    if shutil.which("mount") is None:
        return False
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(disk)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
