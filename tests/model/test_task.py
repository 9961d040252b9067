"""Tasks as readers meet them: gathered from all rows that state them."""

from __future__ import annotations

from leitfaden.model import Page, Playbook, TaskRecord, Trait
from tests.reading.pages import read

HEAD = "| Task ID | Task Name | M | FastTrack Role | Services |\n|-|-|-|-|-|\n"
KOPF = "| Aufgaben-ID | Name der Aufgabe | E | FastTrack-Rolle | Dienste |\n|-|-|-|-|-|\n"


def records(locale: str = "en", **pages: str) -> dict[str, TaskRecord]:
    by_locale: dict[str, dict[str, Page]] = {"en": {}, "de": {}}
    for name, text in pages.items():
        its, _, page_id = name.partition("_")
        by_locale[its][page_id] = read(text, its, page_id)
    return dict(Playbook("en", ("en", "de"), by_locale).records(locale))


def test_a_task_has_all_its_rows() -> None:
    step = "# A\n\nPhase: **Assess**\n\n## Approach\n\n### Plan\n\n"
    rows = "| 4047 | Do it | M | FM | Teams |\n| 300 | Do that | O | FM | Teams |\n"
    found = records(
        en_a=f"{step}{HEAD}| 4047 | Do it | M | FE | Teams |\n", en_b=f"# B\n\n{HEAD}{rows}"
    )
    assert list(found) == ["300", "4047"]
    task = found["4047"]
    assert (task.name, task.locale, task.requirement) == ("Do it", "en", "mandatory")
    assert [use.key for use in task.roles] == ["engineer", "manager"]
    assert [use.key for use in task.services] == ["teams"]
    assert task.phases == ("assess",)
    assert [
        (one.page.id, one.step.heading.text if one.step else None, one.anchor)
        for one in task.occurrences
    ] == [("a", "Plan", "task-4047"), ("b", None, "task-4047")]


def test_each_row_of_a_page_has_an_anchor_of_its_own() -> None:
    found = records(en_a=f"# A\n\n{HEAD}| 1001 | a | M | FE | |\n| 1001 | a | M | FM | |\n")
    assert [one.anchor for one in found["1001"].occurrences] == ["task-1001", "task-1001--2"]


def test_rows_that_contradict_each_other_are_told() -> None:
    same = f"# A\n\n{HEAD}| 1001 | Do  IT | M | FE | |\n| 1001 | Do it | M | FE | Teams |\n"
    assert records(en_a=same)["1001"].conflicts == ()
    other = f"# A\n\n{HEAD}| 1001 | a | M | FE | Teams |\n| 1001 | b | O | FM | Exchange |\n"
    assert records(en_a=other)["1001"].conflicts == tuple(Trait)
    assert records(en_a=other)["1001"].requirements == ("mandatory", "optional")


def test_a_translation_contradicts_nothing() -> None:
    """Readers of a locale may meet a task on a translated page and on one that is not."""
    found = records(
        "de",
        en_a=f"# A\n\n{HEAD}| 1001 | Do it | M | FE | Teams |\n",
        en_b=f"# B\n\n{HEAD}| 1001 | Do it | M | FE | Teams |\n",
        de_a=f"# A\n\n{KOPF}| 1001 | Tu es | E | FE | Teams |\n",
    )
    assert (found["1001"].name, found["1001"].locale) == ("Tu es", "de")
    assert [one.page.locale for one in found["1001"].occurrences] == ["de", "en"]
    assert found["1001"].conflicts == ()


def test_a_page_without_translation_states_its_tasks_for_all_readers() -> None:
    found = records("de", en_a=f"# A\n\n{HEAD}| 1001 | Do it | M | FE | |\n")
    assert (found["1001"].name, found["1001"].locale) == ("Do it", "en")


def test_a_digest_tells_versions_apart_but_not_spellings() -> None:
    def digest(row: str) -> str:
        return records(en_a=f"# A\n\n{HEAD}{row}\n")["1001"].digest

    first = digest("| 1001 | Do it | M | FE | Teams |")
    assert digest("|  1001 | do  it | M | FastTrack Engineer | Teams |") == first
    others = [
        "| 1001 | Do that | M | FE | Teams |",
        "| 1001 | Do it | O | FE | Teams |",
        "| 1001 | Do it | M | FM | Teams |",
        "| 1001 | Do it | M | FE | Exchange |",
    ]
    assert len({first, *map(digest, others)}) == 5
