"""Made-up playbooks: pages as the reader knows them, none a copy of another."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from pathlib import Path

import pytest

from leitfaden.model import Page
from leitfaden.reading import PageReader, read_playbook
from scripts.synthetic import PAGES_PER_TABLE, TASKS, Synthetic

CONTRACT = (Path(__file__).parents[2] / "playbook.yml").read_text("utf-8")
SMALL = Synthetic(60, CONTRACT.partition("\nnavigation:")[0])
LOCALES = ("en", "de")


def read(locale: str) -> list[Page]:
    reader = PageReader(SMALL.contract)
    return [
        reader.read(made.text.encode(), path="x.md", locale=locale, page_id=made.page_id)
        for made in SMALL.of_locale(locale)
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_pages_have_labels_steps_and_tasks_that_the_reader_knows(locale: str) -> None:
    pages = read(locale)
    assert all(page.phases and len(page.steps) == 3 for page in pages)
    tasks = [task for page in pages for task in page.tasks]
    assert len(tasks) == len({task.id for task in tasks}) == 60 // PAGES_PER_TABLE * TASKS
    assert [task.defects for task in tasks if task.defects] == []
    assert all(task.role_keys and task.service_keys and task.requirement for task in tasks)


def test_locales_have_the_same_pages_and_tasks() -> None:
    english, german = (list(SMALL.of_locale(locale)) for locale in LOCALES)
    assert [(page.page_id, list(page.tasks)) for page in english] == [
        (page.page_id, list(page.tasks)) for page in german
    ]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_page_is_a_copy_and_the_same_come_again(locale: str) -> None:
    pages = list(SMALL.of_locale(locale))
    assert len({page.text for page in pages}) == len(pages)
    assert pages == list(SMALL.of_locale(locale))


@pytest.mark.parametrize(("locale", "exponent"), [("en", 0.5), ("de", 0.56)])
def test_vocabulary_grows_ever_more_slowly(locale: str, exponent: float) -> None:
    known: set[str] = set()
    sizes: list[int] = []
    for number, page in enumerate(Synthetic(400, SMALL.contract_text).of_locale(locale), 1):
        known.update(re.findall(r"[^\W_]+(?:-[^\W_]+)*", page.text))
        if number in (100, 200, 400):
            sizes.append(len(known))
    growths = [math.log2(more / fewer) for fewer, more in pairwise(sizes)]
    assert growths == pytest.approx([exponent, exponent], abs=0.08)


def test_it_is_written_as_a_project(tmp_path: Path) -> None:
    SMALL.write(tmp_path)
    playbook = read_playbook(tmp_path / "docs", SMALL.contract, tmp_path)
    assert {locale: len(playbook.pages[locale]) for locale in LOCALES} == {"en": 61, "de": 61}
