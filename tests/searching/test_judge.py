"""The sets of queries are complete and true, and the judge counts as readers would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.searching import sets
from tests.searching.derived import derived, things_of, words_of
from tests.searching.judge import Figures, Hit, figures, grouped, judge, place, queries_of, table
from tests.searching.projects import Project, plain_id
from tests.searching.sets import CATEGORIES, Query, stored

LOCALES = ("en", "de")
LEAST = 150  # queries for a locale
LEAST_OF_A_KIND = 12
ONLY_SOME = {"umlauts": {"de"}}  # categories that not all languages have


@pytest.mark.parametrize("locale", LOCALES)
def test_each_locale_has_queries_enough_of_each_kind(
    own: Project, corpus: Project, locale: str
) -> None:
    found = [q for p in (own, corpus) for q in queries_of(p) if q.locale == locale]
    kinds = Counter(query.category for query in found)
    assert len(found) >= LEAST
    wanted = {c for c in CATEGORIES if locale in ONLY_SOME.get(c, LOCALES)}
    assert {kind for kind, count in kinds.items() if count >= LEAST_OF_A_KIND} == wanted


@pytest.mark.parametrize("locale", LOCALES)
def test_without_the_corpus_there_are_queries_enough(own: Project, locale: str) -> None:
    assert len(list(stored(own, locale))) >= LEAST


def test_both_halves_are_as_large_and_have_all_kinds(own: Project, corpus: Project) -> None:
    found = [query for project in (own, corpus) for query in queries_of(project)]
    for locale in LOCALES:
        halves = Counter(query.half for query in found if query.locale == locale)
        assert 0.4 < halves["tune"] / halves.total() < 0.6
        kinds = {half: {q.category for q in found if q.half == half} for half in halves}
        assert kinds["tune"] == kinds["report"]


def test_a_half_hangs_on_the_text_alone() -> None:
    one = Query("own", "en", "ids", "Task 4047", frozenset())
    assert one.half == one._replace(text="task 4047", locale="de", category="names").half


def test_all_pages_that_answer_own_queries_are_on_the_site(own: Project) -> None:
    assert {page for query in queries_of(own) for page in query.pages} <= own.pages


def test_all_pages_that_answer_queries_for_the_corpus_are_on_its_site(corpus: Project) -> None:
    assert {page for query in queries_of(corpus) for page in query.pages} <= corpus.pages


def test_pages_that_answer_are_in_the_readers_language(own: Project, corpus: Project) -> None:
    for project in (own, corpus):
        for query in queries_of(project):
            assert all(project.is_in(page, query.locale) for page in query.pages), query


def test_no_query_is_there_twice(own: Project, corpus: Project) -> None:
    found = [query for project in (own, corpus) for query in queries_of(project)]
    count = Counter((query.site, query.locale, query.text.casefold()) for query in found)
    assert [key for key, often in count.items() if often > 1] == []


def test_the_same_pages_give_the_same_queries(corpus: Project) -> None:
    again = Project("corpus", corpus.root)
    assert list(derived(again, "de")) == list(derived(corpus, "de"))


def test_names_of_the_corpus_are_not_written_down(corpus: Project) -> None:
    for locale in LOCALES:
        names = {thing.words for thing in things_of(corpus, locale) if len(thing.words) > 3}
        assert [q.text for q in stored(corpus, locale) if words_of(q.text) in names] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nonsense: {a: index}", "no category"),
        ("ids: {'77777': 77777}", "no page has"),
        ("ids: {a: index, a: glossary}", "twice"),
    ],
)
def test_a_set_that_is_wrong_is_refused(
    own: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, said: str
) -> None:
    (tmp_path / "own.en.yml").write_text(text, "utf-8")
    monkeypatch.setattr(sets, "SETS", tmp_path)
    with pytest.raises(ValueError, match=said):
        list(stored(own, "en"))


def test_addresses_tell_locale_and_page(own: Project) -> None:
    assert place("http://127.0.0.1:1/de/tasks/4047/#task-4047", own) == ("de", "tasks/4047")
    assert place("/tasks/?q=x", own) == ("en", "tasks")
    assert place("de/", own) == ("de", "")
    assert place("descent/index.html", own) == ("en", "descent")
    assert plain_id("tasks/index") == "tasks"


Answer = Callable[[Query], list[Hit | str]]


def ask(own: Project, answer: Answer, locale: str = "de") -> Figures:
    query = Query("own", locale, "ids", "x", frozenset({"tasks/4047"}), "4047")
    return figures(judge(own, [query], answer))


def test_results_on_one_page_count_once(own: Project) -> None:
    found: list[Hit | str] = ["de/glossary/", "de/glossary/#a", "de/map/", "de/tasks/4047/"]
    outcome = next(
        judge(own, [Query("own", "de", "ids", "x", frozenset({"tasks/4047"}))], lambda _: found)
    )
    assert (outcome.rank, outcome.foreign, outcome.first) == (3, 0, "de: glossary")


def test_the_right_page_in_another_language_is_not_right(own: Project) -> None:
    assert ask(own, lambda _: ["tasks/4047/", "de/tasks/4047/"]) == Figures(1, 0, 1, 1)


def test_a_page_that_is_not_translated_is_in_another_language_unless_marked(
    corpus: Project,
) -> None:
    assert corpus.is_in("covid-response", "en")
    assert not corpus.is_in("covid-response", "de")
    assert corpus.is_in("tasks/4047", "de")
    assert ask(corpus, lambda _: ["de/covid-response/"]).foreign == 1
    assert ask(corpus, lambda _: [Hit("de/covid-response/", "en")]).foreign == 0


def test_nothing_found_is_no_success(own: Project) -> None:
    assert ask(own, lambda _: []) == Figures(1, 0, 0, 0)


def test_the_sixth_page_is_too_late(own: Project) -> None:
    pages: list[Hit | str] = [f"de/{number}/" for number in range(5)]
    assert ask(own, lambda _: [*pages[:4], "de/tasks/4047/"]).five == 1
    assert ask(own, lambda _: [*pages, "de/tasks/4047/"]).five == 0


def test_the_table_tells_all_and_each_half(own: Project) -> None:
    some = [q for q in queries_of(own) if q.category in ("ids", "names")]
    outcomes = list(judge(own, some, lambda query: [f"tasks/{query.task}/"]))
    shown = table(outcomes)
    assert list(grouped(outcomes)) == [
        (locale, category) for locale in ("de", "en") for category in ("all", "ids", "names")
    ]
    assert "en ids" in shown
    assert "de names" in shown
    halves = [grouped(outcomes, half)["en", "all"].queries for half in ("tune", "report")]
    assert sum(halves) == grouped(outcomes)["en", "all"].queries
