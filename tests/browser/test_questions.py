"""The questions of questions.yml, answered as partners would: by mouse, and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from leitfaden.contract import Contract, load_contract
from tests.browser.conftest import ROOT, Visit

pytestmark = pytest.mark.browser

QUESTIONS = yaml.safe_load(Path(__file__).with_name("questions.yml").read_text("utf-8"))
MOST_STEPS = 3
MOST_TABS = 500
HOMES = {"en": "/", "de": "/de/"}
FACETS = ("phase", "role", "service", "requirement")  # the order in which a row says them
VOCABULARIES = dict(zip(FACETS, ("phases", "roles", "services", "requirements"), strict=True))

Step: TypeAlias = Mapping[str, Any]

# What lies behind an open fold, or outside of the window, counts as seen; what is hidden does not.
FIND_ADDRESS = """(links, part) => links.findIndex(link =>
    !link.ownerSVGElement && link.href.includes(part) && link.checkVisibility())"""


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract(ROOT / "playbook.yml")


class Mouse:
    """Whoever points."""

    def follow(self, page: Page, link: Locator) -> None:
        link.click()

    def press(self, page: Page, control: Locator) -> None:
        control.click()

    def type(self, page: Page, field: Locator, text: str) -> None:
        field.click()
        page.keyboard.type(text)


class Keyboard:
    """Whoever has but keys: past the navigation, then to each control by the tab key."""

    def follow(self, page: Page, link: Locator) -> None:
        self._reach(page, link)
        page.keyboard.press("Enter")

    def press(self, page: Page, control: Locator) -> None:
        self._reach(page, control)
        page.keyboard.press("Space")

    def type(self, page: Page, field: Locator, text: str) -> None:
        self._reach(page, field)
        page.keyboard.type(text)

    def _reach(self, page: Page, wanted: Locator) -> None:
        wanted.wait_for()
        handle = wanted.element_handle()
        if page.evaluate("document.activeElement === document.body"):
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")  # the theme's link past the navigation
        for _ in range(MOST_TABS):
            page.keyboard.press("Tab")
            if handle.evaluate("element => element === document.activeElement"):
                break
        else:
            raise AssertionError(f"the tab key never reaches {wanted}")
        assert handle.evaluate("element => element.matches(':focus-visible')")


@dataclass
class Partner:
    """Somebody with a question.

    Args:
        page: The browser's tab.
        hand: How the partner acts.
        locale: What the partner reads.
        contract: The words of the playbook.
    """

    page: Page
    hand: Mouse | Keyboard
    locale: str
    contract: Contract

    def text(self, value: str | Mapping[str, str]) -> str:
        """The words that stand on the page for a text of the file."""
        text = value if isinstance(value, str) else value[self.locale]
        key = re.fullmatch(r"\{(\w+)\.([\w-]+)\}", text)
        return self.contract.vocabulary(key[1])[key[2]].name(self.locale) if key else text

    def take(self, step: Step) -> None:
        """Do what one step says."""
        [(what, how)] = step.items()
        steps: dict[str, Callable[[Any], None]] = {
            "follow": self.follow,
            "choose": self.choose,
            "type": self.type,
            "tick": self.tick,
        }
        steps[what](how)

    def follow(self, how: Mapping[str, Any]) -> None:
        article = self.page.locator("article")
        before = _without_anchor(self.page.url)
        if "address" in how:
            links = article.locator("a[href]")
            at = links.evaluate_all(FIND_ADDRESS, how["address"])
            assert at >= 0, f"no link to {how['address']} on {before}"
            link = links.nth(at)
        elif "relation" in how:
            link = article.locator(f"a[rel={how['relation']}]").first
        else:
            link = article.get_by_role("link", name=self.text(how["name"]), exact=True).first
        self.hand.follow(self.page, link)
        self.page.wait_for_url(lambda url: _without_anchor(url) != before)
        self.page.wait_for_load_state("load")  # by then all scripts have run

    def choose(self, how: Mapping[str, Any]) -> None:
        name, value = self.text(how["field"]), self.text(how["value"])
        field = self.page.get_by_role("group", name=name, exact=True, include_hidden=True)
        box = field.get_by_role("checkbox", name=value, exact=True, include_hidden=True)
        if not box.is_visible():  # on a narrow screen the fields are folded
            fold = self.page.locator("article button[aria-expanded=false][aria-controls]:visible")
            self.hand.press(self.page, fold.first)
        self.hand.press(self.page, box)
        expect(box).to_be_checked()

    def type(self, how: Mapping[str, Any]) -> None:
        field = self.page.get_by_label(self.text(how["field"]), exact=True)
        self.hand.type(self.page, field, how["text"])

    def tick(self, _: str) -> None:
        box = self.page.locator("li[data-task] input[type=checkbox]:visible").first
        self.hand.press(self.page, box)
        expect(box).to_be_checked()

    # What must then be there.

    def sees(self, answer: Mapping[str, Any], only: Mapping[str, str]) -> None:
        """Fail unless the page answers."""
        [(what, value)] = answer.items()
        checks: dict[str, Callable[[Any], None]] = {
            "task-requirement": self.requirement,
            "count": self.count,
            "occurrence": self.occurrence,
            "newest-first": self.newest_first,
            "changed": self.changed,
            "owner": self.owner,
            "address": self.address,
            "tasks-by-phase": self.tasks_by_phase,
            "map": self.map,
            "progress": self.progress,
            "definitions": self.definitions,
        }
        checks[what](value)
        if only:
            self.fits(only)

    @property
    def rows(self) -> Locator:
        return self.page.locator("article tbody tr[data-at]:visible")

    def requirement(self, key: str) -> None:
        name = self.contract.requirements[key].name(self.locale)
        expect(self.rows.filter(has_text=name).first).to_be_visible()

    def count(self, _: bool) -> None:
        told = self.page.locator("[data-lf-count]")
        expect(told).to_be_visible()
        assert str(self.rows.count()) in re.findall(r"\d+", told.inner_text())

    def fits(self, only: Mapping[str, str]) -> None:
        """Each task that is shown is what was asked for, in one row that states it."""
        shown = self.rows.evaluate_all("rows => rows.map(row => row.dataset.at)")
        assert shown
        for said in shown:
            places = [
                dict(zip(FACETS, (field.split(",") for field in place.split(";")), strict=True))
                for place in said.split("|")
            ]
            assert any(
                all(self._covers(facet, key, place[facet]) for facet, key in only.items())
                for place in places
            ), said

    def _covers(self, facet: str, key: str, said: list[str]) -> bool:
        terms = self.contract.vocabulary(VOCABULARIES[facet])
        return any(one == key or (one in terms and terms[one].covers_all) for one in said)

    def occurrence(self, task: str) -> None:
        expect(self.page.locator(f"article a[href$='#task-{task}']:visible").first).to_be_visible()

    def newest_first(self, _: bool) -> None:
        days = self.page.locator("article h3 time:visible").evaluate_all(
            "times => times.map(time => time.dateTime)"
        )
        assert len(days) > 1
        assert days == sorted(days, reverse=True)

    def changed(self, _: bool) -> None:
        expect(self.page.locator(".lf-trust time").first).to_be_visible()

    def owner(self, _: bool) -> None:
        expect(self.page.locator(".lf-trust a[href*='roles/']").first).to_be_visible()

    def address(self, end: str) -> None:
        assert self.page.url.endswith(end)

    def tasks_by_phase(self, _: bool) -> None:
        phases = self.page.locator("article section[data-phase]:visible")
        assert phases.count() > 1
        for phase in phases.all():
            assert phase.locator("a[href*='#task-'], a[href*='tasks/']").count()

    def map(self, _: bool) -> None:
        drawn = self.page.locator("article .lf-map a:visible")
        told = self.page.locator("article .lf-map__words > li > ul > li > a:visible")
        names = drawn.evaluate_all("links => links.map(link => link.getAttribute('aria-label'))")
        assert len(names) > 1
        assert names == told.all_inner_texts()

    def progress(self, done: int) -> None:
        bar = self.page.locator("article progress").first
        expect(bar).to_be_visible()
        expect(bar).to_have_js_property("value", done)

    def definitions(self, _: bool) -> None:
        assert self.page.locator("article dl dd:visible").count() > 1


def _without_anchor(url: str) -> str:
    return url.partition("#")[0]


def test_no_question_takes_more_than_three_interactions() -> None:
    assert len(QUESTIONS) == 10
    assert [one for one in QUESTIONS if len(one["steps"]) > MOST_STEPS] == []


# Each hand with each width, and each language with all of them.
@pytest.mark.parametrize(
    ("locale", "hand", "width"),
    [
        ("en", Mouse, 1440),
        ("en", Keyboard, 360),
        ("de", Mouse, 360),
        ("de", Keyboard, 1440),
    ],
)
def test_each_question_is_answered(
    chromium: Browser,
    address: str,
    contract: Contract,
    locale: str,
    hand: type[Mouse] | type[Keyboard],
    width: int,
) -> None:
    unanswered: list[str] = []
    with chromium.new_context(viewport={"width": width, "height": 900}) as context:
        context.set_default_timeout(10_000)
        visit = Visit(context.new_page(), address)
        partner = Partner(visit.page, hand(), locale, contract)
        for one in QUESTIONS:
            visit.page.goto(f"{address}{HOMES[locale]}")
            try:
                for step in one["steps"]:
                    partner.take(step)
                for answer in one["answer"]:
                    partner.sees(answer, one.get("only", {}))
            except Exception as error:  # each question is told, not only the first that fails
                unanswered.append(f"{one['question'][locale]}\n{error}")
        visit.assert_clean()
    assert unanswered == [], "\n\n".join(unanswered)
