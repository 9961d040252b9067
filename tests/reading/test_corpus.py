"""The real playbook of 2020 that lies beside the project: 160 pages, read whole.

Only counts, names of files and numbers of tasks are held here; nothing of its text.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest

from leitfaden.contract import Contract, load_contract
from leitfaden.model import DefectKind, Page, Task
from leitfaden.reading import PageReader
from tests.reading.pages import ROOT, SHARED
from tests.reading.soundness import assert_sound

CORPUS = SHARED / "corpus"
FOLDERS = {"en": CORPUS / "english-playbook", "de": CORPUS / "german-playbook"}
LOCALES = pytest.mark.parametrize("locale", ["en", "de"])

pytestmark = pytest.mark.skipif(
    not all(folder.is_dir() for folder in FOLDERS.values()),
    reason=f"the corpus of real pages is not there: it lies beside the project, in {CORPUS}",
)

SECTIONS = (
    "overview",
    "objectives",
    "approach",
    "key-inputs",
    "key-outputs",
    "next-steps",
    "update-summary",
)
STEPS = {
    "assess-conduct-adoption-and-change-management-conversation-partner": 4,
    "assess-conduct-customer-success-workshop-partner": 8,
    "assess-conduct-security-workshop-partner": 4,
    "assess-conduct-services-workshops-partner": 6,
    "assess-conduct-technical-assessment-partner": 8,
    "enable-conduct-engagement-completion-discussion-partner": 2,
    "enable-enable-services-partner": 10,
    "initiate-conduct-customer-kick-off-partner": 5,
    "initiate-deploy-securely-partner": 4,
    "initiate-review-meeting-cadence-partner": 4,
    "migrate-conduct-engagement-completion-discussion-partner": 2,
    "migrate-migration-partner": 6,
    "multiple-phases-automated-onboarding-assistance-partner": 2,
    "remediate-address-technical-gaps-partner": 6,
    "success-conduct-success-review-partner": 4,
    "success-support-success-execution-partner": 5,
}
# These depend on the words of the contract, which grow with the playbook.
OF_WORDS = {
    DefectKind.LABEL_TERM_UNKNOWN,
    DefectKind.ROLE_UNKNOWN,
    DefectKind.SERVICE_UNKNOWN,
    DefectKind.COLUMN_UNKNOWN,
}


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract(ROOT / "playbook.yml")


@pytest.fixture(scope="module")
def corpus(contract: Contract) -> dict[str, dict[str, Page]]:
    """All pages by locale and by the name of their file, without its end."""
    reader = PageReader(contract)
    return {
        locale: {
            file.stem: reader.read(
                file.read_bytes(),
                path=file.relative_to(CORPUS).as_posix(),
                locale=locale,
                page_id=contract.page_id(file.stem, locale),
            )
            for file in sorted(folder.glob("*.md"))
        }
        for locale, folder in FOLDERS.items()
    }


Corpus = dict[str, dict[str, Page]]


def tasks(pages: dict[str, Page]) -> Iterator[Task]:
    return (task for page in pages.values() for task in page.tasks)


@LOCALES
def test_every_page_is_read_and_sound(corpus: Corpus, contract: Contract, locale: str) -> None:
    assert len(corpus[locale]) == {"en": 69, "de": 91}[locale]
    for page in corpus[locale].values():
        assert_sound(page, contract)


@LOCALES
def test_task_tables(corpus: Corpus, locale: str) -> None:
    tables = [table for page in corpus[locale].values() for table in page.task_tables]
    assert len(tables) == {"en": 50, "de": 54}[locale]
    assert sum(len(table.table.rows) for table in tables) == {"en": 254, "de": 264}[locale]
    # One row of each holds two tasks.
    assert len(list(tasks(corpus[locale]))) == {"en": 255, "de": 265}[locale]


def test_task_ids(corpus: Corpus) -> None:
    english = Counter(task.id for task in tasks(corpus["en"]))
    german = Counter(task.id for task in tasks(corpus["de"]))
    assert len(english) == 225
    assert all(3 <= len(task_id) <= 4 for task_id in {*english, *german})
    assert set(english) - set(german) == {"4110", "4111", "4112"}
    assert set(german) <= set(english)
    assert len(corpus["en"]["enable-enable-services-partner"].tasks) == 86


@LOCALES
def test_every_task_says_who_does_it_and_whether_it_must(corpus: Corpus, locale: str) -> None:
    for task in tasks(corpus[locale]):
        assert task.name.text
        assert task.requirement
        assert task.role_keys


@LOCALES
def test_broken_rows_are_told(corpus: Corpus, locale: str) -> None:
    found = {
        (page.id, page.position(defect.span.start).line, defect.kind, defect.detail)
        for page in corpus[locale].values()
        for table in page.task_tables
        for defect in (
            *(defect for row in table.table.rows for defect in row.defects),
            *(defect for task in table.tasks for defect in task.defects),
        )
        if defect.kind not in OF_WORDS
    }
    gaps, migration = "remediate-address-technical-gaps-partner", "migrate-migration-partner"
    services = "enable-enable-services-partner"
    assert (
        found
        == {
            "en": {
                (gaps, 58, DefectKind.ROW_TOO_FEW_CELLS, "4 of 5"),
                (migration, 66, DefectKind.ROW_MERGED, "1328"),
            },
            "de": {
                (gaps, 57, DefectKind.ROW_TOO_FEW_CELLS, "4 of 5"),
                (migration, 66, DefectKind.ROW_MERGED, "1328"),
                (services, 148, DefectKind.ROW_DOUBLED_PIPE, ""),
            },
        }[locale]
    )


@LOCALES
def test_what_broken_rows_say_is_read_all_the_same(corpus: Corpus, locale: str) -> None:
    by_id = {task.id: task for task in tasks(corpus[locale])}
    assert by_id["3184"].requirement == "optional"
    assert by_id["3184"].role_keys == ("fasttrack-engineer",)
    assert by_id["1328"].requirement == "optional"
    assert by_id["1328"].service_keys == ("exchange",)
    assert by_id["3143"].row == by_id["1328"].row


def test_process_pages(corpus: Corpus) -> None:
    pages = {page.id: page for page in corpus["en"].values() if page.kind == "process"}
    assert {page_id: len(page.steps) for page_id, page in pages.items()} == STEPS
    assert sum(STEPS.values()) == 80
    twice = "enable-enable-services-partner"
    for page_id, page in pages.items():
        sections = tuple(section.key for section in page.sections)
        assert sections == SECTIONS or page_id == twice
        assert tuple(dict.fromkeys(sections)) == SECTIONS
        [approach] = [section for section in page.sections if section.key == "approach"]
        assert set(approach.steps) <= set(page.steps)


def test_german_process_pages_have_the_same_sections(corpus: Corpus) -> None:
    pages = {page.id: page for page in corpus["de"].values() if page.id in STEPS}
    assert set(pages) == set(STEPS)
    for page in pages.values():
        assert tuple(dict.fromkeys(section.key for section in page.sections)) == SECTIONS
        assert len(page.steps) in (STEPS[page.id], STEPS[page.id] - 1)


@LOCALES
def test_phases(corpus: Corpus, locale: str) -> None:
    phases = [
        page.id
        for page in corpus[locale].values()
        if any(label.key == "phase" and label.keys for label in page.page_labels)
    ]
    assert len(phases) == len(set(phases)) == 16
    assert set(STEPS) - set(phases) == {"success-support-success-execution-partner"}
    assert set(phases) - set(STEPS) == {"adoption-continuum-partner"}


@LOCALES
def test_labels(corpus: Corpus, locale: str) -> None:
    labels = [
        label
        for page in corpus[locale].values()
        for block in page.label_blocks
        for label in block.labels
    ]
    assert (
        Counter(label.key for label in labels)
        == {
            "en": {"primary-role": 90, "applies-to": 89, "motions": 38, "phase": 16},
            "de": {
                "primary-role": 100,
                "applies-to": 98,
                "motions": 42,
                "phase": 16,
                "secondary-role": 1,
            },
        }[locale]
    )


@LOCALES
def test_defects(corpus: Corpus, locale: str) -> None:
    kinds = Counter(
        defect.kind for page in corpus[locale].values() for defect in page.all_defects()
    )
    shared = {
        DefectKind.LABEL_VALUE_EMPTY: 7,
        DefectKind.LABEL_VALUE_NOT_BOLD: 1,
        DefectKind.LABEL_VALUE_WRAPS: 1,
        DefectKind.HEADING_INSIDE_LIST: 1,
        DefectKind.DATE_IMPOSSIBLE: 1,
        DefectKind.ROW_MERGED: 1,
    }
    own = {
        "en": {
            DefectKind.LABELS_RUN_TOGETHER: 5,
            DefectKind.LABEL_VALUE_UNBALANCED: 1,
            DefectKind.ROW_TOO_FEW_CELLS: 2,
        },
        "de": {
            DefectKind.ROW_TOO_FEW_CELLS: 5,
            DefectKind.LABELS_RUN_TOGETHER: 6,
            DefectKind.LABEL_VALUE_UNBALANCED: 2,
            DefectKind.LABELS_IN_ONE_BOLD: 3,
            DefectKind.TABLE_SHORT_SEPARATOR: 4,
            DefectKind.ROW_DOUBLED_PIPE: 1,
            DefectKind.ROW_TOO_MANY_CELLS: 1,
        },
    }
    assert {kind: n for kind, n in kinds.items() if kind not in OF_WORDS} == shared | own[locale]


@LOCALES
def test_every_page_has_an_update_summary(corpus: Corpus, locale: str) -> None:
    summaries = {name: page.update_summary for name, page in corpus[locale].items()}
    changes = [change for summary in summaries.values() if summary for change in summary.changes]
    assert all(summaries.values())
    assert len(changes) == {"en": 216, "de": 214}[locale]
    without = [name for name, s in summaries.items() if s and s.heading is None]
    assert without == {"en": ["lifecycle-phases-landing"], "de": []}[locale]
    assert all(change.by and change.what for change in changes)
    # Day first with a dot, month first with a slash, in both languages.
    assert sum("." in change.date_text.text for change in changes) == {"en": 0, "de": 5}[locale]
    assert [change.date_text.text for change in changes if change.date is None] == ["10/018/2019"]
    days = [change.date for change in changes if change.date]
    assert dt.date(2018, 1, 1) < min(days) < max(days) < dt.date(2021, 1, 1)


@LOCALES
def test_front_matter(corpus: Corpus, locale: str) -> None:
    keys = Counter(
        tuple(entry.key for entry in page.front_matter.entries) for page in corpus[locale].values()
    )
    every = (
        *("title", "description", "author", "ms.author", "manager", "ms.date", "ms.topic"),
        *("ms.prod", "ms.custom", "ft.audience", "ft.owner"),
    )
    without_author = tuple(key for key in every if key != "author")
    assert set(keys) == {every, without_author}
    assert keys[without_author] == {"en": 9, "de": 6}[locale]
    assert sum(page.bom for page in corpus[locale].values()) == {"en": 24, "de": 22}[locale]
    for page in corpus[locale].values():
        assert all(isinstance(entry.value, str) for entry in page.front_matter.entries)
        assert page.front_matter.defects == ()


@LOCALES
def test_links_and_headings(corpus: Corpus, locale: str) -> None:
    pages = corpus[locale].values()
    assert sum(len(page.links) for page in pages) == {"en": 599, "de": 530}[locale]
    assert sum(len(page.headings) for page in pages) == {"en": 601, "de": 705}[locale]
    assert sum(len(page.tables) for page in pages) == {"en": 158, "de": 218}[locale]
    assert all(page.title for page in pages)
