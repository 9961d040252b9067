"""The fixes and the hints of the rules about label lines."""

from __future__ import annotations

import dataclasses

import pytest

from leitfaden.checking.registry import all_rules
from leitfaden.checking.subject import Subject
from leitfaden.contract import NavGroup, NavPage
from tests.checking.splices import PROCESS, contract, fixed, found_by, read


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("LF216", "Phase: **Asess**\n", "Phase: **Assess**\n"),
        (
            "LF218",
            "Phase: **Assess**\nMotions: **RFA**\n",
            "Phase: **Assess**  \nMotions: **RFA**\n",
        ),
        ("LF218", "Phase: **Assess** \r\nMotions: -\r\n", "Phase: **Assess**  \r\nMotions: -\r\n"),
        (
            "LF218",
            "> Phase: **Assess** Motions: **RFA**",
            "> Phase: **Assess**  \n> Motions: **RFA**",
        ),
        (
            "LF218",
            "Phase: **Assess**\\\nMotions: **RFA**\nPrimary Role: **SME**\n",
            "Phase: **Assess**\\\nMotions: **RFA**\\\nPrimary Role: **SME**\n",
        ),
        (
            "LF218",
            "**Phase: Assess Motions: RFA Primary Role: SME**\n",
            "Phase: **Assess**  \nMotions: **RFA**  \nPrimary Role: **SME**\n",
        ),
        (
            "LF218",
            "**Phase:** **Assess** **Motions:** **RFA**\n",
            "**Phase:** **Assess**  \n**Motions:** **RFA**\n",
        ),
        ("LF219", "Phase: **Assess /\nEnable**\n", "Phase: **Assess / Enable**\n"),
        ("LF219", "Phase: **Assess /  \r\n  Enable**\r\n", "Phase: **Assess / Enable**\r\n"),
        ("LF220", "**Phase: Assess**\n", "Phase: **Assess**\n"),
        ("LF220", "__Phase: Assess__\n", "Phase: __Assess__\n"),
        ("LF220", "Phase: ** Assess \u00a0**\n", "Phase: **Assess**\n"),
        (
            "LF220",
            "Phase: **Assess  \nMotions: **RFA**\n",
            "Phase: **Assess**  \nMotions: **RFA**\n",
        ),
        ("LF220", "Phase: Assess, [Enable](e.md)\n", "Phase: **Assess, [Enable](e.md)**\n"),
        (
            "LF221",
            "Primary Role: **FM; [SME](s.md)**\n",
            "Primary Role: **FastTrack Manager; [SME](s.md)**\n",
        ),
        ("LF221", "Applies To: **Office ProPlus**\n", "Applies To: **Microsoft 365 Apps**\n"),
        ("LF222", "> Aplies To: **Exchange**\n", "> Applies To: **Exchange**\n"),
    ],
)
def test_a_fix_changes_nothing_but_the_defect(code: str, before: str, after: str) -> None:
    assert fixed(code, f"# T\n\n{before}") == f"# T\n\n{after}"
    assert not found_by(code, read(f"# T\n\n{after}"))


def test_a_label_in_another_language_takes_its_values_along() -> None:
    before = "# T\n\nApplies To: **All Services, Exchange**  \nKonzepte: **Targeting**\n"
    after = "# T\n\nGilt f\u00fcr: **Alle Dienste, Exchange**  \nKonzepte: **Adressierung**\n"
    assert fixed("LF217", before, locale="de") == after
    assert not found_by("LF217", read(after, locale="de"))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("LF216", "Primary Role: **Night watchman**\n"),
        # Who puts a mark between labels wants them in one line.
        ("LF218", "Phase: **Assess** | Motions: **RFA**\n"),
        # In a quote, the marks stand between; of an unknown value, nobody knows where it ends.
        ("LF219", "> Phase: **Assess /\n> Enable**\n"),
        ("LF219", "Primary Role: **SME,\nEveryone**\n"),
        ("LF220", "Primary Role: **-**\n"),
        ("LF220", "Primary Role: **Night watchman\n"),
        ("LF220", "Applies To: **Exchange (all**\n"),
        ("LF220", "Phase: *Assess*\n"),
        ("LF222", "Phase: **Assess**  \nSponsor: **The management**\n"),
    ],
)
def test_where_a_fix_could_do_harm_there_is_none(code: str, text: str) -> None:
    text = f"# T\n\n{text}"
    assert found_by(code, read(text))
    assert fixed(code, text) == text


def test_the_break_of_a_new_line_is_that_of_the_page() -> None:
    before = "# T\r\n\r\nPhase: **Assess** Motions: **RFA**<br>\r\nPrimary Role: **SME**\r\n"
    after = "# T\r\n\r\nPhase: **Assess**<br>\r\nMotions: **RFA**<br>\r\nPrimary Role: **SME**\r\n"
    assert fixed("LF218", before) == after


def test_a_line_is_told_once() -> None:
    text = "# T\n\n**Primary Role: SME Applies To: Get Modern (all**\n"
    told = [
        code for code in ("LF216", "LF218", "LF219", "LF220") for _ in found_by(code, read(text))
    ]
    assert told == ["LF218"]


def test_the_phase_of_the_navigation_is_proposed() -> None:
    navigation = (
        NavPage("index"),
        NavGroup(
            None, {"en": "All", "de": "Alle"}, (NavGroup("assess", None, (NavPage(PROCESS),)),)
        ),
    )
    changed = dataclasses.replace(contract(), navigation=navigation)
    check = all_rules()["LF215"].page_check
    assert check is not None
    [finding] = check(Subject(read("# T\n", locale="de"), changed))
    assert finding.guess == "Phase: **Analyse**"
    [unlisted] = check(Subject(read("# T\n"), contract()))
    assert unlisted.guess is None


def test_the_seeds_two_triples_under_one_step_are_fine() -> None:
    triple = "Primary Role: **{}**  \nMotions: **RFA / Targeting**  \nApplies To: **Exchange**"
    step = f"{triple.format('SME')}\n\n{triple.format('FastTrack Manager')}"
    page = read(f"# T\n\nPhase: **Assess**\n\n## Approach\n\n### Step\n\n{step}\n")
    assert not [code for code in all_rules() if "LF214" <= code <= "LF222" and found_by(code, page)]


def test_many_unknown_terms_do_not_all_get_a_guess() -> None:
    page = read(f"# T\n\nPrimary Role: **{', '.join(['SMEE'] * 100)}**\n")
    findings = found_by("LF216", page)
    assert len(findings) == 100
    assert 0 < sum(finding.guess is not None for finding in findings) < 100
