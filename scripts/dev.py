"""Everything that a developer or CI does with this project: `python3 scripts/dev.py --help`.

Needs nothing but Python 3.11 or newer. Each command first makes `.venv` and installs into it what
`requirements.lock` names, if that has not been done, so there is nothing else to set up.

Kept to syntax and imports of Python 3.8, so that an older Python can still say that it is too old.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import importlib.util
import io
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, BinaryIO, NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "leitfaden-setup.json"
LOCK = ROOT / "requirements.lock"
TOOLS = ROOT / "tools.lock"
PROJECT = ROOT / "pyproject.toml"
CACHE = ROOT / ".cache"
SITE = ROOT / "site"
SCRIPTS = Path(__file__).resolve().parent

OLDEST_PYTHON = (3, 11)
FIRST_PORT = 8000
PATIENCE = 10.0  # seconds that a child process gets to end by itself

# What `clean` removes, apart from the folders called __pycache__.
LEFTOVERS = (
    ".venv",
    ".cache",
    ".coverage",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    "build",
    "dist",
    "site",
)

# Tells by its exit code whether what the commands start is there; importing it would take longer.
PROBE = """
import importlib.util, sys
sys.exit(any(importlib.util.find_spec(n) is None for n in ("mkdocs", "mypy", "pytest", "ruff")))
"""

# `leitfaden`, but Ctrl-C while it is still importing leaves no traceback either.
QUIET_LEITFADEN = """
import sys
try:
    from leitfaden.cli import main
    main()
except KeyboardInterrupt:
    sys.exit(130)
"""

PLAYWRIGHTS_BROWSER = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""

BROWSER_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
BROWSER_PACKAGES = ("chromium", "fonts-dejavu-core", "fonts-liberation")
DRIVER_PACKAGES = ("libatomic1",)  # all that the driver needs and a bare Debian lacks
MAC_BROWSERS = (
    "Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "Applications/Chromium.app/Contents/MacOS/Chromium",
    "Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_BROWSERS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
WINDOWS_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")

# Options of pytest that choose tests or need one process; with none of them all tests run at once.
NARROWING = re.compile(
    r"-[kmnsx]|--(co|collect-only|deselect|ff|failed-first|ignore|lf|last-failed|maxfail"
    r"|nf|new-first|numprocesses|dist|pdb|trace|stepwise|sw)\b"
)


class Failure(Exception):
    """Something that the person has to hear about, in one line."""


class Terminated(KeyboardInterrupt):
    """We were told to end by a signal that our child processes did not get."""


def say(line: str) -> None:
    """Print a line ahead of whatever a child process prints next."""
    print(line, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    try:
        refuse_old_python()
        options = parse(sys.argv[1:] if arguments is None else arguments)
        print_any_character()
        listen_for_signals()
        return COMMANDS[options.command](options)
    except Failure as failure:
        print(failure, file=sys.stderr, flush=True)
        return 1
    except Terminated:
        return 128 + signal.SIGTERM
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


def refuse_old_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> None:
    """Say so if this Python is too old."""
    if version < OLDEST_PYTHON:
        raise Failure(
            f"dev.py needs Python {dotted(OLDEST_PYTHON)} or newer,"
            f" this is {dotted(version)} ({sys.executable})"
        )


def dotted(version: Iterable[int]) -> str:
    """Write a version as people do."""
    return ".".join(map(str, version))


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; what a command passes on ends up in `rest`."""
    parser = argparse.ArgumentParser(prog="dev.py", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, allow_abbrev=False)

    add("setup", "Make .venv and find or install a browser for the tests.")
    serve = add("serve", "Serve the site and rebuild it when a file changes.")
    serve.add_argument("--host", default="127.0.0.1", help="(default: %(default)s)")
    serve.add_argument("--port", type=int, help="(default: the first free one from 8000 on)")
    serve.add_argument("--open", action="store_true", help="open it in a browser")
    build = add("build", "Build site/; takes further options of `leitfaden build`.")
    build.add_argument("--no-strict", action="store_true", help="let a page with warnings pass")
    add("test", "Lint and test everything, or run pytest with the options that follow.")
    lint = add("lint", "Run ruff and mypy.")
    lint.add_argument("--fix", action="store_true", help="repair and format what ruff can")
    add("bench", "Measure how fast it is; takes further options of scripts/bench.py.")
    add("clean", "Remove .venv, caches and what was built.")
    lock = add("lock", "Write the locks anew after a change of pyproject.toml.")
    lock.add_argument("--upgrade", action="store_true", help="take the newest versions")
    install = add("install", "Install Leitfaden without tools of development, for CI.")
    install.add_argument("--into", type=Path, default=CACHE / "runtime", help="(default: .cache)")
    inspect = add("inspect", "Look through a built site: links, and what is loaded from elsewhere.")
    inspect.add_argument("site", type=Path, nargs="?", default=SITE, help="(default: site/)")
    audit = add("audit", "Look for known vulnerabilities in all that the locks name.")
    links = add("links", "Look whether links that lead out of the site still work.")
    for reporting in (audit, links):
        reporting.add_argument("--report", type=Path, help="a file of Markdown to write")
    add("licences", "List whose work is in the site and the program; --check only compares.")
    issue = add("issue", "Open, update or close an issue on GitHub that tells of a report.")
    issue.add_argument("title", help="its title, by which it is found again")
    issue.add_argument("report", type=Path, help="the file that it tells")
    issue.add_argument("--outcome", required=True, choices=("success", "failure"))
    add("action", "What action.yml runs, as the variables LEITFADEN_INPUT_… say.")

    options, rest = parser.parse_known_args(arguments)
    if rest and options.command not in {"build", "test", "bench", "licences"}:
        parser.error(f"{options.command} does not know {' '.join(rest)}")
    options.rest = [argument for argument in rest if argument != "--"]
    return options


