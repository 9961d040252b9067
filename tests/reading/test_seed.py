"""The seed page, which lies beside the project: what stands on it, and exactly where."""

from __future__ import annotations

import datetime as dt

import pytest

from leitfaden.contract import Contract, load_contract
from leitfaden.model import DefectKind, Page, Position, Span
from leitfaden.reading import PageReader
from tests.reading.pages import ROOT, SHARED
from tests.reading.soundness import assert_sound

ID = "assess-conduct-adoption-and-change-management-conversation-partner"
SEED = SHARED / "seed" / f"{ID}-de.md"

pytestmark = pytest.mark.skipif(
    not SEED.is_file(), reason=f"the seed page is not there: it lies beside the project, in {SEED}"
)

ALL_MOTIONS = ("customer-health", "rfa", "targeting")


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract(ROOT / "playbook.yml")


@pytest.fixture(scope="module")
def seed(contract: Contract) -> Page:
    page_id = contract.page_id(SEED.stem, "de")
    return PageReader(contract).read(
        SEED.read_bytes(), path=f"docs/de/{SEED.name}", locale="de", page_id=page_id
    )


def at(page: Page, span: Span) -> tuple[int, int]:
    """Return line and column of the beginning of a span."""
    position = page.position(span.start)
    return position.line, position.column


def test_it_is_read_and_sound(seed: Page, contract: Contract) -> None:
    assert_sound(seed, contract)
    assert (seed.id, seed.kind, seed.bom) == (ID, "process", False)
    assert len(seed.line_starts) == 163
    assert [(d.kind, at(seed, d.span)) for d in seed.all_defects()] == [
        (DefectKind.HEADING_INSIDE_LIST, (155, 5))
    ]


def test_front_matter(seed: Page) -> None:
    matter = seed.front_matter
    assert {entry.key: at(seed, entry.key_span) for entry in matter.entries} == {
        "title": (3, 1),
        "description": (4, 1),
        "author": (5, 1),
        "ms.author": (6, 1),
        "manager": (7, 1),
        "ms.date": (8, 1),
        "ms.topic": (9, 1),
        "ms.prod": (10, 1),
        "ms.custom": (11, 1),
        "ft.audience": (12, 1),
        "ft.owner": (13, 1),
    }
    assert matter.text("title") == matter.text("description")
    assert matter.text("ms.date") == "10/22/2019"
    assert matter.text("ft.audience") == "partner"
    assert seed.position(matter.span.end) == Position(15, 1)
    # The blanks behind a value are no part of it.
    title = matter.entry("title")
    assert title
    assert at(seed, title.value_span) == (3, 8)
    assert seed.text[title.value_span.end :].startswith("  \n")


def test_headings(seed: Page) -> None:
    assert [
        (heading.level, heading.section, at(seed, heading.span), at(seed, heading.text_span)[1])
        for heading in seed.headings
    ] == [
        (1, None, (16, 1), 3),
        (2, "overview", (21, 1), 4),
        (2, "objectives", (31, 1), 5),
        (2, "approach", (37, 1), 5),
        (3, None, (39, 1), 5),
        (3, None, (77, 1), 5),
        (3, None, (100, 1), 5),
        (4, "ftop-tasks", (108, 1), 7),
        (3, None, (114, 1), 5),
        (4, "ftop-tasks", (126, 1), 7),
        (2, "key-inputs", (138, 1), 4),
        (2, "key-outputs", (145, 1), 5),
        (2, "next-steps", (151, 1), 4),
        (2, "update-summary", (155, 5), 8),
    ]
    assert all(heading.section_locale == "de" for heading in seed.headings if heading.section)


def test_the_last_heading_is_hoisted_out_of_its_list(seed: Page) -> None:
    heading = seed.headings[-1]
    assert [defect.kind for defect in heading.defects] == [DefectKind.HEADING_INSIDE_LIST]
    before = seed.events[: heading.events[0]]
    depth = sum((event.kind == "open") - (event.kind == "close") for event in before)
    assert depth == 0
    assert seed.sections[-1].heading == heading
    assert at(seed, seed.sections[-2].span) == (151, 1)
    assert seed.sections[-2].span.end == heading.span.start


