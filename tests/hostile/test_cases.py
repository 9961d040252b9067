"""Each hostile case: built beside all others, told, and harmless in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import served
from tests.hostile.browse import Reader, reader
from tests.hostile.case import FOLDER, Case, all_cases
from tests.hostile.project import Made, make
from tests.hostile.published import mistakes

TOGETHER = [case for case in all_cases() if not case.is_alone]
ALONE = [case for case in all_cases() if case.is_alone]
SEEN = [case for case in TOGETHER if case.addresses]
# Pages that the site makes of what it finds on others.
VIEWS = (
    *("", "tasks/", "checklist/", "print/", "status/", "changes/", "map/", "roles/", "roles/sme/"),
    *("services/exchange/", "phases/", "404.html", "de/", "de/tasks/", "de/changes/"),
)


def named(case: Case) -> str:
    return case.name


def only(cases: list[Case], mark: str) -> list[Case]:
    return [case for case in cases if getattr(case, mark)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """All cases that can stand beside one another, in one site."""
    return make(tmp_path_factory.mktemp("hostile"), TOGETHER)


@pytest.fixture(scope="module")
def visitor(made: Made, chromium: Browser) -> Iterator[Reader]:
    """A reader whose browser would run what stands in a page: it knows no policy."""
    with served(made.site) as address, reader(chromium, address, bypass_csp=True) as one:
        yield one


def test_there_are_cases_enough_of_each_kind() -> None:
    assert len(list(FOLDER.glob("*.yml"))) >= 120
    assert {file.name[:2] for file in FOLDER.glob("*.yml")} == {f"{group}-" for group in "abcdefgh"}


def test_the_build_ends_and_says_so_in_its_own_words(made: Made) -> None:
    assert made.exit_code == 0, made.log
    assert "Traceback" not in made.log


def test_no_line_of_its_log_is_what_somebody_has_written(made: Made) -> None:
    assert not [sign for sign in "\x1b\x07\x85\r\u202e\u2028" if sign in made.log]
    assert not [line for line in made.log.splitlines() if line.startswith(("::", "end.md"))]


def test_nothing_outside_of_the_docs_folder_is_in_the_site(made: Made) -> None:
    holding = [
        path
        for path, content in made.files.items()
        if any(secret.encode() in content for secret in made.secrets)
    ]
    assert holding == []
    assert not any(secret in made.log for secret in made.secrets)
    assert sorted(path.name for path in made.root.parent.iterdir()) == ["outside", "project"]


def test_files_for_programs_are_sound(made: Made) -> None:
    theirs = {path for case in TOGETHER for path in case.files}
    below = {path.partition("docs/")[2].removeprefix("en/") for path in theirs}
    below |= {f"de/{path}" for path in below}
    assert not list(mistakes(made.files, frozenset(below - made.own)))


@pytest.mark.parametrize("case", only(TOGETHER, "reports"), ids=named)
def test_it_is_told(case: Case, made: Made) -> None:
    missing = [report for report in case.told if report not in made.told]
    told = sorted(one for one in made.told if case.name in one.path and one.line)
    assert missing == [], told


@pytest.mark.parametrize("case", only(TOGETHER, "unpublished"), ids=named)
def test_it_is_not_published(case: Case, made: Made) -> None:
    assert [path for path in case.unpublished if path in made.files] == []


@pytest.mark.browser
@pytest.mark.parametrize("case", SEEN, ids=named)
def test_nothing_happens_in_a_browser(case: Case, visitor: Reader) -> None:
    for address in case.addresses:
        is_own = bool(case.page) and address == case.addresses[0]
        wrong = visitor.open(address, case if is_own else None)
        assert not wrong, "\n".join(wrong)


@pytest.mark.browser
@pytest.mark.parametrize("address", VIEWS)
def test_nothing_happens_on_pages_that_the_site_has_made(address: str, visitor: Reader) -> None:
    wrong = visitor.open(address)
    assert not wrong, "\n".join(wrong)


@pytest.mark.browser
@pytest.mark.parametrize("case", only(TOGETHER, "frame"), ids=named)
def test_search_palette_and_drawer_work_beside_it(case: Case, visitor: Reader) -> None:
    assert visitor.use_frame(case.addresses[0] if case.page else "") == []


@pytest.mark.browser
def test_search_finds_them_and_shows_nothing_but_text(made: Made, visitor: Reader) -> None:
    wanted = {case.finds: case.addresses[0] for case in only(TOGETHER, "finds")}
    assert visitor.search(wanted) == []


@pytest.mark.parametrize("case", only(ALONE, "fails"), ids=named)
def test_it_ends_the_build_and_leaves_the_last_good_site(case: Case, tmp_path: Path) -> None:
    made = make(tmp_path, [case])
    assert made.exit_code == 1, made.log
    assert f" {case.fails} " in made.log
    assert "Traceback" not in made.log
    assert made.files == {"index.html": b"the last good site"}
    assert [report for report in case.told if report not in made.told_in_log] == []


@pytest.mark.parametrize("case", [case for case in ALONE if not case.fails], ids=named)
def test_it_is_harmless_with_its_own_settings(
    case: Case, tmp_path: Path, chromium: Browser
) -> None:
    made = make(tmp_path, [case])
    assert made.exit_code == 0, made.log
    assert [report for report in case.told if report not in made.told] == []
    assert [path for path in case.unpublished if path in made.files] == []
    with served(made.site) as address, reader(chromium, address) as one:
        for path in case.addresses:
            assert not one.open(path, case if case.page else None)


@pytest.mark.browser
def test_the_same_pages_would_do_harm_if_nothing_kept_them_from_it(
    tmp_path: Path, chromium: Browser
) -> None:
    """What finds nothing must be able to find something."""
    names = (
        "a-script-in-paragraph",
        "a-img-onerror",
        "a-details-toggle",
        "a-link-html",
        "a-iframe",
    )
    trusted = {"trust": "full", "policy": {"enforced": False}}
    cases = [case for case in all_cases() if case.name in names]
    made = make(tmp_path, [one.model_copy(update={"contract": trusted}) for one in cases])
    assert made.exit_code == 0, made.log
    with served(made.site) as address, reader(chromium, address) as one:
        for case in cases:
            assert f"ran: /{case.name}/" in one.open(case.addresses[0])