def print_any_character() -> None:
    """Keep a path with, say, an umlaut from being an error on a console that lacks it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


# ------------------------------------------------------------------------------ child processes


def listen_for_signals() -> None:
    """Turn a request to end into an exception, so that we can tidy up."""

    def end(number: int, frame: FrameType | None) -> NoReturn:
        raise Terminated

    signal.signal(signal.SIGTERM, end)
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, end)


def run(
    command: Sequence[str | Path], env: Mapping[str, str] | None = None, *, apart: bool = False
) -> int:
    """Run a command in the project's folder, and end it if we are told to end.

    Args:
        command: The command and its arguments.
        env: Its environment, ours if not given.
        apart: Shield it from Ctrl-C in the terminal, so that it hears of it from us, once.
    """
    apart = apart and os.name == "posix"
    with subprocess.Popen(list(command), cwd=ROOT, env=env, start_new_session=apart) as process:
        try:
            return process.wait()
        except KeyboardInterrupt as stop:
            halt(process, apart=apart, told=not apart and not isinstance(stop, Terminated))
            raise


def halt(process: subprocess.Popen[bytes], *, apart: bool, told: bool) -> None:
    """End a child process: kindly first, then for certain."""
    if not told:
        send(process, signal.SIGINT if apart else signal.SIGTERM, group=apart)
    try:
        process.wait(PATIENCE)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        process.kill()
    if apart and sys.platform != "win32":
        send(process, signal.SIGKILL, group=True)  # what it may have left behind
    process.wait()


def send(process: subprocess.Popen[bytes], number: signal.Signals, *, group: bool) -> None:
    """Send a signal to a process or to its whole group; fine if there is none left."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if group and sys.platform != "win32":
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)


