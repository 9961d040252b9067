"""What the workflows do, in order, in clean clones: nothing fails, and the parts are the whole."""

from __future__ import annotations

import os

import pytest

from tests.engine.both import differences, files_of
from tests.workflows.files import NAMES, all_steps
from tests.workflows.runner import Runner, clone_of_project

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the workflows run on Linux")

PAGES_A_PART = 20  # so that each locale has more than one part


@pytest.fixture(scope="module")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    folder = tmp_path_factory.mktemp("runner")
    origin = clone_of_project(folder / "origin")
    variables = {"LEITFADEN_PAGES_A_PART": str(PAGES_A_PART)}
    return Runner(origin, folder, variables, "https://somebody.example/playbook/")


def test_every_command_runs_and_the_parts_are_the_whole_site(runner: Runner) -> None:
    checked = runner.run("check")
    published = runner.run("pages")
    parts = sorted(path.name for path in (published["site"] / "parts").iterdir())
    assert len(parts) >= 4
    assert len({name.split("-")[1] for name in parts}) == len(parts) / 2
    whole, assembled = files_of(checked["site"] / "site"), files_of(published["site"] / "site")
    assert len(whole) > 500
    assert differences(whole, assembled) == []
    assert b"https://somebody.example/playbook/" in whole["index.html"]
    heads = [summary.splitlines()[0] for summary in runner.summaries]
    assert heads == ["## Check of the playbook", "## Translations", "## Changed pages"]
    assert (checked["pages"] / "leitfaden.sarif").is_file()


def test_what_needs_the_web_is_all_that_does_not_run(runner: Runner) -> None:
    for name in ("links", "audit"):
        runner.run(name)
    told = {line for _, step in all_steps() for line in step.get("run", "").splitlines()}
    told = {line for line in told if "GITHUB_ACTION_PATH" not in line}
    assert set(runner.ran) | set(runner.noted) == told
    words = {line.split()[2] for line in runner.noted}
    assert words == {"install", "test", "audit", "links", "issue"}
    assert len(NAMES) == 4
