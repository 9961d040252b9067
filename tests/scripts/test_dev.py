import argparse
import ast
import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Script = Any  # a module with whatever names it has

SCRIPT = Path(__file__).parents[2] / "scripts" / "dev.py"
posix = pytest.mark.skipif(os.name == "nt", reason="needs signals and programs of POSIX")


def load() -> Script:
    spec = importlib.util.spec_from_file_location("dev_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """The script, for a project of its own in a folder whose name is not plain."""
    module = load()
    root = tmp_path / "Übung mit Blank"
    root.mkdir()
    module.__dict__.update(
        ROOT=root,
        VENV=root / ".venv",
        STAMP=root / ".venv" / "leitfaden-setup.json",
        LOCK=root / "requirements.lock",
        PROJECT=root / "pyproject.toml",
        CACHE=root / ".cache",
        SITE=root / "site",
    )
    (root / "requirements.lock").write_text("one==1\n", "utf-8")
    (root / "pyproject.toml").write_text("[project]\n", "utf-8")
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("LEITFADEN_CHROMIUM", raising=False)
    return module


def folder(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "index.html").write_text(text, "utf-8")
    return path


def program(path: Path, code: int = 0) -> str:
    """Write a program that prints a version and ends with an exit code."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if os.name == "nt":
        path = path.with_suffix(".bat")
        path.write_text(f"@echo Chromium 1.0\r\n@exit {code}\r\n", "utf-8")
    else:
        path.write_text(f"#!/bin/sh\necho Chromium 1.0\nexit {code}\n", "utf-8")
        path.chmod(0o755)
    return str(path)


def options(**values: object) -> argparse.Namespace:
    return argparse.Namespace(**{"rest": [], **values})


class TestPython:
    def test_refuses_an_old_one_in_one_line(self, dev: Script) -> None:
        with pytest.raises(dev.Failure, match=r"^dev\.py needs Python 3\.11 or newer.*3\.10\.13"):
            dev.refuse_old_python((3, 10, 13))

    def test_takes_newer_ones(self, dev: Script) -> None:
        dev.refuse_old_python((3, 11, 0))
        dev.refuse_old_python((4, 0, 0))

    def test_an_old_one_can_read_the_script(self) -> None:
        ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 8))

    def test_says_what_to_install_for_virtual_environments(
        self, dev: Script, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
        with pytest.raises(dev.Failure, match=r"apt-get install python3\.\d+-venv") as caught:
            dev.make_venv(dev.VENV)
        assert "\n" not in str(caught.value)


class TestCommandLine:
    def test_passes_on_what_is_for_pytest(self, dev: Script) -> None:
        assert dev.parse(["test", "-k", "port", "--lf", "tests"]).rest == [
            "-k",
            "port",
            "--lf",
            "tests",
        ]
        assert dev.parse(["test", "--", "-x"]).rest == ["-x"]

    def test_refuses_what_a_command_does_not_know(
        self, dev: Script, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit, match="2"):
            dev.parse(["serve", "--strict"])
        assert "serve does not know --strict" in capsys.readouterr().err

    def test_knows_every_command(self, dev: Script) -> None:
        needed = {"issue": ["Title", "report.md", "--outcome=success"]}
        known = {dev.parse([name, *needed.get(name, [])]).command for name in dev.COMMANDS}
        assert known == set(dev.COMMANDS)

    def test_tells_a_failure_in_one_line(
        self, dev: Script, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert dev.main(["bench"]) == 1
        assert capsys.readouterr().err == "bench: there is no scripts/bench.py\n"


class Steps:
    """Stands in for the slow steps of a set-up and notes which were taken."""

    def __init__(self, dev: Script) -> None:
        self.dev = dev
        self.taken: list[str] = []
        self.works = False
        dev.__dict__.update(
            make_venv=self.make_venv,
            install_requirements=lambda: self.take("requirements"),
            install_project=lambda: self.take("project"),
            venv_works=lambda: self.works,
        )

    def make_venv(self, path: Path) -> None:
        self.take("venv")
        self.dev.remove(path)
        path.mkdir()
        self.works = True

    def take(self, name: str) -> None:
        self.taken.append(name)

    def run(self) -> list[str]:
        self.taken = []
        self.dev.set_up()
        return self.taken


class TestSetUp:
    EVERYTHING = ("venv", "requirements", "project")

    @pytest.fixture
    def steps(self, dev: Script) -> Steps:
        return Steps(dev)

    def test_does_nothing_the_second_time(self, steps: Steps) -> None:
        assert steps.run() == [*self.EVERYTHING]
        assert steps.run() == []

    def test_remakes_for_a_new_lock(self, dev: Script, steps: Steps) -> None:
        steps.run()
        dev.LOCK.write_text("one==2\n", "utf-8")
        assert steps.run() == [*self.EVERYTHING]

    def test_remakes_for_another_python(
        self, steps: Steps, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        steps.run()
        monkeypatch.setattr(sys, "version", "3.99.0")
        assert steps.run() == [*self.EVERYTHING]

    def test_remakes_in_a_copy(self, dev: Script, steps: Steps) -> None:
        steps.run()
        dev.ROOT = dev.ROOT / "elsewhere"
        assert steps.run() == [*self.EVERYTHING]

    def test_remakes_what_is_broken(self, steps: Steps) -> None:
        steps.run()
        steps.works = False
        assert steps.run() == [*self.EVERYTHING]

    def test_installs_only_the_project_for_new_settings(self, dev: Script, steps: Steps) -> None:
        steps.run()
        dev.PROJECT.write_text("[tool]\n", "utf-8")
        assert steps.run() == ["project"]
        assert steps.run() == []

    @pytest.mark.parametrize("stage", ["requirements", "project"])
    def test_remakes_what_is_half_made(self, dev: Script, steps: Steps, stage: str) -> None:
        def fail() -> None:
            raise dev.Failure("no network")

        good = dev.__dict__[f"install_{stage}"]
        dev.__dict__[f"install_{stage}"] = fail
        with pytest.raises(dev.Failure):
            steps.run()
        dev.__dict__[f"install_{stage}"] = good
        assert steps.run() == [*self.EVERYTHING]

    @pytest.mark.parametrize("text", ["", "{", "[1]", "null"])
    def test_a_spoilt_stamp_is_no_stamp(self, dev: Script, steps: Steps, text: str) -> None:
        steps.run()
        dev.STAMP.write_text(text, "utf-8")
        assert steps.run() == [*self.EVERYTHING]

    def test_a_stamp_keeps_its_other_entries(self, dev: Script) -> None:
        dev.VENV.mkdir()
        dev.write_stamp({"browser": "one", "project": "a"})
        dev.write_stamp({"project": "b"})
        assert dev.read_stamp() == {"browser": "one", "project": "b"}
        assert json.loads(dev.STAMP.read_text("utf-8")) == dev.read_stamp()

    def test_needs_a_lock(self, dev: Script, steps: Steps) -> None:
        dev.LOCK.unlink()
        with pytest.raises(dev.Failure, match=r"requirements\.lock is missing"):
            steps.run()

    def test_without_a_virtual_environment_nothing_works(self, dev: Script) -> None:
        assert not load().attempt([dev.ROOT / "nothing"])[0]
        assert not (dev.ROOT / ".venv").exists()

    def test_one_process_at_a_time(self, dev: Script) -> None:
        path = dev.CACHE / "a.lock"
        with dev.one_at_a_time(path), path.open("a+b") as other:
            assert not dev.locked(other)
        with path.open("a+b") as other:
            assert dev.locked(other)

    def test_keeps_the_environment_and_adds_to_it(
        self, dev: Script, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PIP_INDEX_URL", "https://example.org/simple")
        monkeypatch.setenv("PYTHONPATH", "more")
        env = dev.environment(LEITFADEN_CHROMIUM="c")
        assert env["PIP_INDEX_URL"] == "https://example.org/simple"
        assert env["PYTHONPATH"].split(os.pathsep) == [str(dev.ROOT / "plugins"), "more"]
        assert env["NO_MKDOCS_2_WARNING"] == "1"
        assert env["LEITFADEN_CHROMIUM"] == "c"


class TestBrowser:
    @pytest.fixture(autouse=True)
    def _venv(self, dev: Script) -> None:
        dev.VENV.mkdir()

    def test_is_found_on_the_path_by_any_usual_name(self, dev: Script, tmp_path: Path) -> None:
        edge = program(tmp_path / "bin" / "microsoft-edge")
        chromium = program(tmp_path / "bin" / "chromium")
        found = list(dev.installed_browsers("linux", {"PATH": str(tmp_path / "bin")}))
        assert [path.lower() for path in found] == [chromium.lower(), edge.lower()]

    def test_is_found_in_the_usual_places_of_macos(self, dev: Script, tmp_path: Path) -> None:
        path = tmp_path / "Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
        program(path)
        path.touch()
        assert str(path) in dev.installed_browsers("darwin", {"PATH": ""}, tmp_path)

    def test_is_found_in_the_usual_places_of_windows(self, dev: Script, tmp_path: Path) -> None:
        path = tmp_path / "Microsoft/Edge/Application/msedge.exe"
        path.parent.mkdir(parents=True)
        path.touch()
        env = {"PATH": "", "ProgramFiles": str(tmp_path / "none"), "LocalAppData": str(tmp_path)}
        assert list(dev.installed_browsers("win32", env)) == [str(path)]

    @posix
    def test_one_that_does_not_start_is_passed_over(self, dev: Script, tmp_path: Path) -> None:
        stub = program(tmp_path / "stub", code=1)
        good = program(tmp_path / "good")
        assert dev.first_working([str(tmp_path / "none"), "", stub, good]) == good
        assert dev.first_working([stub]) is None

    def test_the_one_asked_for_is_taken(
        self, dev: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = program(tmp_path / "mine")
        monkeypatch.setenv("LEITFADEN_CHROMIUM", path)
        assert dev.provide_browser() == path

    def test_the_one_asked_for_has_to_be_there(
        self, dev: Script, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LEITFADEN_CHROMIUM", "/nowhere/chromium")
        with pytest.raises(dev.Failure, match="/nowhere/chromium, which is not a program"):
            dev.provide_browser()

    def test_is_remembered(self, dev: Script, tmp_path: Path) -> None:
        path = program(tmp_path / "chromium")
        dev.__dict__.update(
            installed_browsers=lambda: [path],
            browser_works=lambda path: True,
            playwright_starts=lambda: True,
        )
        assert dev.provide_browser() == path
        dev.installed_browsers = lambda: pytest.fail("was looked for again")
        assert dev.provide_browser() == path

    def without_any(self, dev: Script) -> list[str]:
        tried: list[str] = []
        dev.__dict__.update(
            installed_browsers=lambda: [],
            playwrights_browser=lambda: "",
            download_browser=lambda: tried.append("download"),
            install_packages=tried.extend,
            playwright_starts=lambda: True,
        )
        return tried

    def test_is_got_once_and_then_only_by_setup(
        self, dev: Script, capsys: pytest.CaptureFixture[str]
    ) -> None:
        tried = self.without_any(dev)
        assert dev.provide_browser() is None
        assert tried == ["download", *dev.BROWSER_PACKAGES]
        assert "*** BROWSER TESTS WILL BE SKIPPED ***" in capsys.readouterr().err
        assert dev.provide_browser() is None
        assert tried == ["download", *dev.BROWSER_PACKAGES]
        assert dev.provide_browser(anew=True) is None
        assert tried == ["download", *dev.BROWSER_PACKAGES] * 2

    def test_playwright_gets_the_library_it_lacks(self, dev: Script, tmp_path: Path) -> None:
        path = program(tmp_path / "chromium")
        tried = self.without_any(dev)
        dev.__dict__.update(
            installed_browsers=lambda: [path],
            browser_works=lambda path: True,
            playwright_starts=lambda: bool(tried),
        )
        assert dev.provide_browser() == path
        assert tried == [*dev.DRIVER_PACKAGES]

    def test_a_browser_is_of_no_use_if_playwright_does_not_start(
        self, dev: Script, tmp_path: Path
    ) -> None:
        self.without_any(dev)
        dev.__dict__.update(
            installed_browsers=lambda: [program(tmp_path / "chromium")],
            browser_works=lambda path: True,
            playwright_starts=lambda: False,
        )
        assert dev.provide_browser() is None

    def test_ci_fails_without(self, dev: Script, monkeypatch: pytest.MonkeyPatch) -> None:
        self.without_any(dev)
        monkeypatch.setenv("CI", "true")
        with pytest.raises(dev.Failure, match="no Chromium, Chrome or Edge that works"):
            dev.provide_browser()

    def test_no_package_is_installed_without_the_right_to(
        self, dev: Script, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dev.shutil, "which", lambda name: None)
        dev.attempt = lambda *_, **__: pytest.fail("something was run")
        dev.install_packages(["chromium"])


class TestBuild:
    @pytest.fixture(autouse=True)
    def _set_up(self, dev: Script) -> None:
        dev.set_up = lambda: None

    def building(self, dev: Script, code: int) -> list[str]:
        """Let the build end with an exit code."""
        commands: list[str] = []

        def run(command: list[object], env: dict[str, str]) -> int:
            commands.extend(map(str, command))
            return code

        dev.run = run
        return commands

    def test_builds_with_our_own_command_which_keeps_the_last_good_site(self, dev: Script) -> None:
        command = self.building(dev, 0)
        assert dev.build_command(options(no_strict=False, rest=["--verbose"])) == 0
        assert command[1:5] == ["-m", "leitfaden", "build", "--strict"]
        assert command[5:] == ["--verbose", "--site-dir", str(dev.SITE)]

    def test_warnings_may_pass(self, dev: Script) -> None:
        command = self.building(dev, 0)
        assert dev.build_command(options(no_strict=True)) == 0
        assert "--no-strict" in command

    def test_a_failure_is_the_exit_code(self, dev: Script) -> None:
        self.building(dev, 7)
        assert dev.build_command(options(no_strict=False)) == 7

    @pytest.mark.parametrize("rest", [["-d", "x"], ["--site-dir", "x"], ["--site-dir=x"], ["-dx"]])
    def test_writes_nowhere_else(self, dev: Script, rest: list[str]) -> None:
        with pytest.raises(dev.Failure, match="writes site/"):
            dev.build_command(options(no_strict=False, rest=rest))


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which something listens."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


class TestServe:
    def test_takes_the_next_port_if_the_first_is_taken(self, dev: Script, taken: int) -> None:
        dev.FIRST_PORT = taken
        assert taken < dev.choose_port("127.0.0.1", None) < taken + 100

    def test_takes_the_port_asked_for_or_none(self, dev: Script, taken: int) -> None:
        with pytest.raises(dev.Failure, match=f"port {taken} is taken"):
            dev.choose_port("127.0.0.1", taken)
        dev.port_is_free = lambda host, port: True
        assert dev.choose_port("127.0.0.1", 4711) == 4711

    @pytest.mark.parametrize("port", [-1, 0, 65536, 99999])
    def test_refuses_what_is_no_port(self, dev: Script, port: int) -> None:
        with pytest.raises(dev.Failure, match="or not allowed"):
            dev.choose_port("127.0.0.1", port)

    def test_gives_up_if_all_are_taken(self, dev: Script) -> None:
        dev.port_is_free = lambda host, port: False
        with pytest.raises(dev.Failure, match="name one with --port"):
            dev.choose_port("127.0.0.1", None)

    def test_a_port_is_free_again_when_its_server_ends(self, dev: Script) -> None:
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))
            server.listen()
            port = server.getsockname()[1]
            assert not dev.port_is_free("127.0.0.1", port)
        assert dev.port_is_free("127.0.0.1", port)

    @posix
    @pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
    def test_ends_cleanly_with_its_child(self, tmp_path: Path, name: str) -> None:
        note = tmp_path / "child"
        child = (
            f"import os, pathlib, time; p = pathlib.Path({str(note)!r}); n = p.with_suffix('.new');"
            "n.write_text(str(os.getpid())); n.replace(p); time.sleep(60)"
        )
        lines = [
            "import importlib.util, sys",
            f"spec = importlib.util.spec_from_file_location('dev', {str(SCRIPT)!r})",
            "dev = importlib.util.module_from_spec(spec)",
            "spec.loader.exec_module(dev)",
            "dev.set_up = lambda: None",
            "dev.venv_python = lambda: dev.Path(sys.executable)",
            "dev.choose_port = lambda host, port: 8000",
            f"dev.QUIET_LEITFADEN = 'try:\\n  ' + {child!r} + '\\nexcept KeyboardInterrupt: pass'",
            "sys.exit(dev.main(['serve']))",
        ]
        process = subprocess.Popen(
            [sys.executable, "-c", "\n".join(lines)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        wait_for(note.exists)
        process.send_signal(signal.Signals[name])
        output, _ = process.communicate(timeout=30)
        assert process.returncode == 0, output
        assert output.endswith("serve: ended\n")
        assert "Traceback" not in output
        with pytest.raises(ProcessLookupError):
            os.kill(int(note.read_text("utf-8")), 0)


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class TestTest:
    @pytest.fixture
    def codes(self, dev: Script) -> dict[str, int]:
        """The exit codes of the tools, by name; those that ran are noted under `ran`."""
        codes: dict[str, int] = {}
        self.ran: list[list[str]] = []

        def run(command: list[object], env: dict[str, str]) -> int:
            self.ran.append([*map(str, command[2:])])
            self.env = env
            return codes.get(str(command[2]), 0)

        dev.__dict__.update(run=run, set_up=lambda: None, provide_browser=lambda: "/chromium")
        return codes

    def test_lints_first_and_runs_all_tests_at_once(
        self, dev: Script, codes: dict[str, int]
    ) -> None:
        assert dev.test_command(options()) == 0
        assert [command[0] for command in self.ran] == ["ruff", "ruff", "mypy", "pytest"]
        assert "--numprocesses=auto" in self.ran[-1]
        assert self.env["LEITFADEN_CHROMIUM"] == "/chromium"

    @pytest.mark.parametrize("tool", ["ruff", "mypy", "pytest"])
    def test_honours_every_exit_code(self, dev: Script, codes: dict[str, int], tool: str) -> None:
        codes[tool] = 4
        assert dev.test_command(options()) == 4
        assert self.ran[-1][0] == "pytest"

    def test_only_runs_the_tests_asked_for(self, dev: Script, codes: dict[str, int]) -> None:
        assert dev.test_command(options(rest=["-k", "port"])) == 0
        assert self.ran == [["pytest", "-k", "port"]]

    def test_says_nothing_after_pytest(
        self, dev: Script, codes: dict[str, int], capsys: pytest.CaptureFixture[str]
    ) -> None:
        codes.update(mypy=1, pytest=1)
        run = dev.run

        def telling(command: list[object], env: dict[str, str]) -> int:
            code = run(command, env)
            print(command[2])
            return int(code)

        dev.run = telling
        dev.test_command(options())
        assert capsys.readouterr().out.endswith("\npytest\n")

    def test_skips_loudly_without_a_browser(
        self, dev: Script, codes: dict[str, int], capsys: pytest.CaptureFixture[str]
    ) -> None:
        dev.provide_browser = lambda: None
        assert dev.test_command(options()) == 0
        assert "BROWSER TESTS ARE SKIPPED" in capsys.readouterr().out
        assert "LEITFADEN_CHROMIUM" not in self.env

    @pytest.mark.parametrize("argument", ["tests/x.py", "a::b", "-k", "-kx", "--lf", "-s", "-n0"])
    def test_knows_what_narrows(self, dev: Script, argument: str) -> None:
        assert dev.narrows(argument)

    @pytest.mark.parametrize("argument", ["-q", "-vv", "--durations=9", "--tb=short"])
    def test_knows_what_does_not_narrow(self, dev: Script, argument: str) -> None:
        assert not dev.narrows(argument)

    def test_understands_paths_from_where_it_is_called(
        self, dev: Script, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "test_a.py").touch()
        monkeypatch.chdir(tmp_path)
        here = Path.cwd()
        assert dev.from_here(["test_a.py::test_b", "-k", "c"]) == [
            f"{here / 'test_a.py'}::test_b",
            "-k",
            "c",
        ]
        monkeypatch.chdir(dev.ROOT)
        dev.ROOT = Path.cwd()
        assert dev.from_here(["test_a.py"]) == ["test_a.py"]

    def test_repairs_only_if_asked_to(self, dev: Script, codes: dict[str, int]) -> None:
        dev.lint_command(options(fix=True))
        assert ["ruff", "check", "--quiet", "--fix", "."] in self.ran
        assert ["ruff", "format", "--quiet", "."] in self.ran

    def test_a_command_hands_on_its_exit_code(self, dev: Script) -> None:
        assert dev.run([sys.executable, "-c", "raise SystemExit(3)"]) == 3


class TestClean:
    def test_removes_what_was_made_and_nothing_else(self, dev: Script) -> None:
        for name in [*dev.LEFTOVERS, "plugins/a/__pycache__", ".git/__pycache__"]:
            folder(dev.ROOT / name, "")
        kept = [
            folder(dev.ROOT / name, "") / "index.html"
            for name in ["docs", "plugins/leitfaden/site", "tests/build", "plugins/a/.cache"]
        ]
        assert dev.clean_command(options()) == 0
        assert all(path.exists() for path in kept)
        assert {path.name for path in dev.ROOT.iterdir()} == {
            ".git",
            "docs",
            "plugins",
            "pyproject.toml",
            "requirements.lock",
            "tests",
        }
        assert (dev.ROOT / ".git" / "__pycache__").exists()
        assert not (dev.ROOT / "plugins" / "a" / "__pycache__").exists()

    @posix
    def test_removes_a_link_and_not_what_it_leads_to(self, dev: Script, tmp_path: Path) -> None:
        target = folder(tmp_path / "precious", "kept")
        dev.SITE.symlink_to(target)
        dev.VENV.symlink_to(tmp_path / "nothing")
        dev.clean_command(options())
        assert not dev.SITE.is_symlink()
        assert not dev.VENV.is_symlink()
        assert (target / "index.html").exists()


class TestLock:
    TEXT = (SCRIPT.parents[1] / "requirements.lock").read_text("utf-8")

    @staticmethod
    def normal(name: str) -> str:
        return re.sub(r"[-_.]+", "-", name).lower()

    def test_names_no_machine(self) -> None:
        assert not re.search(r"://|file:|^\s*-|@ ", self.TEXT.replace("--hash", ""), re.MULTILINE)

    def test_has_hashes_throughout(self) -> None:
        entries = re.split(r"^(?=[A-Za-z0-9])", self.TEXT, flags=re.MULTILINE)[1:]
        assert entries
        assert all("--hash=sha256:" in entry for entry in entries)

    def test_has_all_that_the_project_asks_for(self) -> None:
        project = tomllib.loads((SCRIPT.parents[1] / "pyproject.toml").read_text("utf-8"))
        asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
        names = {self.normal(re.split(r"[^\w.-]", requirement)[0]) for requirement in asked}
        locked = {self.normal(name) for name in re.findall(r"^([\w.-]+)==", self.TEXT, re.M)}
        assert names - locked == set()
