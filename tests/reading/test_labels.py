"""Label lines: who does a step, in which motions, for which services."""

from __future__ import annotations

import unicodedata

import pytest

from leitfaden.model import DefectKind
from tests.reading.pages import forms, label_defects, labels, read, said

ALL_MOTIONS = ("customer-health", "rfa", "targeting")

BOTH = ("manager", "engineer")


@pytest.mark.parametrize(
    ("line", "locale", "expected"),
    [
        ("Phase: **Assess**", "en", ("phase", ("assess",))),
        ("Motions: **Customer Health/RFA/Targeting**", "en", ("motions", ALL_MOTIONS)),
        ("Motions: **Customer Health / RFA / Targeting**  ", "en", ("motions", ALL_MOTIONS)),
        ("Primary Role: **FastTrack Manager**", "en", ("primary-role", ("manager",))),
        ("Primary Roles: **FM/FE**", "en", ("primary-role", ("manager", "engineer"))),
        ("Primary Role(s): **FM**", "en", ("primary-role", ("manager",))),
        ("Applies To: **All Services**", "en", ("applies-to", ("all",))),
        ("Phase: **Analyse**", "de", ("phase", ("assess",))),
        ("Konzepte: **Kundenintegrität/RFA/Adressierung**", "de", ("motions", ALL_MOTIONS)),
        ("Primäre Rolle: **FastTrack Manager**", "de", ("primary-role", ("manager",))),
        ("Primäre Rolle(n): **FastTrack Manager**", "de", ("primary-role", ("manager",))),
        ("Sekundäre Rollen: **FastTrack Manager**", "de", ("secondary-role", ("manager",))),
        ("Gilt für: **Alle Dienste**", "de", ("applies-to", ("all",))),
        ("フェーズ\uff1a**評価**", "ja", ("phase", ("assess",))),
        (
            "主な役割\uff1a**マネージャー、エンジニア**",
            "ja",
            ("primary-role", ("manager", "engineer")),
        ),
        ("適用対象\uff1a**Exchange\uff1bTeams**", "ja", ("applies-to", ("exchange", "teams"))),
    ],
)
def test_names_in_every_language(
    line: str, locale: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    page = read(f"{line}\n", locale)
    assert said(page) == [expected]
    assert label_defects(page) == []
    assert page.label_blocks[0].whole


@pytest.mark.parametrize(
    "line",
    [
        "Primary Role: **FastTrack Manager**",
        "primary role: **fasttrack manager**",
        "PRIMARY ROLE: **FASTTRACK MANAGER**",
        "Primary Role : **FastTrack Manager**",
        "Primary Role:**FastTrack Manager**",
        "Primary  Role:   **FastTrack  Manager**",
        "Primary\u00a0Role:\u00a0**FastTrack\u00a0Manager**",
        "\u200bPrimary Role\u200b: \u200b**FastTrack Manager**\u200b",
        "Primary Role\uff1a**FastTrack Manager**",
        "**Primary Role:** **FastTrack Manager**",
        "**Primary Role**: **FastTrack Manager**",
        "**Primary Role** : **FastTrack Manager**",
        "__Primary Role:__ __FastTrack Manager__",
        "Primary Role: __FastTrack Manager__",
        "Primary Role: **[FastTrack Manager](roles/manager.md)**",
        "Primary Role: **FastTrack Manager**\\",
        "Primary Role: **FastTrack Manager**<br>",
        "Primary Role: **FastTrack Manager**\t \t",
    ],
)
def test_spellings_that_are_fine(line: str) -> None:
    page = read(f"{line}\n")
    assert said(page) == [("primary-role", ("manager",))]
    assert label_defects(page) == []
    assert page.label_blocks[0].whole


def test_letters_that_a_mac_has_taken_apart() -> None:
    line = unicodedata.normalize("NFD", "Primäre Rolle: **Qualifizierter FastTrack-Partner**\n")
    assert said(read(line, "de")) == [("primary-role", ("partner",))]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Exchange/Teams", ("exchange", "teams")),
        ("Exchange / Teams", ("exchange", "teams")),
        ("Exchange, Teams", ("exchange", "teams")),
        ("Exchange; Teams", ("exchange", "teams")),
        ("Exchange & Teams", ("exchange", "teams")),
        ("Exchange and Teams", ("exchange", "teams")),
        ("Exchange\u00a0and\u00a0Teams", ("exchange", "teams")),
        ("Exchange, SharePoint and Teams", ("exchange", "sharepoint", "teams")),
        ("Exchange/", ("exchange",)),
        ("Exchange//Teams", ("exchange", "teams")),
        ("Classroom/SDS", ("classroom-sds",)),
        ("Teams/Classroom/SDS/Exchange", ("teams", "classroom-sds", "exchange")),
        ("Windows\u00a010", ("windows-10",)),
        ("Windows 10/Exchange", ("windows-10", "exchange")),
    ],
)
def test_separators(value: str, expected: tuple[str, ...]) -> None:
    page = read(f"Applies To: **{value}**\n")
    assert said(page) == [("applies-to", expected)]
    assert label_defects(page) == []