def test_labels(seed: Page) -> None:
    partner, manager = ("fasttrack-ready-partner",), ("fasttrack-manager",)
    blocks = [
        (at(seed, block.span)[0], {label.key: label.keys for label in block.labels})
        for block in seed.label_blocks
    ]

    def triple(role: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        return {"primary-role": role, "motions": ALL_MOTIONS, "applies-to": ("all",)}

    assert blocks == [
        (18, {"phase": ("assess",), "motions": ALL_MOTIONS}),
        (41, triple(partner)),
        (45, triple(manager)),
        (79, triple(partner)),
        (102, triple(partner)),
        (116, triple(partner)),
    ]
    assert all(block.whole and len(block.assignments) == 1 for block in seed.label_blocks)
    assert seed.phases == ("assess",)
    assert [label.key for label in seed.page_labels] == ["phase", "motions"]
    first = next(seed.label_blocks[1].labels)
    assert at(seed, first.value_span) == (41, 16)
    assert at(seed, first.values[0].span) == (41, 18)


def test_steps(seed: Page) -> None:
    assert [
        (at(seed, step.heading.span)[0], len(step.assignments), len(step.tasks))
        for step in seed.steps
    ] == [(39, 2, 0), (77, 1, 0), (100, 1, 1), (114, 1, 7)]


def test_task_tables(seed: Page) -> None:
    assert [(at(seed, t.span)[0], len(t.tasks)) for t in seed.task_tables] == [(110, 1), (128, 7)]
    assert [(task.id, at(seed, task.id_cell.span)) for task in seed.tasks] == [
        ("4047", (112, 3)),
        ("3734", (130, 3)),
        ("3718", (131, 3)),
        ("3737", (132, 3)),
        ("3738", (133, 3)),
        ("3991", (134, 3)),
        ("3278", (135, 3)),
        ("4094", (136, 3)),
    ]
    assert [task.requirement for task in seed.tasks].count("optional") == 1
    assert {task.role_keys for task in seed.tasks} == {
        ("fasttrack-manager",),
        ("fasttrack-engineer",),
    }
    columns = ("task-id", "task-name", "requirement", "role", "services")
    assert all(table.table.columns == columns for table in seed.task_tables)
    assert at(seed, seed.tasks[1].name.span) == (130, 13)


def test_retired_names(seed: Page) -> None:
    retired = [
        (task.id, use.text, at(seed, use.span))
        for task in seed.tasks
        for use in task.services
        if use.form == "deprecated"
    ]
    assert retired == [
        ("3734", "Office ProPlus", (130, 125)),
        ("3738", "Office 365 ProPlus", (133, 119)),
        ("3278", "Office 365 ProPlus", (135, 147)),
    ]
    assert seed.tasks[6].service_keys == (
        "outlook-mobile",
        "exchange",
        "microsoft-365-apps",
        "intune",
    )


def test_links(seed: Page) -> None:
    by_line = {at(seed, link.target_span)[0]: link for link in seed.links}
    assert len(seed.links) == 14
    broken = by_line[123]
    assert at(seed, broken.target_span) == (123, 21)
    assert broken.target == "resources-fasttrack-subject-matter-expert-resources-guidance-de.md"
    assert at(seed, by_line[122].target_span) == (122, 51)
    assert {line for line, link in by_line.items() if "/en-us/" in link.target} == {67, 71}
    assert all(link.target_span.of(seed.text) == link.target for link in seed.links)


def test_update_summary(seed: Page) -> None:
    summary = seed.update_summary
    assert summary
    assert summary.heading == seed.headings[-1]
    assert [(change.date, at(seed, change.span)) for change in summary.changes] == [
        (dt.date(2020, 4, 30), (159, 2)),
        (dt.date(2020, 3, 25), (160, 2)),
        (dt.date(2019, 10, 1), (161, 2)),
        (dt.date(2018, 10, 26), (162, 2)),
    ]
    assert summary.newest == dt.date(2020, 4, 30)
    assert all(change.by and change.what and not change.notes for change in summary.changes)


def test_non_breaking_blanks_shift_no_column(seed: Page) -> None:
    line = seed.text.split("\n")[60]
    assert "\u00a0" in line
    link = next(link for link in seed.links if seed.position(link.span.start).line == 61)
    assert line[seed.position(link.target_span.start).column - 1 :].startswith(link.target)
