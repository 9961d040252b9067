"""What action.yml runs, for each of its inputs; nothing in an input can be run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from scripts import action
from tests.cli.support import run as leitfaden
from tests.workflows.files import ACTION


def given(**inputs: str) -> dict[str, str]:
    """Return variables as action.yml sets them: all of them, by default as it says."""
    known = yaml.safe_load(ACTION.read_text("utf-8"))["inputs"]
    values = {name: one["default"] for name, one in known.items()}
    values |= {name.replace("_", "-"): value for name, value in inputs.items()}
    return {f"LEITFADEN_INPUT_{key.upper().replace('-', '_')}": one for key, one in values.items()}


def test_a_check_tells_beside_the_lines_and_in_the_summary(tmp_path: Path) -> None:
    env = {**given(fail_on="error"), "GITHUB_STEP_SUMMARY": "/summary"}
    beside, summary = action.commands(env, tmp_path)
    assert beside[-4:] == ["--format", "github", "--fail-on", "error"]
    assert summary[-2:] == ["--output", "/summary"]
    assert len(action.commands(given(), tmp_path)) == 1


def test_a_build_is_strict_and_of_a_part_if_asked_to(tmp_path: Path) -> None:
    (whole,) = action.commands(given(command="build"), tmp_path)
    assert whole == ["build", "--strict", "--site-dir=site"]
    env = given(command="build", locale="de", shard="2/4", strict="false", site_dir="part")
    (part,) = action.commands(env, tmp_path)
    assert part == ["build", "--no-strict", "--locale=de", "--shard=2/4", "--site-dir=part"]


def test_parts_are_assembled(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / "parts" / name).mkdir(parents=True)
    (one,) = action.commands(given(command="assemble"), tmp_path)
    assert one == ["assemble", "./parts/a", "./parts/b", "--site-dir=site"]


def test_it_can_only_install(tmp_path: Path) -> None:
    assert action.commands(given(command="none"), tmp_path) == []


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"command": "rm"}, "it can be none, check, build, assemble"),
        ({"command": "build", "strict": "yes"}, "it can be true or false"),
        ({"command": "build", "shard": "1/2"}, "name it with locale"),
        ({"command": "assemble"}, "no folder is called so"),
        ({"command": "assemble", "parts": "../*"}, "below working-directory"),
        ({"command": "assemble", "parts": "/etc"}, "below working-directory"),
    ],
)
def test_what_cannot_be_meant_is_one_line(
    tmp_path: Path, inputs: dict[str, str], told: str
) -> None:
    with pytest.raises(action.InputError, match=told):
        action.commands(given(**inputs), tmp_path)


def test_an_input_is_a_value_and_never_an_option_or_a_command(tmp_path: Path) -> None:
    env = given(command="build", locale="--config-file=/etc/passwd", site_dir="$(touch x); --quiet")
    (told,) = action.commands(env, tmp_path)
    assert told[2:] == ["--locale=--config-file=/etc/passwd", "--site-dir=$(touch x); --quiet"]


@pytest.mark.parametrize("command", ["check", "build"])
def test_leitfaden_knows_all_of_these_options(command: str, tmp_path: Path) -> None:
    env = {**given(command=command, locale="de", shard="1/2"), "GITHUB_STEP_SUMMARY": "x"}
    known = leitfaden(command, "--help").stdout
    for told in action.commands(env, tmp_path):
        for option in (one.partition("=")[0] for one in told if one.startswith("--")):
            assert option in known


def test_the_first_failure_is_the_exit_code_and_the_summary_is_written_all_the_same(
    tmp_path: Path,
) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import sys\nopen('ran', 'a').write('x')\nsys.exit(3 if 'github' in sys.argv else 0)\n"
    )
    env = given(working_directory=str(tmp_path)) | {"GITHUB_STEP_SUMMARY": "x"}
    assert action.run([sys.executable, str(program)], env) == 3
    assert (tmp_path / "ran").read_text() == "xx"
    with pytest.raises(action.InputError, match="no folder"):
        action.run([], given(working_directory=str(tmp_path / "none")))