def attempt(command: Sequence[str | Path], *, seconds: float = 900) -> tuple[bool, str]:
    """Run a command that may fail; return whether it worked and what it printed."""
    try:
        done = subprocess.run(
            list(command),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return False, str(error)
    return done.returncode == 0, done.stdout.decode("utf-8", errors="replace").strip()


def venv_python(venv: Path = VENV) -> Path:
    """Return where a virtual environment has its Python."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def environment(**more: str) -> dict[str, str]:
    """Return the environment in which the project's own programs run."""
    env = dict(os.environ)
    env["NO_MKDOCS_2_WARNING"] = "1"
    env["DISABLE_MKDOCS_2_WARNING"] = "true"
    env["VIRTUAL_ENV"] = str(VENV)
    env["PATH"] = joined(str(venv_python().parent), env.get("PATH"))
    # The .pth file that pip writes says the same, but before 3.13 Python on Windows misreads a
    # path with an umlaut in it.
    env["PYTHONPATH"] = joined(str(ROOT / "plugins"), env.get("PYTHONPATH"))
    return {**env, **more}


def joined(first: str, others: str | None) -> str:
    """Put a folder in front of a list of folders."""
    return os.pathsep.join(filter(None, [first, others]))


# ------------------------------------------------------------------------------------- setting up


def set_up() -> None:
    """Make `.venv` or bring it up to date; does nothing if it is."""
    if up_to_date():
        return
    with one_at_a_time(CACHE / "setup.lock"):
        if up_to_date():  # another process was quicker
            return
        keys = setup_keys()
        if read_stamp().get("environment") != keys["environment"] or not venv_works():
            make_venv(VENV)
            install_requirements()
        install_project()
        write_stamp(keys)


def up_to_date() -> bool:
    """Tell whether `.venv` is complete and made from what is here now."""
    stamp = read_stamp()
    return all(stamp.get(name) == key for name, key in setup_keys().items()) and venv_works()


def setup_keys() -> dict[str, str]:
    """Return what `.venv` depends on: the environment as a whole and the project within it."""
    if not LOCK.is_file():
        raise Failure("setup: requirements.lock is missing, `dev.py lock` writes it")
    place = f"{ROOT}\n{sys.version}\n{sys.base_prefix}\n".encode("utf-8", "surrogateescape")
    return {
        "environment": hashlib.sha256(place + LOCK.read_bytes()).hexdigest(),
        "project": hashlib.sha256(PROJECT.read_bytes()).hexdigest(),
    }


def read_stamp() -> dict[str, str]:
    """Return what the last complete set-up noted, nothing if there was none."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(entries: Mapping[str, str]) -> None:
    """Note that a set-up is complete, or what is known since."""
    fresh = STAMP.with_suffix(".new")
    fresh.write_text(json.dumps({**read_stamp(), **entries}, indent=2) + "\n", "utf-8")
    fresh.replace(STAMP)


def venv_works() -> bool:
    """Tell whether the Python in `.venv` runs and has the tools that we start."""
    return venv_python().exists() and attempt([venv_python(), "-I", "-c", PROBE], seconds=60)[0]


def make_venv(folder: Path) -> None:
    """Make a virtual environment, in place of what is there."""
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        version = dotted(sys.version_info[:2])
        raise Failure(
            "setup: this Python cannot make virtual environments; on Debian and Ubuntu,"
            f" `apt-get install python{version}-venv` adds what is missing"
        )
    if folder == VENV:
        say(f"setup: creating .venv with Python {dotted(sys.version_info[:3])}")
    remove(folder)
    base = getattr(sys, "_base_executable", None) or sys.executable  # we may run from .venv
    good, output = attempt([base, "-m", "venv", folder])
    if not good:
        raise Failure(f"setup: no virtual environment could be made: {last_line(output)}")


def install_requirements() -> None:
    """Install exactly what the lock names."""
    count = len(re.findall(r"^[A-Za-z0-9][^\s=]*==", LOCK.read_text("utf-8"), re.MULTILINE))
    say(f"setup: installing from {LOCK.name} ({count} entries)")
    pip("install", "--require-hashes", "--requirement", LOCK)


def install_project() -> None:
    """Install the project so that a change of its code needs no new installation."""
    say("setup: installing leitfaden itself, in place")
    pip("install", "--no-deps", "--no-build-isolation", "--editable", ROOT)


def pip(*arguments: str | Path, venv: Path = VENV) -> None:
    """Run pip, with whatever the machine has configured for it."""
    quiet = ("--quiet", "--quiet", "--no-input", "--disable-pip-version-check")
    if run([venv_python(venv), "-m", "pip", *arguments, *quiet]):
        raise Failure("setup: pip could not install this, see above")


@contextlib.contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Let other processes that want to do the same wait; the lock ends with its holder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if not locked(file):
            say("setup: waiting for another dev.py that is setting up")
            while not locked(file):
                time.sleep(0.2)
        yield


if sys.platform == "win32":
    import msvcrt

    def locked(file: BinaryIO) -> bool:
        """Lock a file unless another process has."""
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def locked(file: BinaryIO) -> bool:
        """Lock a file unless another process has."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def last_line(output: str) -> str:
    """Return the last line of what a program printed."""
    return (output.splitlines() or ["it printed nothing"])[-1].strip()


def remove(path: Path) -> None:
    """Remove a file or a folder, if it is there; of a link only the link."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


# ------------------------------------------------------------------------------------ the browser


def provide_browser(*, anew: bool = False) -> str | None:
    """Return a browser for the tests, getting one if need be.

    Args:
        anew: Try to get one even if that failed before.
    """
    if os.environ.get("LEITFADEN_CHROMIUM"):
        return asked_for_browser(os.environ["LEITFADEN_CHROMIUM"])
    known = read_stamp().get("browser")
    if known and Path(known).exists():
        return known
    found = find_browser(get=anew or known is None or in_ci())
    write_stamp({"browser": found or ""})
    if found is None:
        warn_of_no_browser()
    else:
        say(f"setup: the browser for tests is {found}")
    return found


def find_browser(*, get: bool) -> str | None:
    """Return a browser that works with Playwright.

    Args:
        get: Download or install what is missing.
    """
    found = first_working(installed_browsers())
    drives = playwright_starts()
    if get and drives and not found:
        found = first_working([playwrights_browser()]) or download_browser()
    if get and not (found and drives):
        install_packages(
            [*(() if found else BROWSER_PACKAGES), *(() if drives else DRIVER_PACKAGES)]
        )
        found = found or first_working(installed_browsers())
        drives = drives or playwright_starts()
    return found if drives else None


def playwright_starts() -> bool:
    """Tell whether the program starts that Playwright brings to drive browsers."""
    good, output = attempt([venv_python(), "-m", "playwright", "--version"], seconds=60)
    if not good:
        say(f"setup: Playwright does not start: {last_line(output)}")
    return good


def asked_for_browser(name: str) -> str:
    """Return the browser that LEITFADEN_CHROMIUM names."""
    path = shutil.which(name)
    if path is None:
        raise Failure(f"setup: LEITFADEN_CHROMIUM is {name}, which is not a program")
    return path


def installed_browsers(
    platform: str = sys.platform, env: Mapping[str, str] = os.environ, root: Path | None = None
) -> Iterator[str]:
    """Find the browsers of Chromium's family on this machine, best first."""
    for name in BROWSER_NAMES:
        path = shutil.which(name, path=env.get("PATH"))
        if path:
            yield path
    places: list[Path] = []
    if platform == "darwin":
        tops = [root or Path("/"), Path.home()]
        places = [top / name for name in MAC_BROWSERS for top in tops]
    elif platform == "win32":
        folders = [Path(env[name]) for name in WINDOWS_FOLDERS if env.get(name)]
        places = [folder / name for name in WINDOWS_BROWSERS for folder in folders]
    yield from (str(place) for place in places if place.is_file())


def first_working(candidates: Iterable[str]) -> str | None:
    """Return the first browser that starts; some are only signs to a shop, or lack a library."""
    return next((path for path in candidates if path and browser_works(path)), None)


def browser_works(path: str) -> bool:
    """Tell whether a browser starts. On Windows a question for its version opens a window."""
    if not Path(path).is_file():
        return False
    if os.name == "nt":
        return True
    good, output = attempt([path, "--version"], seconds=60)
    return good and any(character.isdigit() for character in output)


def playwrights_browser() -> str:
    """Return where Playwright has or would have its own Chromium, empty if it can't tell."""
    good, output = attempt([venv_python(), "-c", PLAYWRIGHTS_BROWSER])
    return last_line(output) if good else ""


def download_browser() -> str | None:
    """Let Playwright download its Chromium."""
    say("setup: downloading Playwright's Chromium, as no installed browser was found")
    good, output = attempt([venv_python(), "-m", "playwright", "install", "chromium"])
    if not good:
        errors = [line for line in output.splitlines() if line.startswith("Error")]
        say(f"setup: that failed: {(errors or [last_line(output)])[0]}")
        return None
    found = first_working([playwrights_browser()])
    if found is None:
        say("setup: it does not start here, most likely for want of a system library")
    return found


def install_packages(packages: Sequence[str]) -> None:
    """Install packages of the system where that needs no password: Debian and its kin."""
    prefix = without_password()
    if prefix is None:
        return
    say(f"setup: installing the system's {', '.join(packages)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt += ["-o", "DPkg::Lock::Timeout=120"]
    attempt([*apt, "update"])
    good, output = attempt([*apt, "install", "-y", "--no-install-recommends", *packages])
    if not good:
        say(f"setup: that failed: {last_line(output)}")


def without_password() -> list[str] | None:
    """Return what to put before apt-get, or nothing if we may not use it."""
    if sys.platform == "win32" or not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and attempt(["sudo", "-n", "true"], seconds=10)[0]:
        return ["sudo", "-n"]
    return None


def warn_of_no_browser() -> None:
    """Say loudly that tests will be skipped; in CI that is an error."""
    line = (
        "no Chromium, Chrome or Edge that works was found or could be installed: install one,"
        " or name one in LEITFADEN_CHROMIUM, then run `dev.py setup`"
    )
    if in_ci():
        raise Failure(f"setup: {line}")
    print(f"setup: *** BROWSER TESTS WILL BE SKIPPED *** {line}", file=sys.stderr, flush=True)


def in_ci() -> bool:
    """Tell whether this is a CI run, where nothing may be skipped."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


# ---------------------------------------------------------------------------------- the commands


def setup_command(options: argparse.Namespace) -> int:
    """Make everything ready."""
    set_up()
    provide_browser(anew=True)
    say("setup: ready")
    return 0


def serve_command(options: argparse.Namespace) -> int:
    """Serve the site until we are told to end."""
    set_up()
    port = choose_port(options.host, options.port)
    command: list[str | Path] = [venv_python(), "-c", QUIET_LEITFADEN, "serve"]
    command += ["--dev-addr", f"{bracketed(options.host)}:{port}"]
    command += ["--open"] if options.open else []
    # A shell lets its background jobs ignore Ctrl-C; we end by it all the same.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return run(command, environment(), apart=True)
    except KeyboardInterrupt:
        say("serve: ended")
        return 0


def choose_port(host: str, asked: int | None) -> int:
    """Return the port that was asked for, or the first free one."""
    if asked is not None:
        if port_is_free(host, asked):
            return asked
        raise Failure(f"serve: port {asked} is taken on {host}, or not allowed")
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        if port_is_free(host, port):
            return port
    raise Failure(f"serve: no port from {FIRST_PORT} on is free, name one with --port")


def port_is_free(host: str, port: int) -> bool:
    """Tell whether a server could listen there."""
    if not 0 < port < 2**16:  # getaddrinfo would fold some of them into the range
        return False
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
    except OSError as error:
        raise Failure(f"serve: {host} is no address to serve at: {error}") from None
    with socket.socket(family, kind, protocol) as probe:
        if os.name == "posix":  # elsewhere this option would let us take a port that is in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError:
            return False
    return True


def bracketed(host: str) -> str:
    """Write a host as addresses do."""
    return f"[{host}]" if ":" in host else host


def build_command(options: argparse.Namespace) -> int:
    """Build the site; if that fails, the last good one stays as it is."""
    if any(re.match(r"-d|--site-dir", argument) for argument in options.rest):
        raise Failure("build: writes site/; for another folder call `leitfaden build` itself")
    set_up()
    strict = "--no-strict" if options.no_strict else "--strict"
    command = [venv_python(), "-m", "leitfaden", "build", strict, *options.rest]
    code = run([*command, "--site-dir", SITE], environment())
    if code == 0:
        say("build: the site is in site/")
    return code


def test_command(options: argparse.Namespace) -> int:
    """Run the tests, and the linters unless only some tests were asked for."""
    set_up()
    browser = provide_browser()
    more = {"LEITFADEN_CHROMIUM": browser} if browser else {}
    if not browser:
        say("test: *** BROWSER TESTS ARE SKIPPED, there is no browser (see `dev.py setup`) ***")
    everything = not any(map(narrows, options.rest))
    lint_code = lint(fix=False) if everything else 0
    if lint_code:
        say("test: *** THE LINTERS FAILED (see above), so this run fails ***")
    command: list[str | Path] = [venv_python(), "-m", "pytest"]
    # In their own order: the few long tests of the browser come first, and no process ends alone.
    spread = ["--numprocesses=auto", "--dist=loadfile", "--no-loadscope-reorder"]
    command += spread if everything else []
    code = run([*command, *from_here(options.rest)], environment(**more))
    return code or lint_code


def narrows(argument: str) -> bool:
    """Tell whether an argument of pytest chooses tests or needs them in one process."""
    return not argument.startswith("-") or NARROWING.match(argument) is not None


def from_here(arguments: Iterable[str]) -> list[str]:
    """Make paths absolute, as pytest runs in the project's folder and we may not."""
    here = Path.cwd()

    def absolute(argument: str) -> str:
        path, separator, test = argument.partition("::")
        if argument.startswith("-") or here == ROOT or not (here / path).exists():
            return argument
        return f"{here / path}{separator}{test}"

    return [absolute(argument) for argument in arguments]


def lint_command(options: argparse.Namespace) -> int:
    """Run the linters."""
    set_up()
    return lint(fix=options.fix)


def lint(*, fix: bool) -> int:
    """Run all linters and return the first exit code that tells of a problem."""
    steps = [
        ["ruff", "check", "--quiet", *(["--fix"] if fix else []), "."],
        ["ruff", "format", "--quiet", *([] if fix else ["--check", "--diff"]), "."],
        ["mypy"],
    ]
    codes = []
    for step in steps:
        say(f"lint: {' '.join(step)}")
        codes.append(run([venv_python(), "-m", *step], environment()))
    return next(filter(None, codes), 0)


def bench_command(options: argparse.Namespace) -> int:
    """Run the benchmarks."""
    script = ROOT / "scripts" / "bench.py"
    if not script.is_file():
        raise Failure("bench: there is no scripts/bench.py")
    set_up()
    return run([venv_python(), script, *options.rest], environment())


def clean_command(options: argparse.Namespace) -> int:
    """Remove what the other commands made, and nothing else."""
    paths = [ROOT / name for name in LEFTOVERS]
    paths += sorted(ROOT.glob(".site-*"))  # of builds that were killed
    for path in [*(path for path in paths if exists(path)), *bytecode()]:
        say(f"clean: removing {path.relative_to(ROOT).as_posix()}")
        remove(path)
    return 0


def exists(path: Path) -> bool:
    """Tell whether there is anything, be it a link to nothing."""
    return path.exists() or path.is_symlink()


def bytecode() -> Iterator[Path]:
    """Find the folders in which Python keeps its compiled files."""
    for folder, names, _ in os.walk(ROOT):
        names[:] = sorted(name for name in names if name not in {".git", ".venv", "node_modules"})
        if "__pycache__" in names:
            names.remove("__pycache__")
            yield Path(folder, "__pycache__")


def lock_command(options: argparse.Namespace) -> int:
    """Write the lock anew, with a uv of its own: a broken lock must not be in the way."""
    import tomllib  # missing before 3.11

    tools = tomllib.loads(PROJECT.read_text("utf-8"))["dependency-groups"]["lock"]
    with tempfile.TemporaryDirectory(prefix="leitfaden-") as folder:
        venv = Path(folder, "venv")
        say(f"lock: installing {' '.join(tools)}")
        make_venv(venv)
        pip("install", *tools, venv=venv)
        say("lock: resolving")
        # All that is installed with the project, and the tools that have environments of their own.
        codes = [
            resolve(venv, LOCK, [PROJECT.name, "--group", "dev"], upgrade=options.upgrade),
            resolve(venv, TOOLS, ["--group", "audit", "--group", "links"], upgrade=options.upgrade),
        ]
    return next(filter(None, codes), 0)


def resolve(venv: Path, lock: Path, wanted: Sequence[str], *, upgrade: bool) -> int:
    """Write one lock, and return the exit code."""
    command: list[str | Path] = [venv_python(venv), "-m", "uv", "pip", "compile", "--quiet"]
    command += [*wanted, "--universal", "--python-version", dotted(OLDEST_PYTHON)]
    command += ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links"]
    command += ["--custom-compile-command", "python3 scripts/dev.py lock"]
    command += ["--upgrade"] if upgrade else []
    code = run([*command, "--output-file", lock.name], pips_index(venv))
    if code == 0:
        say(f"lock: {lock.name} is written")
    return code


def pips_index(venv: Path) -> dict[str, str]:
    """Return an environment in which uv asks the index that pip is configured for."""
    good, index = attempt([venv_python(venv), "-m", "pip", "config", "get", "global.index-url"])
    index = os.environ.get("PIP_INDEX_URL") or (last_line(index) if good else "")
    return {**({"UV_DEFAULT_INDEX": index} if index else {}), **os.environ}


# --------------------------------------------------------------------------- what CI asks for


def install_command(options: argparse.Namespace) -> int:
    """Install what the program needs when it runs, and the program itself."""
    folder: Path = options.into.absolute()
    say(f"install: into {folder}")
    install_part(folder, LOCK, None, also=["hatchling"])  # which builds the program
    pip("install", "--no-deps", "--no-build-isolation", ROOT, venv=folder)
    offer(folder)
    return 0


def install_part(folder: Path, lock: Path, group: str | None, also: Sequence[str] = ()) -> None:
    """Make a virtual environment of a part of a lock, by the lock's hashes."""
    lockfile = neighbour("lockfile")
    if not lock.is_file():
        raise Failure(f"install: {lock.name} is missing, `dev.py lock` writes it")
    entries = lockfile.needed(lockfile.entries_of(lock.read_text("utf-8")), group, also)
    make_venv(folder)
    with tempfile.TemporaryDirectory(prefix="leitfaden-") as aside:
        part = Path(aside, "requirements.txt")
        part.write_text("".join(entry.text for entry in entries), "utf-8")
        pip("install", "--require-hashes", "--no-deps", "--requirement", part, venv=folder)


def offer(folder: Path) -> None:
    """Let the next steps of a job on GitHub find the programs of an environment."""
    programs = str(venv_python(folder).parent)
    file = os.environ.get("GITHUB_PATH")
    if file:
        with Path(file).open("a", encoding="utf-8") as stream:
            stream.write(f"{programs}\n")
    else:
        say(f"install: the program is {Path(programs, 'leitfaden')}")


def neighbour(name: str) -> Any:
    """Return a script of ours beside this one, which needs nothing but Python either."""
    if str(SCRIPTS.parent) not in sys.path:
        sys.path.insert(0, str(SCRIPTS.parent))
    return importlib.import_module(f"scripts.{name}")


def inspect_command(options: argparse.Namespace) -> int:
    """Look through a built site."""
    if not options.site.is_dir():
        raise Failure(f"inspect: there is no folder {options.site}")
    found = list(neighbour("inspect_site").problems(options.site))
    for line in found:
        say(f"inspect: {line}")
    say(f"inspect: {len(found) or 'no'} problem{'' if len(found) == 1 else 's'}")
    return 1 if found else 0


def audit_command(options: argparse.Namespace) -> int:
    """Ask for known vulnerabilities of all that is locked, with a pip-audit of its own."""
    codes, told = [], []
    with tempfile.TemporaryDirectory(prefix="leitfaden-") as folder:
        venv = Path(folder, "venv")
        say("audit: installing pip-audit")
        install_part(venv, TOOLS, "audit")
        for lock in (LOCK, TOOLS):
            say(f"audit: {lock.name}")
            command: list[str | Path] = [venv_python(venv), "-m", "pip_audit", "--strict"]
            command += ["--require-hashes", "--disable-pip", "--progress-spinner", "off"]
            command += ["--requirement", lock]
            report = Path(folder, f"{lock.name}.md")
            command += ["--format", "markdown", "--output", report] if options.report else []
            codes.append(run(command))
            told.append(section(lock.name, report, codes[-1]))
    return reported(options.report, told, codes)


def links_command(options: argparse.Namespace) -> int:
    """Follow links that lead out, with a lychee of its own."""
    with tempfile.TemporaryDirectory(prefix="leitfaden-") as folder:
        venv, report = Path(folder, "venv"), Path(folder, "links.md")
        say("links: installing lychee")
        install_part(venv, TOOLS, "links")
        lychee = venv_python(venv).with_name("lychee.exe" if os.name == "nt" else "lychee")
        command: list[str | Path] = [lychee, "--config", ROOT / ".github" / "lychee.toml"]
        command += ["--format", "markdown", "--output", report] if options.report else []
        texts = sorted(path.name for path in ROOT.glob("*.md"))
        code = run([*command, "docs", *texts])
        return reported(options.report, [section("", report, code)], [code])


def section(title: str, report: Path, code: int) -> str:
    """Return what a tool has written, or that it has written nothing."""
    text = report.read_text("utf-8").strip() if report.is_file() else ""
    if not text and code:
        text = f"It ended with exit code {code} and told nothing: see the log."
    heads = [f"## {title}"] if title and text else []
    return "\n\n".join([*heads, *([text] if text else [])])


def reported(file: Path | None, told: Sequence[str], codes: Sequence[int]) -> int:
    """Write a report, if one was asked for, and return whether anything was wrong."""
    if file:
        file.write_text("\n\n".join(filter(None, told)) + "\n", "utf-8")
    return 1 if any(codes) else 0


def licences_command(options: argparse.Namespace) -> int:
    """List whose work is in the site and the program."""
    set_up()
    return run([venv_python(), SCRIPTS / "licences.py", *options.rest], environment())


def issue_command(options: argparse.Namespace) -> int:
    """Tell of a report in an issue."""
    issue = neighbour("issue")
    text = options.report.read_text("utf-8") if options.report.is_file() else ""
    try:
        done = issue.tell(options.title, text, good=options.outcome == "success")
    except issue.GitHubError as error:
        raise Failure(f"issue: {error}") from error
    say(f"issue: {done}")
    return 0


def action_command(options: argparse.Namespace) -> int:
    """Run what the inputs of action.yml ask for, with what `install` has made."""
    action = neighbour("action")
    program = shutil.which("leitfaden")
    if program is None:
        raise Failure("action: there is no leitfaden, `dev.py install` installs it")
    try:
        return int(action.run([program], os.environ))
    except action.InputError as error:
        raise Failure(f"action: {error}") from error


COMMANDS = {
    "setup": setup_command,
    "serve": serve_command,
    "build": build_command,
    "test": test_command,
    "lint": lint_command,
    "bench": bench_command,
    "clean": clean_command,
    "lock": lock_command,
    "install": install_command,
    "inspect": inspect_command,
    "audit": audit_command,
    "links": links_command,
    "licences": licences_command,
    "issue": issue_command,
    "action": action_command,
}

if __name__ == "__main__":
    sys.exit(main())
