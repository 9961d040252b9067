"""What the rules about tasks do to a page, and what they make of several pages."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from leitfaden.checking.engine import without_copies
from leitfaden.checking.finding import Finding
from leitfaden.checking.registry import all_rules
from leitfaden.checking.subject import Subject
from leitfaden.contract.frozen import FrozenMap
from tests.checking.fixtures import build_tree
from tests.checking.splices import contract, fixed, found_by, read

HEADER = (
    "| Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |\n"
    "|---|---|---|---|---|\n"
)
CODES = ["LF301", "LF302", "LF304", "LF305", "LF306", "LF307", "LF308", "LF316"]


def findings(code: str, **pages: str) -> dict[str, list[Finding]]:
    """Return what a rule finds in each page; `de_some` is the page `some` in German."""
    paths = {name: f"{name.replace('_', '/')}.md" for name in pages}
    files = {paths[name]: (HEADER + rows).encode() for name, rows in pages.items()}
    _, found, _ = build_tree(files, contract())
    return {
        name: [one.finding for one in found[path][1] if one.code == code]
        for name, path in paths.items()
    }


@pytest.mark.parametrize(
    ("cell", "afterwards"),
    [
        ("#4047", "4047"),
        ("4047.", "4047"),
        ("**4047:**", "**4047**"),
        ("[#4047](x.md)", "[4047](x.md)"),
        ("40\u00ad47", "4047"),
        ("\u0664\u0660\u0664\u0667", "\u0664\u0660\u0664\u0667"),
        ("40 47", "40 47"),
        ("4047/4048", "4047/4048"),
        ("T4047", "T4047"),
        ("404-7", "404-7"),
    ],
)
def test_what_stands_around_an_id_goes_if_nothing_is_lost(cell: str, afterwards: str) -> None:
    text = HEADER + "| {} | Do | M | SME | Teams |\n"
    assert fixed("LF301", text.format(cell)) == text.format(afterwards)


def test_a_row_that_repeats_another_goes_with_its_line() -> None:
    one, two = "| 4047 | Do | M | SME | Teams |", "| 4048 | Do | M | SME | Teams |"
    assert fixed("LF302", f"{HEADER}{one}\r\n{two}\r\n{one}\r\n") == f"{HEADER}{one}\r\n{two}\r\n"
    assert fixed("LF302", f"{HEADER}{one}\n{one}\n{one}") == f"{HEADER}{one}\n"


def test_a_row_that_says_something_else_stays() -> None:
    text = f"{HEADER}| 4047 | Do | M | SME | Teams |\n| 4047 | Do not | M | SME | Teams |\n"
    assert fixed("LF302", text) == text
    (finding,) = found_by("LF302", read(text))
    assert finding.related[0].place.start == read(text).position(text.index("4047"))


def test_a_letter_with_two_meanings_elsewhere_is_not_replaced() -> None:
    ours = contract()
    other = replace(ours.locales["de"], requirement=FrozenMap({"mandatory": "X", "optional": "E"}))
    theirs = replace(ours, locales=FrozenMap({**ours.locales, "nl": other}))
    page = read(f"{HEADER}| 4047 | Do | E | SME | Teams |\n")
    check = all_rules()["LF304"].page_check
    assert check
    (clear,), (unclear,) = check(Subject(page, ours)), check(Subject(page, theirs))
    assert clear.fix
    assert unclear.variant == "foreign"
    assert unclear.fix is None


def test_names_are_replaced_within_links_and_emphasis() -> None:
    text = f"{HEADER}| 4047 | Do | M | [FE](x.md) / **FM** | _Office ProPlus_, Teams |\n"
    text = fixed("LF308", fixed("LF306", text))
    assert "| [FastTrack Engineer](x.md) / **FastTrack Manager** |" in text
    assert "| _Microsoft 365 Apps_, Teams |" in text


def test_the_majority_is_right_and_the_rest_is_told() -> None:
    found = findings(
        "LF303",
        en_a="| 4047 | Once | M | SME | Teams |",
        en_b="| 4047 | Twice | M | SME | Teams |",
        en_c="| 4047 | Twice | M | SME | Teams |",
        en_d="| 4047 | Once | M | SME | Teams |",
        en_e="| 4047 | twice | M | SME | Teams |",
    )
    assert [name for name, findings in found.items() if findings] == ["en_a"]
    other, same = found["en_a"][0].related
    assert (other.place.path, other.key) == ("docs/en/b.md", "")
    assert (same.place.path, same.key) == ("docs/en/d.md", "same")


def test_without_a_majority_the_later_page_is_told() -> None:
    found = findings("LF303", en_b="| 4047 | Hold | M | SME | X |", en_a="| 4047 | Have | M | | |")
    assert not found["en_a"]
    assert found["en_b"][0].values["page"] == "a"


def test_a_task_for_two_roles_on_one_page_contradicts_nothing() -> None:
    rows = f"| 4047 | Do | M | SME | Teams |\n\n{HEADER}| 4047 | Do | M | FE | Teams |\n"
    found = findings("LF303", en_a=rows, en_b=rows, en_c="| 4047 | Do | M | SME, FE | Teams |")
    assert not any(found.values())


def test_what_is_not_known_contradicts_nothing() -> None:
    found = findings(
        "LF303", en_a="| 4047 | Do | M | SME, Trainer | X |", en_b="| 4047 | Do | ? | FE | Teams |"
    )
    assert not any(found.values())


def test_a_name_that_is_not_translated_contradicts_no_translation() -> None:
    found = findings(
        "LF303",
        en_a="| 4047 | Do it | M | SME | Teams |",
        de_a="| 4047 | Do it | E | SME | Teams |",
        de_b="| 4047 | Erledigen | E | SME | Teams |",
        de_c="| 4047 | Erledigung | E | SME | Teams |",
    )
    assert [name for name, findings in found.items() if findings] == ["de_c"]


def test_contradicting_services_are_told_in_the_source_language_alone() -> None:
    files = {
        f"{locale}/{page}.md": f"{HEADER}| 4047 | Do | {letter} | SME | {services} |".encode()
        for locale, letter in (("en", "M"), ("de", "E"))
        for page, services in (("a", "Teams"), ("b", "Teams, Exchange"))
    }
    _, found, _ = build_tree(files, contract())
    source, translation = found["en/b.md"][1], found["de/b.md"][1]
    assert "LF303" in [one.code for one in source]
    assert "LF303" in [one.code for one in translation]
    assert "LF303" not in [one.code for one in without_copies(translation, source)]


def test_a_missing_task_is_told_where_it_belongs() -> None:
    found = findings(
        "LF504",
        en_a="\n".join(f"| {n} | Do | M | SME | Teams |" for n in (1001, 1002, 1003, 1004, 1005)),
        de_a="| 1002 | Tun | E | SME | Teams |\n| 1004 | Tun | E | SME | Teams |\n",
    )["de_a"]
    assert [finding.values["ids"] for finding in found] == ["1001", "1003", "1005"]
    text = HEADER + "| 1002 | Tun | E | SME | Teams |\n| 1004 | Tun | E | SME | Teams |\n"
    first = [text[f.span.start : f.span.start + 4] for f in found]
    assert first == ["1002", "1002", "1004"]
    assert found[0].related[0].place.path == "docs/en/a.md"


def test_an_id_with_a_slip_is_one_finding() -> None:
    pages = {
        "en_a": "| 4047 | Do | M | SME | Teams |\n| 4048 | Do | M | FE | Teams |\n",
        "de_a": "| 4047 | Tun | E | SME | Teams |\n| 4084 | Tun | E | FE | Teams |\n",
    }
    (finding,) = findings("LF505", **pages)["de_a"]
    assert (finding.variant, finding.guess) == ("id", "4048")
    assert not findings("LF504", **pages)["de_a"]


@pytest.mark.parametrize(
    "row",
    [
        "| 4047 | Do | M | SME | Teams |",
        "|  | Do | M | SME | Teams |",
        "| #4047 | Do | X | FE | Sharepiont |",
        "| 4047 |  |  |  |  |",
        "| 4047 | Do | M | SME, FE, Nobody | Office ProPlus |",
    ],
)
def test_many_rows_take_no_time(row: str) -> None:
    page = read(HEADER + f"{row}\n" * (400_000 // len(row)))
    for code in CODES:
        start = time.process_time()
        found_by(code, page)
        assert time.process_time() - start < 2, code


def test_many_pages_that_contradict_each_other_take_no_time() -> None:
    rows = "".join(f"| {n} | Do {{0}} | M | SME | Teams |\n" for n in range(1000, 1040))
    pages = {f"en_p{n}": rows.format(n) for n in range(200)}
    start = time.process_time()
    found = findings("LF303", **pages)
    assert sum(map(len, found.values())) == 40 * 199
    assert time.process_time() - start < 5


def test_without_a_majority_a_finding_says_how_many_say_what() -> None:
    one, two = "| 4047 | Do | M | SME | Teams |\n", "| 4047 | Do it | M | SME | Teams |\n"
    by_page = findings("LF303", en_a=one, en_b=two, en_c=one, en_d=two, en_assess_e=two)
    told = [finding for found in by_page.values() for finding in found]
    assert [(finding.variant, finding.values["counts"]) for finding in told] == [("", "3 : 2")]
    tie = {"en_a": one, "en_b": one, "en_assess-c": two, "en_d": two}
    told = [finding for found in findings("LF303", **tie).values() for finding in found]
    assert [(finding.variant, finding.values["counts"]) for finding in told] == [("tie", "2 : 2")]
    assert told[0].values["page"] == "assess-c"  # of all of them the one that is a plan
