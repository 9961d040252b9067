from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from leitfaden.cli import main
from leitfaden.contract import contract_schema, front_matter_schema, load_contract

PLAYBOOK = Path(__file__).parents[2] / "playbook.yml"


def test_the_schema_is_printed() -> None:
    result = CliRunner().invoke(main, ["export", "schema"])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == contract_schema()


def test_the_schema_is_written_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "schema.json"
    options = ["--front-matter", "--contract", str(PLAYBOOK), "-o", str(file)]
    result = CliRunner().invoke(main, ["export", "schema", *options])
    assert (result.exit_code, result.output) == (0, "")
    written = file.read_bytes()
    assert json.loads(written) == front_matter_schema(load_contract(PLAYBOOK))
    assert written.endswith(b"}\n")
    assert b"\r" not in written


def test_a_wrong_contract_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "playbook.yml"
    file.write_text("source: en\nlocales: {en: {name: E}}\nlables: {}\n", encoding="utf-8")
    options = ["--front-matter", "--contract", str(file)]
    result = CliRunner().invoke(main, ["export", "schema", *options])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        f"{file.as_posix()}:3:1: LF901 Unknown key `lables`. Did you mean `labels`?\n"
    )


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "schema.json"
    result = CliRunner().invoke(main, ["export", "schema", "-o", str(file)])
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: Could not write")


def test_version_and_help() -> None:
    assert CliRunner().invoke(main, ["--version"]).stdout.startswith("leitfaden ")
    assert "export" in CliRunner().invoke(main, ["-h"]).stdout
