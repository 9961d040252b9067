"""The reader on 160 real pages, held to the figures that were counted on them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from leitfaden.contract import load_contract
from leitfaden.model import DefectKind, Page
from leitfaden.reading import PageReader
from tests.reading.soundness import assert_sound

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
FOLDERS = {"en": CORPUS / "english-playbook", "de": CORPUS / "german-playbook"}

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus of real pages is not in ../shared"
)


@pytest.fixture(scope="module")
def corpus() -> dict[str, list[Page]]:
    contract = load_contract(ROOT / "playbook.yml")
    reader = PageReader(contract)
    return {
        locale: [
            reader.read(
                file.read_bytes(),
                path=file.name,
                locale=locale,
                page_id=contract.page_id(file.name, locale),
            )
            for file in sorted(folder.glob("*.md"))
        ]
        for locale, folder in FOLDERS.items()
    }


@pytest.mark.parametrize(("locale", "pages"), [("en", 69), ("de", 91)])
def test_every_page_is_read(corpus: dict[str, list[Page]], locale: str, pages: int) -> None:
    assert len(corpus[locale]) == pages
    for page in corpus[locale]:
        assert page.defects == ()
        assert page.front_matter.defects == ()
        assert page.title


@pytest.mark.parametrize("locale", FOLDERS)
def test_every_place_names_what_it_says(corpus: dict[str, list[Page]], locale: str) -> None:
    contract = load_contract(ROOT / "playbook.yml")
    for page in corpus[locale]:
        assert_sound(page, contract)


@pytest.mark.parametrize(
    ("locale", "tables", "rows", "tasks", "ids"),
    [("en", 50, 254, 255, 225), ("de", 54, 264, 265, 222)],
)
def test_every_task_is_found(
    corpus: dict[str, list[Page]], locale: str, tables: int, rows: int, tasks: int, ids: int
) -> None:
    found = [table for page in corpus[locale] for table in page.task_tables]
    assert len(found) == tables
    assert sum(len(table.table.rows) for table in found) == rows
    # One physical row states two tasks.
    assert sum(len(table.tasks) for table in found) == tasks
    assert len({task.id for table in found for task in table.tasks}) == ids
    for table in found:
        for task in table.tasks:
            assert task.requirement, task
            assert task.role_keys, task
            assert task.name.text, task


@pytest.mark.parametrize(
    ("locale", "marked"),
    [
        (
            "en",
            {
                DefectKind.ROW_MERGED: ["1328"],
                DefectKind.ROW_TOO_FEW_CELLS: ["4 of 5"],
                DefectKind.DATE_IMPOSSIBLE: ["10/018/2019"],
            },
        ),
        (
            "de",
            {
                DefectKind.ROW_MERGED: ["1328"],
                DefectKind.ROW_TOO_FEW_CELLS: ["4 of 5"],
                DefectKind.ROW_DOUBLED_PIPE: [""],
                DefectKind.DATE_IMPOSSIBLE: ["10/018/2019"],
            },
        ),
    ],
)
def test_what_is_broken_is_marked(
    corpus: dict[str, list[Page]], locale: str, marked: dict[DefectKind, list[str]]
) -> None:
    defects = [defect for page in corpus[locale] for defect in page.all_defects()]
    for kind, details in marked.items():
        assert [defect.detail for defect in defects if defect.kind == kind] == details


def test_tables_with_a_short_separator_are_read_all_the_same(
    corpus: dict[str, list[Page]],
) -> None:
    short = [
        table
        for page in corpus["de"]
        for table in page.tables
        if any(defect.kind is DefectKind.TABLE_SHORT_SEPARATOR for defect in table.defects)
    ]
    assert len(short) == 4
    assert all(table.rows for table in short)


@pytest.mark.parametrize("locale", FOLDERS)
def test_rows_that_lost_a_pipe_still_state_their_task(
    corpus: dict[str, list[Page]], locale: str
) -> None:
    tasks = {task.id: task for page in corpus[locale] for task in page.tasks}
    for task_id, services in {"3184": ("core-onboarding",), "1328": ("exchange",)}.items():
        assert tasks[task_id].requirement == "optional"
        assert tasks[task_id].role_keys == ("fasttrack-engineer",)
        assert tasks[task_id].service_keys == services


@pytest.mark.parametrize(
    ("locale", "labels"),
    [
        ("en", {"phase": 16, "primary-role": 90, "motions": 38, "applies-to": 89}),
        (
            "de",
            {
                "phase": 16,
                "primary-role": 100,
                "secondary-role": 1,
                "motions": 42,
                "applies-to": 98,
            },
        ),
    ],
)
def test_every_label_line_is_found(
    corpus: dict[str, list[Page]], locale: str, labels: dict[str, int]
) -> None:
    found = Counter(
        label.key
        for page in corpus[locale]
        for block in page.label_blocks
        for label in block.labels
    )
    assert found == labels


@pytest.mark.parametrize(("locale", "pages"), [("en", 5), ("de", 6)])
def test_labels_that_run_together_are_marked(
    corpus: dict[str, list[Page]], locale: str, pages: int
) -> None:
    kinds = Counter(defect.kind for page in corpus[locale] for defect in page.all_defects())
    assert kinds[DefectKind.LABELS_RUN_TOGETHER] == pages


def test_the_english_process_pages_have_their_steps(corpus: dict[str, list[Page]]) -> None:
    processes = [page for page in corpus["en"] if page.kind == "process"]
    assert sum(len(page.steps) for page in processes) == 80


@pytest.mark.parametrize("locale", FOLDERS)
def test_sixteen_pages_name_their_phase(corpus: dict[str, list[Page]], locale: str) -> None:
    assert sum(bool(page.phases) for page in corpus[locale]) == 16


# One of the pages with a phase is about adoption as such and has no process schema.
@pytest.mark.parametrize("locale", FOLDERS)
def test_pages_of_a_process_have_its_sections(corpus: dict[str, list[Page]], locale: str) -> None:
    schema = [
        "overview",
        "objectives",
        "approach",
        "key-inputs",
        "key-outputs",
        "next-steps",
        "update-summary",
    ]
    pages = [page for page in corpus[locale] if page.phases and page.kind == "process"]
    assert len(pages) == 15
    for page in pages:
        found = dict.fromkeys(section.key for section in page.sections if section.key)
        assert sorted(found) == sorted(schema), page.path


@pytest.mark.parametrize(("locale", "summaries", "rows"), [("en", 69, 216), ("de", 91, 214)])
def test_every_update_summary_is_read(
    corpus: dict[str, list[Page]], locale: str, summaries: int, rows: int
) -> None:
    found = [page.update_summary for page in corpus[locale] if page.update_summary]
    assert len(found) == summaries
    changes = [change for summary in found for change in summary.changes]
    assert len(changes) == rows
    assert [change.date_text.text for change in changes if change.date is None] == ["10/018/2019"]