def test_german_separators() -> None:
    page = read("Gilt für: **Exchange, SharePoint und Teams**\n", "de")
    assert said(page) == [("applies-to", ("exchange", "sharepoint", "teams"))]
    page = read("Primäre Rolle: **FastTrack Manager/Qualifizierter FastTrack-Partner**\n", "de")
    assert said(page) == [("primary-role", ("manager", "partner"))]


def test_bold_values_one_by_one() -> None:
    page = read("Applies To: **Exchange**, **Teams** and **SharePoint**\n")
    assert said(page) == [("applies-to", ("exchange", "teams", "sharepoint"))]
    assert label_defects(page) == []
    assert page.label_blocks[0].whole


def test_bold_prose_behind_a_value_is_prose() -> None:
    page = read("Applies To: **Exchange** but **not always**\n")
    assert said(page) == [("applies-to", ("exchange",))]
    assert not page.label_blocks[0].whole


def test_each_value_knows_how_and_where_it_is_written() -> None:
    page = read("Gilt für: **Teams / All Services/Office ProPlus / Foo**\n", "de")
    [label] = labels(page)
    assert forms(label.values) == [
        ("teams", "name", "de"),
        ("all", "name", "en"),
        ("apps", "deprecated", "de"),
        (None, "", ""),
    ]
    assert [use.span.of(page.text) for use in label.values] == [
        "Teams",
        "All Services",
        "Office ProPlus",
        "Foo",
    ]
    assert label.name_span.of(page.text) == "Gilt für"
    assert label.value_span.of(page.text) == "**Teams / All Services/Office ProPlus / Foo**"
    assert label.locale == "de"


def test_labels_of_another_language_are_known_as_such() -> None:
    [label] = labels(read("Primary Role: **FastTrack Manager**\n", "de"))
    assert (label.key, label.locale) == ("primary-role", "en")


TRIPLE = "Primary Role: **{}**  \nMotions: **RFA**  \nApplies To: **All Services**\n"


def test_two_triples_under_one_step() -> None:
    """As on the seed page: two primary roles, which is legal."""
    text = (
        f"## Approach\n\n### Plan\n\n{TRIPLE.format('FM')}\n{TRIPLE.format('FE')}\nPlan a call.\n"
    )
    page = read(text)
    [step] = page.steps
    assert [a.keys("primary-role") for a in step.assignments] == [("manager",), ("engineer",)]
    assert [a.keys("applies-to") for a in step.assignments] == [("all",), ("all",)]
    assert [a.label("phase") for a in step.assignments] == [None, None]
    assert label_defects(page) == []


def test_two_triples_in_one_paragraph() -> None:
    text = TRIPLE.format("FM").rstrip() + "  \n" + TRIPLE.format("FE")
    [block] = read(text).label_blocks
    assert [a.keys("primary-role") for a in block.assignments] == [("manager",), ("engineer",)]
    assert [a.span.of(text).count("\n") for a in block.assignments] == [2, 2]


@pytest.mark.parametrize("end", ["  ", "\\", "<br>", "<br/>", "<BR />  ", "     "])
def test_hard_breaks(end: str) -> None:
    page = read(f"Phase: **Assess**{end}\nMotions: **RFA**\n")
    assert said(page) == [("phase", ("assess",)), ("motions", ("rfa",))]
    assert label_defects(page) == []


@pytest.mark.parametrize("between", ["\n", " \n", " ", "", "\t\n"])
def test_lost_hard_breaks(between: str) -> None:
    page = read(f"Phase: **Assess**{between}Motions: **RFA**{between}Applies To: **Teams**\n")
    assert said(page) == [
        ("phase", ("assess",)),
        ("motions", ("rfa",)),
        ("applies-to", ("teams",)),
    ]
    assert label_defects(page) == [DefectKind.LABELS_RUN_TOGETHER] * 2
    assert page.label_blocks[0].whole


