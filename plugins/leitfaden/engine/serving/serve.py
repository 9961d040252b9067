"""Serves the site until it is told to end."""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import webbrowser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from leitfaden.engine.progress import Progress
from leitfaden.engine.serving.desk import Desk
from leitfaden.engine.serving.editors import Editor
from leitfaden.engine.serving.http import Server
from leitfaden.engine.serving.making import Maker, mount_of, sources_of
from leitfaden.engine.serving.resident import Unknown
from leitfaden.engine.serving.told import heard
from leitfaden.engine.serving.watching import Watcher


class CannotServe(Exception):
    """The server cannot begin: told in one line."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a site is served.

    Args:
        config: What `load_config` is given.
        locales: The locales that are wanted; all if it is empty.
        opens: Whether a browser opens it.
        editor: The address that opens places in the writer's editor; see `Editor`.
    """

    config: Mapping[str, Any]
    locales: tuple[str, ...] = ()
    opens: bool = False
    editor: str = ""


def serve(options: Options) -> None:
    """Serve a site until Ctrl-C.

    Args:
        options: How.

    Raises:
        CannotServe: The server cannot begin.
        ConfigurationError: There is no configuration, or it cannot be used.
    """
    progress = Progress(quiet=0)
    maker = Maker(options.config, "", options.locales, partial(_show, progress))
    config = maker.first = maker.loaded()
    folder = Path(tempfile.mkdtemp(prefix="leitfaden-"))
    try:
        config.plugins.on_startup(command="serve", dirty=False)
        with heard() as ear:
            mount = mount_of(config.site_url)
            sources = sources_of(config, None)
            editor = Editor(options.editor, sources.root)
            desk = Desk(maker.make, sources, folder, mount, ear, _say, editor)
            host, port = config.dev_addr
            try:
                with _listening(host, port, desk) as server:
                    maker.address = f"http://{_shown(host)}:{server.server_port}{mount}"
                    _follow(desk, config, maker.address, options, progress)
            finally:
                desk.close()
    except KeyboardInterrupt:
        progress.end()
        _say("ended")
    finally:
        config.plugins.on_shutdown()
        shutil.rmtree(folder, ignore_errors=True)


def _follow(
    desk: Desk, config: MkDocsConfig, address: str, options: Options, progress: Progress
) -> None:
    """Make the site, and keep it as its files are."""
    watcher = Watcher()
    try:
        desk.open(watcher)
        progress.end()
        if isinstance(desk.failure, Unknown):
            raise CannotServe(str(desk.failure))
        if config.plugins.events["serve"]:
            served: Any = _ForPlugins(desk)
            config.plugins.on_serve(served, config=config, builder=desk.make_again)
        _say(f"{address} (Ctrl-C ends it)")
        if options.opens:
            webbrowser.open(address)
        desk.follow(watcher)
    finally:
        watcher.stop()


class _ForPlugins:
    """What plugins know of a server: that it can watch more.

    Args:
        desk: Keeps the site.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def watch(self, path: str, func: object = None, *, recursive: bool = True) -> None:
        """Make the site anew whenever a file or a folder changes."""
        self._desk.watch_also(Path(path).absolute())

    def unwatch(self, path: str) -> None:
        """Take a file or a folder for one like any other."""
        self._desk.watch_no_longer(Path(path).absolute())


@contextmanager
def _listening(host: str, port: int, desk: Desk) -> Iterator[Server]:
    """Answer requests, those that come before the site is ready as soon as it is."""
    try:
        server = Server(host, port, desk)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CannotServe(f"Cannot serve at {_shown(host)}:{port}: {reason}.") from error
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.socket.close()


def _shown(host: str) -> str:
    """Return a host as addresses have it; for all addresses of this machine, one that works."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"[{host}]" if ":" in host else host


def _show(progress: Progress, done: int, total: int) -> None:
    """Show how many of how many languages are ready."""
    if done == total:
        progress.end()
    else:
        progress.show(f"serve: {done} of {total} languages are prepared")


def _say(line: str) -> None:
    print(f"serve: {line}", file=sys.stderr, flush=True)
