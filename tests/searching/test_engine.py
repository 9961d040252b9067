"""What readers type finds what they mean, and says why."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leitfaden.checking.titles import Titles
from leitfaden.model.madeids import task_page, term_page
from leitfaden.searching.documents import TASK
from leitfaden.searching.engine import Engine, Found, Query, edits
from tests.searching.projects import ROOT, Project
from tests.searching.small import Small, engine_of, found_in, small

LOCALES = ("en", "de")
HEADER = (
    "| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |\n"
    "| --- | --- | :---: | :---: | --- |\n"
)
PAGES = {
    "en/index.md": "# Home\n\nThe relocation of mailboxes, and workshops about security.\n",
    "en/assess-mail.md": (
        "# Plan the relocation\n\nPhase: **Assess**\n\n## Approach\n\n### Look around\n\n"
        f"Applies To: **Exchange**\n\nText.\n\n{HEADER}"
        "| 4047 | Hold the security workshop | M | FM | Exchange |\n"
        "| 4048 | Count mailboxes | O | SME | Teams |\n"
    ),
    "en/enable-teams.md": (
        "# Enable everybody\n\nPhase: **Enable**\n\nThe text mentions a relocation.\n\n"
        f"## Approach\n\n### Do it\n\nText.\n\n{HEADER}| 5001 | Train people | M | SME | Teams |\n"
    ),
    "en/resources-meeting.md": "# Kick-off meeting\n\nFor 4047 reasons.\n",
    "de/index.md": "# Start\n\nEin Workshop für mehr Sicherheit.\n",
    "de/assess-mail.md": (
        "# Durchführung: Sicherheitsworkshop\n\nText über Postfächer.\n\n"
        "## Größe der Postfächer\n\nText.\n"
    ),
    "de/enable-teams.md": "# Bereitstellung planen\n\nErst der Plan.\n",
    "de/resources-cjk.md": "# 安全研讨会\n\n计划。\n",
    "de/resources-meeting.md": "# Auftaktgespräch\n\nText.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return small(tmp_path_factory.mktemp("small"), PAGES)


@pytest.mark.parametrize(
    "query", ["4047", "task 4047", "Task ID 4047", "FTOP 4047", "FTOP4047", "4047 security"]
)
def test_a_task_is_found_by_its_id_with_any_word_before_it(site: Small, query: str) -> None:
    first = site.search(query)[0]
    assert first.page.page_id in (task_page("4047"), "assess-mail")
    assert first.hits[0].document.number == "4047"


def test_an_id_beats_pages_that_mention_the_number(site: Small) -> None:
    ids = site.ids("4047")
    assert ids.index("resources-meeting") > ids.index("assess-mail")


def test_titles_come_before_texts(site: Small) -> None:
    ids = site.ids("relocation")
    assert ids[0] == "assess-mail"
    assert {"index", "enable-teams"} < set(ids)


def test_a_task_leads_to_its_row(site: Small) -> None:
    found = {one.page.page_id: one for one in site.search("security workshop")}
    hit = found["assess-mail"].hits[0].document
    assert (hit.kind, hit.anchor) == (TASK, "task-4047")


@pytest.mark.parametrize(
    ("query", "page", "how"),
    [
        ("Durchführung", "assess-mail", "exact"),
        ("Durchfuehrung", "assess-mail", "exact"),
        ("Durchfuhrung", "assess-mail", "exact"),
        ("DURCHFÜHRUNG", "assess-mail", "exact"),
        ("Grosse", "assess-mail", "exact"),
        ("Groesse", "assess-mail", "exact"),
        ("Durchführungen", "assess-mail", "stem"),
        ("Durchfü", "assess-mail", "prefix"),
        ("Durchfürhung", "assess-mail", "typo"),
        ("Durchfhrung", "assess-mail", "typo"),
        ("Bereitstelung", "enable-teams", "typo"),
        ("Auftakt Gespräch", "resources-meeting", "joined"),
        ("Kick-off", "resources-meeting", "synonym"),
        ("Kickoff", "resources-meeting", "synonym"),
        ("研讨会", "resources-cjk", "exact"),
    ],
)
def test_a_german_reader_finds_it_and_sees_why(
    site: Small, query: str, page: str, how: str
) -> None:
    first = site.search(query, "de")[0]
    assert first.page.page_id == page
    assert how in [reason.how for hit in first.hits for reason in hit.reasons]


def test_a_part_of_a_compound_finds_the_compound(site: Small) -> None:
    assert "assess-mail" in site.ids("Workshop", "de")
    assert site.ids("Sicherheits-Workshop", "de")[0] == "assess-mail"


def test_the_names_of_a_term_mean_the_same(site: Small) -> None:
    assert site.ids("FM")[0] == term_page("roles", "fasttrack-manager")
    assert site.ids("Exchange Online")[0] == term_page("services", "exchange")


def test_an_english_reader_finds_nothing_in_german(site: Small) -> None:
    assert not {"resources-cjk"} & set(site.ids("研讨会"))
    assert site.ids("Auftaktgespräch") == site.ids("Kick-off") or site.ids("Auftaktgespräch") == []
    for locale in LOCALES:
        for found in site.search("relocation workshop", locale):
            assert found.page.locale in (locale, "en")


def test_several_words_are_better_together(site: Small) -> None:
    assert site.ids("security workshop")[0] in ("assess-mail", task_page("4047"))
    assert site.ids("enable everybody")[0] == "enable-teams"


@pytest.mark.parametrize("query", ["", " ", "?!", "qzxqq", "\ud83d", "a"])
def test_what_nothing_has_finds_nothing(site: Small, query: str) -> None:
    assert site.ids(query) == []


def test_no_more_pages_than_asked_for(site: Small) -> None:
    engine = site.engine()
    assert len(engine.search(Query("relocation workshop", limit=2))) == 2


class TestFilters:
    @pytest.mark.parametrize(
        ("filters", "numbers"),
        [
            ({"services": ["exchange"]}, {"4047"}),
            ({"services": ["exchange", "teams"]}, {"4047", "4048", "5001"}),
            ({"services": ["teams"], "roles": ["sme"]}, {"4048", "5001"}),
            ({"services": ["teams"], "requirements": ["optional"]}, {"4048"}),
            ({"phases": ["enable"], "services": ["teams"]}, {"5001"}),
            ({"roles": []}, {"4047", "4048", "5001"}),
        ],
    )
    def test_only_what_has_one_of_each_is_found(
        self, site: Small, filters: dict[str, list[str]], numbers: set[str]
    ) -> None:
        query = "hold count train security mailboxes people"
        found = site.search(query, "en", **filters)
        hits = [hit.document for one in found for hit in one.hits]
        assert {one.number for one in hits if one.kind == TASK} == numbers
        for name, keys in filters.items():
            for hit in hits:
                assert not keys or set(getattr(hit.facets, name)) & set(keys)

    def test_what_nothing_has_leaves_nothing(self, site: Small) -> None:
        assert site.ids("workshop", phases=["remediate"]) == []


class TestReasons:
    def test_they_are_about_words_of_the_query_and_of_the_index(self, site: Small) -> None:
        engine = site.engine("de")
        for query in ("Sicherheitsworkshop Grosse", "plan bereitstelung", "kick-off"):
            for found in engine.search(Query(query)):
                assert found.hits
                for hit in found.hits:
                    assert hit.reasons
                    for reason in hit.reasons:
                        assert 0 < reason.value <= 1
                        assert 0 < reason.weight <= 1
                        assert reason.by

    def test_pages_and_their_parts_are_best_first(self, site: Small) -> None:
        found = site.search("security workshop relocation")
        scores = [one.score for one in found]
        assert scores == sorted(scores, reverse=True)
        for one in found:
            parts = [hit.score for hit in one.hits]
            assert parts == sorted(parts, reverse=True)


@given(st.text("abcd", max_size=7), st.text("abcd", max_size=7))
def test_errors_count_the_same_from_both_sides(one: str, other: str) -> None:
    distance = edits(one, other, 7)
    assert distance == edits(other, one, 7)
    assert (distance == 0) == (one == other)
    assert edits(one, other, 1) == min(distance, 2)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("mail", "mali", 1), ("mail", "mal", 1), ("mail", "maill", 1), ("mail", "meil", 1),
     ("mail", "liam", 3), ("migration", "migartoin", 2)],
)  # fmt: skip
def test_a_slip_is_one_error(one: str, other: str, count: int) -> None:
    assert edits(one, other, 5) == count


@given(st.text(max_size=60))
def test_any_query_has_an_answer(text: str) -> None:
    engine = own_engine()
    for found in engine.search(Query(text)):
        assert found.score > 0


@cache
def own_engine() -> Engine:
    project = Project("own", ROOT)
    return engine_of(found_in(project, "de"), project.contract, "de")


def test_a_long_query_takes_no_longer_than_its_beginning() -> None:
    long = own_engine().search(Query("workshop " * 200_000))
    assert [one.page for one in long] == [
        one.page for one in own_engine().search(Query("workshop " * 12))
    ]


# What is promised for each locale of the contract.


@pytest.fixture(
    scope="module", params=[f"{n} {locale}" for n in ("own", "corpus") for locale in LOCALES]
)
def searched(request: pytest.FixtureRequest) -> tuple[Project, str, Engine]:
    name, locale = request.param.split()
    project: Project = request.getfixturevalue(name)
    return project, locale, engine_of(found_in(project, locale), project.contract, locale)


def first_of(engine: Engine, text: str) -> Found:
    found = engine.search(Query(text, limit=1))
    assert found, text
    return found[0]


def test_each_locale_is_promised_the_same(own: Project) -> None:
    assert own.contract.locale_keys == LOCALES


def test_each_page_is_found_first_by_its_title(searched: tuple[Project, str, Engine]) -> None:
    project, locale, engine = searched
    pages = [page for page in project.playbook.pages[locale].values() if page.is_searched]
    titles = Titles(
        ((page.id, page.title) for page in pages), project.contract.locales[locale].search
    )
    missed = {}
    for page in pages:
        first = first_of(engine, page.title).page.page_id
        if first != page.id:
            missed[page.id] = first
    alike = {page.id: titles.found_by(page.title)[0] for page in pages}
    assert missed == {one: first for one, first in alike.items() if one != first}
    assert len(missed) <= len(pages) // 20


def test_each_task_is_found_first_by_its_id(searched: tuple[Project, str, Engine]) -> None:
    project, locale, engine = searched
    records = project.playbook.records(locale)
    assert len(records) > 100
    for task_id in records:
        first = first_of(engine, task_id)
        best = first.hits[0].document
        assert best.number == task_id, task_id
        assert best.kind == TASK or first.page.page_id == task_page(task_id)


def terms(project: Project, locale: str) -> Iterator[tuple[str, set[str]]]:
    """Yield the name of each term that has a page, and the pages that answer for it."""
    about = {
        phase: page.id
        for page in project.playbook.pages[locale].values()
        if page.is_about_phase
        for phase in page.phases
    }
    for vocabulary in ("phases", "motions", "roles", "services"):
        for key, term in project.contract.vocabulary(vocabulary).items():
            pages = {term_page(vocabulary, key)}
            if vocabulary == "phases" and key in about:
                pages = {about[key]}
            titled = [
                page.id
                for page in project.playbook.pages[locale].values()
                if page.title.casefold() == term.name(locale).casefold()
            ]
            yield term.name(locale), pages | set(titled)


def test_each_term_is_found_first_by_its_name(searched: tuple[Project, str, Engine]) -> None:
    project, locale, engine = searched
    wrong = {
        name: first
        for name, pages in terms(project, locale)
        if (first := first_of(engine, name).page.page_id) not in pages
    }
    assert wrong == {}


def test_each_word_of_the_glossary_is_found(searched: tuple[Project, str, Engine]) -> None:
    project, locale, engine = searched
    if not any(page.kind == "glossary" for page in project.playbook.pages[locale].values()):
        assert project.root != ROOT
        return
    for key, entry in project.contract.glossary.items():
        found = engine.search(Query(entry.name(locale), limit=5))
        anchors = {hit.document.anchor for one in found for hit in one.hits}
        assert f"term-{key}" in anchors