def test_lost_hard_breaks_and_bold() -> None:
    page = read("Phase: Assess Motions: RFA/Targeting Applies To: Teams\n")
    assert said(page) == [
        ("phase", ("assess",)),
        ("motions", ("rfa", "targeting")),
        ("applies-to", ("teams",)),
    ]


def test_a_value_that_wraps() -> None:
    page = read("Applies To: **Exchange / Teams /\nSharePoint**  \nMotions: **RFA**\n")
    assert said(page) == [
        ("applies-to", ("exchange", "teams", "sharepoint")),
        ("motions", ("rfa",)),
    ]
    assert label_defects(page) == [DefectKind.LABEL_VALUE_WRAPS]


@pytest.mark.parametrize("value", ["-", "–", "—", ""])
def test_no_value(value: str) -> None:
    page = read(f"Primary Roles: {value}  \nMotions: **RFA**\n")
    assert said(page) == [("primary-role", ()), ("motions", ("rfa",))]
    assert label_defects(page) == [DefectKind.LABEL_VALUE_NOT_BOLD, DefectKind.LABEL_VALUE_EMPTY]


def test_no_value_in_bold() -> None:
    page = read("Primary Roles: **-**\n")
    assert said(page) == [("primary-role", ())]
    assert label_defects(page) == [DefectKind.LABEL_VALUE_EMPTY]


@pytest.mark.parametrize(
    "line",
    [
        "**Primary Role: FM Applies To: Teams**",
        "**Primary Role: FM  \nApplies To: Teams**",
        "__Primary Role: FM Applies To: Teams__",
    ],
)
def test_two_labels_inside_one_bold(line: str) -> None:
    page = read(f"{line}\n")
    assert said(page) == [("primary-role", ("manager",)), ("applies-to", ("teams",))]
    assert DefectKind.LABELS_IN_ONE_BOLD in label_defects(page)
    assert page.label_blocks[0].whole


def test_a_label_inside_the_bold_of_the_value_before_it() -> None:
    page = read("Primary Role: **FM Applies To: Teams**\n")
    assert said(page) == [("primary-role", ("manager",)), ("applies-to", ("teams",))]
    assert DefectKind.LABELS_IN_ONE_BOLD in label_defects(page)


def test_a_label_and_its_value_inside_one_bold_and_others_behind() -> None:
    page = read("**Primary Role: FM** Applies To: **Teams** **Motions: RFA**\n")
    assert said(page) == [
        ("primary-role", ("manager",)),
        ("applies-to", ("teams",)),
        ("motions", ("rfa",)),
    ]


@pytest.mark.parametrize("value", ["** FM**", "**FM **", "** FM **", "**\u00a0FM**"])
def test_blanks_inside_the_bold(value: str) -> None:
    page = read(f"Primary Role: {value}\n")
    assert said(page) == [("primary-role", ("manager",))]
    assert label_defects(page) == [DefectKind.LABEL_VALUE_PADDED]


@pytest.mark.parametrize("line", ["**Primary Role: ** FM", "**Primary Role: ** **FM**"])
def test_a_blank_inside_the_bold_of_the_name(line: str) -> None:
    assert said(read(f"{line}\n")) == [("primary-role", ("manager",))]


def test_an_unclosed_bold() -> None:
    page = read("Primary Role: **FM  \nMotions: **RFA**\n")
    assert said(page) == [("primary-role", ("manager",)), ("motions", ("rfa",))]
    assert label_defects(page) == [DefectKind.LABEL_VALUE_UNBALANCED]


def test_an_unclosed_parenthesis() -> None:
    page = read("Applies To: **Windows 10 (Teams, Exchange**\n")
    assert said(page) == [("applies-to", ("exchange",))]
    assert label_defects(page) == [
        DefectKind.LABEL_VALUE_UNBALANCED,
        DefectKind.LABEL_TERM_UNKNOWN,
    ]


def test_an_unknown_value_is_kept_and_told() -> None:
    page = read("Primary Role: **FM/Juggler**\n")
    [label] = labels(page)
    assert [use.text for use in label.values] == ["FM", "Juggler"]
    assert [(d.kind, d.span.of(page.text)) for d in label.defects] == [
        (DefectKind.LABEL_TERM_UNKNOWN, "Juggler")
    ]


