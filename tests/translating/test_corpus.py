"""What is told of the real pages of 2020, as they are; only counts, keys and numbers of tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from leitfaden.contract import load_contract
from leitfaden.model import Page
from leitfaden.reading import PageReader
from leitfaden.translating.bootstrap import bootstrap
from leitfaden.translating.evidence import Topic
from leitfaden.translating.lock import Lock, read_lock, write_lock
from leitfaden.translating.standing import Standing, UnitState, record, standing_of
from leitfaden.translating.units import UnitKind, UnitReader
from tests.checking.corpus import CORPUS, FOLDERS
from tests.reading.pages import ROOT

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"the corpus of real pages is not there: it lies in {CORPUS}"
)
CONTRACT = load_contract(ROOT / "playbook.yml")


@pytest.fixture(scope="module")
def pages() -> Mapping[str, Mapping[str, Page]]:
    """All pages by locale and id; of two files for one page the one made for the locale."""
    reader = PageReader(CONTRACT)
    found: dict[str, dict[str, Page]] = {}
    for locale, folder in FOLDERS.items():
        files = sorted(folder.glob("*.md"), key=lambda file: file.stem.endswith(f"-{locale}"))
        found[locale] = {
            page_id: reader.read(file.read_bytes(), path=file.name, locale=locale, page_id=page_id)
            for file in files
            for page_id in (CONTRACT.page_id(file.name, locale),)
        }
    return found


@pytest.fixture(scope="module")
def standings(pages: Mapping[str, Mapping[str, Page]]) -> Mapping[str, Standing]:
    return stand(pages, Lock())


def stand(pages: Mapping[str, Mapping[str, Page]], lock: Lock) -> dict[str, Standing]:
    reader = UnitReader(CONTRACT)
    return {
        page_id: standing_of(
            reader.read(source), reader.read(pages["de"][page_id], source), lock, CONTRACT
        )
        for page_id, source in pages["en"].items()
        if page_id in pages["de"]
    }


def test_each_page_with_a_translation_stands_somehow(standings: Mapping[str, Standing]) -> None:
    assert len(standings) == 64


def test_the_tasks_that_german_lacks_are_named(standings: Mapping[str, Standing]) -> None:
    missing = [
        unit.key
        for standing in standings.values()
        for unit in standing.in_state(UnitState.MISSING)
        if unit.kind is UnitKind.TASK
    ]
    assert sorted(missing) == [
        "task:3731:name",
        "task:3743:name",
        "task:4110:name",
        "task:4111:name",
        "task:4112:name",
    ]


def test_the_pages_whose_summaries_lag_are_behind_by_their_own_account(
    standings: Mapping[str, Standing],
) -> None:
    assert sum(standing.is_late for standing in standings.values()) == 20


def test_requirements_roles_and_services_agree_but_where_they_really_differ(
    standings: Mapping[str, Standing],
) -> None:
    topics = Counter(
        contradiction.topic
        for standing in standings.values()
        for unit in standing.units
        for contradiction in unit.contradictions
    )
    facts = (Topic.REQUIREMENT, Topic.ROLES, Topic.SERVICES, Topic.LABEL, Topic.TASK)
    assert {topic: topics[topic] for topic in facts if topics[topic]} == {}
    assert sum(topics.values()) < 30


def test_titles_that_stayed_english_are_untranslated(standings: Mapping[str, Standing]) -> None:
    found = Counter(
        unit.key
        for standing in standings.values()
        for unit in standing.in_state(UnitState.UNTRANSLATED)
    )
    assert found["meta:title"] >= 10
    assert sum(count for key, count in found.items() if not key.startswith("meta:")) <= 3


def test_a_lock_of_all_pages_is_read_again_and_nothing_is_behind(
    pages: Mapping[str, Mapping[str, Page]], standings: Mapping[str, Standing]
) -> None:
    lock = Lock()
    for standing in standings.values():
        lock = record(lock, standing)
    again, problems = read_lock(write_lock(lock))
    assert (again, problems) == (lock, ())
    after = stand(pages, again)
    states = Counter(unit.state for one in after.values() for unit in one.units)
    assert states[UnitState.BEHIND] == 0
    assert states[UnitState.CURRENT] > 2_500


def test_a_lock_begins_with_what_evidence_supports(standings: Mapping[str, Standing]) -> None:
    recorded, doubted = 0, 0
    for standing in standings.values():
        lock, doubts = bootstrap(Lock(), standing)
        recorded += len(lock.records)
        doubted += len(doubts)
        assert not (standing.is_late and lock.records)
    assert recorded > 700
    assert doubted > 700
