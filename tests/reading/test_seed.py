"""The reader on the page that the playbook began with."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from leitfaden.contract import load_contract
from leitfaden.model import DefectKind, Page, Position
from leitfaden.reading import PageReader

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seed"

pytestmark = pytest.mark.skipif(not SEED.is_dir(), reason="the seed page is not in ../shared")


@pytest.fixture(scope="module")
def seed() -> Page:
    (file,) = SEED.glob("*.md")
    contract = load_contract(ROOT / "playbook.yml")
    return PageReader(contract).read(
        file.read_bytes(),
        path=file.name,
        locale="de",
        page_id=contract.page_id(file.name, "de"),
    )


def test_its_id_has_lost_the_suffix_of_the_language(seed: Page) -> None:
    assert seed.id == "assess-conduct-adoption-and-change-management-conversation-partner"
    assert seed.kind == "process"


def test_its_page_labels(seed: Page) -> None:
    assert {label.key: label.keys for label in seed.page_labels} == {
        "phase": ("assess",),
        "motions": ("customer-health", "rfa", "targeting"),
    }


def test_its_first_step_has_two_primary_roles(seed: Page) -> None:
    first, *others = seed.steps
    assert [assignment.keys("primary-role") for assignment in first.assignments] == [
        ("fasttrack-ready-partner",),
        ("fasttrack-manager",),
    ]
    assert [len(step.assignments) for step in others] == [1, 1, 1]


def test_its_two_task_tables_are_sound(seed: Page) -> None:
    assert [len(table.tasks) for table in seed.task_tables] == [1, 7]
    assert [(task.id, task.requirement) for task in seed.tasks] == [
        ("4047", "mandatory"),
        ("3734", "mandatory"),
        ("3718", "mandatory"),
        ("3737", "mandatory"),
        ("3738", "mandatory"),
        ("3991", "optional"),
        ("3278", "mandatory"),
        ("4094", "mandatory"),
    ]
    assert all(task.role_keys and task.service_keys and not task.defects for task in seed.tasks)


def test_retired_names_are_known_as_such(seed: Page) -> None:
    retired = {use.text for task in seed.tasks for use in task.services if use.form == "deprecated"}
    assert retired == {"Office ProPlus", "Office 365 ProPlus"}


def test_its_update_summary_is_a_section_with_four_changes(seed: Page) -> None:
    assert seed.update_summary is not None
    assert [change.date for change in seed.update_summary.changes] == [
        dt.date(2020, 4, 30),
        dt.date(2020, 3, 25),
        dt.date(2019, 10, 1),
        dt.date(2018, 10, 26),
    ]
    assert seed.sections[-1].key == "update-summary"
    (defect,) = seed.all_defects()
    assert defect.kind is DefectKind.HEADING_INSIDE_LIST
    assert seed.position(defect.span.start) == Position(155, 5)


def test_places_are_those_of_the_file(seed: Page) -> None:
    sections = {heading.section: heading for heading in seed.headings if heading.section}
    assert seed.position(sections["overview"].span.start) == Position(21, 1)
    assert seed.position(sections["approach"].text_span.start) == Position(37, 5)
    (broken,) = [link for link in seed.links if "subject-matter-expert-" in link.target]
    assert seed.position(broken.target_span.start) == Position(123, 21)
    assert broken.target_span.of(seed.text) == broken.target
    date = seed.front_matter.entry("ms.date")
    assert date is not None
    assert seed.position(date.value_span.start) == Position(8, 10)