def test_a_value_that_is_not_bold() -> None:
    page = read("Primary Role: FastTrack Manager\n")
    assert said(page) == [("primary-role", ("manager",))]
    assert label_defects(page) == [DefectKind.LABEL_VALUE_NOT_BOLD]


@pytest.mark.parametrize(
    "text",
    [
        "Phase: this is prose about a phase.",
        "The Phase: **Assess**",
        "Phases: **Assess**",
        "Phase **Assess**",
        "Phase, then: **Assess**",
        "https://example.org/a:b",
        ": **Assess**",
        "    Phase: **Assess**",
        "`Phase: **Assess**`",
        "# Phase: **Assess**",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert read(f"{text}\n").label_blocks == ()


def test_prose_around_labels_stays_prose() -> None:
    text = "Read this first:\nPhase: **Assess**  \nMotions: **RFA**\nThen go on.\n"
    page = read(text)
    [block] = page.label_blocks
    assert said(page) == [("phase", ("assess",)), ("motions", ("rfa",))]
    assert not block.whole
    assert block.span.of(text) == "Phase: **Assess**  \nMotions: **RFA**"


def test_labels_behind_prose_in_their_paragraph_are_not_taken_out_of_it() -> None:
    """Else the prose between them would be lost with them."""
    text = "Phase: **Assess** (mostly)  \nMotions: **RFA**\n"
    page = read(text)
    assert said(page) == [("phase", ("assess",))]
    assert [(d.kind, d.span.of(text)) for d in page.all_defects()] == [
        (DefectKind.LABELS_INTERRUPTED, " (mostly)  \n")
    ]
    assert not page.label_blocks[0].whole


def test_labels_before_the_first_section_hold_for_the_page() -> None:
    page = read("# T\n\nPhase: **Assess**\n\n## Approach\n\n### S\n\nPrimary Role: **FM**\n")
    assert [label.key for label in page.page_labels] == ["phase"]
    assert page.phases == ("assess",)
    assert page.terms("primary-role") == ("manager",)


def test_a_page_names_each_term_once() -> None:
    assert read("Phase: **Assess**\n\nPhase: **Assess/Initiate**\n").phases == (
        "assess",
        "initiate",
    )


def test_labels_in_quotes_and_lists() -> None:
    page = read("> Phase: **Assess**\n\n- a\n\n  Motions: **RFA**\n")
    assert said(page) == [("phase", ("assess",)), ("motions", ("rfa",))]


def test_several_labels_in_a_quote() -> None:
    page = read("> Phase: **Assess**  \n> Motions: **RFA**  \n>Applies To: **Teams**\n")
    assert said(page) == [("phase", ("assess",)), ("motions", ("rfa",)), ("applies-to", ("teams",))]
    assert label_defects(page) == []
    assert page.label_blocks[0].whole


def test_five_thousand_labels_in_one_paragraph() -> None:
    page = read("Phase: **Assess**  \n" * 5_000)
    assert len(labels(page)) == 5_000
    assert len(page.label_blocks[0].assignments) == 5_000
    page = read("Phase: **Assess** " * 5_000)
    assert len(labels(page)) == 5_000


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Primary Role: **FM** <!-- leitfaden: ignore LF221 (so that **it** fits) -->", "**FM**"),
        ("Primary Role: **FM <!-- (one --> / FE**", "**FM <!-- (one --> / FE**"),
        ("Primary Role: **FM** <!-- Applies To: **Teams** -->", "**FM**"),
        ("Primary Role: **FM**<!-- one --> <!-- two -->", "**FM**"),
    ],
)
def test_comments_are_no_part_of_a_label(line: str, value: str) -> None:
    page = read(f"{line}  \nApplies To: **Exchange** <!-- told -->\n")
    roles = BOTH if "FE" in line else ("manager",)
    assert said(page) == [("primary-role", roles), ("applies-to", ("exchange",))]
    assert label_defects(page) == []
    assert labels(page)[0].value_span.of(page.text) == value
    assert page.label_blocks[0].whole


def test_a_comment_is_no_value() -> None:
    page = read("Primary Role: **<!-- to be named -->**\n")
    assert label_defects(page) == [DefectKind.LABEL_VALUE_EMPTY]


def test_a_value_that_is_not_bold_ends_before_a_comment() -> None:
    page = read("Primary Role: FM <!-- told -->\n")
    assert label_defects(page) == [DefectKind.LABEL_VALUE_NOT_BOLD]
    assert labels(page)[0].value_span.of(page.text) == "FM"
