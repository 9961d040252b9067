"""Which words of imported pages the contract would get, and the patch that gives them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leitfaden.checking.engine import check_page, without_consequences
from leitfaden.contract import Contract, ContractError, parse_contract
from leitfaden.importing.vocabulary import Answer, VocabularyPatch, Word, plan_vocabulary
from leitfaden.model import Page
from leitfaden.reading import PageReader
from tests.reading.pages import ROOT, SHARED

CORPUS = SHARED / "corpus"
CODES = frozenset(("LF108", "LF111", "LF216", "LF222", "LF305", "LF307", "LF313", "LF604"))

CONTRACT = """\
# An orchard's playbook.
source: en
locales:
  en: {name: English, requirement: {mandatory: M, optional: O}}
  de: {name: Deutsch, requirement: {mandatory: E, optional: O}}
metadata:
  required: [title]
  optional: [season] # and no more
  values: {season: [spring, summer]}
labels:
  role: {en: Role, de: Rolle, vocabulary: roles}
sections:
  approach: {en: Approach, de: Vorgehen}
columns:
  task-id: {en: Task ID, de: Aufgaben-ID}
  task-name: {en: Task Name, de: Name der Aufgabe}
  requirement: {en: Requirement, de: Pflicht}
  role: {en: Role, de: Rolle}
  services: {en: Crop, de: Frucht}
alerts:
  note: {en: Note, de: Hinweis}
roles:
  head-gardener: {en: Head Gardener, de: Obergärtner} # decides
  pruner:
    en: Pruner
    de: Baumschneider
    aliases:
      en:
        - Tree Pruner
services: {apples: {en: Apples, de: Äpfel}}
"""
CODE_OF = {"roles": "LF305", "services": "LF307"}
HEAD = {
    "en": "| Task ID | Task Name | Requirement | Role | Crop |\n|--|--|--|--|--|\n",
    "de": "| Aufgaben-ID | Name der Aufgabe | Pflicht | Rolle | Frucht |\n|--|--|--|--|--|\n",
}


def read(texts: Iterable[tuple[str, str, str]], contract: str = CONTRACT) -> list[Page]:
    """Read pages, each given by locale, id and text."""
    reader = PageReader(parse_contract(contract, ""))
    return [
        reader.read(
            text.encode(), path=f"docs/{locale}/{page_id}.md", locale=locale, page_id=page_id
        )
        for locale, page_id, text in texts
    ]


def tasks(*rows: tuple[str, str], locale: str = "en", start: int = 4000) -> str:
    letter = {"en": "M", "de": "E"}[locale]
    lines = [
        f"| {start + at} | Do it | {letter} | {role} | {crop} |\n"
        for at, (role, crop) in enumerate(rows)
    ]
    return f"---\ntitle: A page\n---\n# A page\n\n## Approach\n\n{HEAD[locale]}{''.join(lines)}"


def patch(*texts: tuple[str, str, str], contract: str = CONTRACT) -> VocabularyPatch:
    made = plan_vocabulary(contract, read(texts, contract))
    parse_contract(made.text, "")
    return made


def answers(made: VocabularyPatch) -> list[tuple[str, str, Answer, str]]:
    return [(word.vocabulary, word.text, word.answer, word.key) for word in made.words]


def added(made: VocabularyPatch) -> list[str]:
    lines = made.diff.splitlines()[2:]
    return [line[1:].strip() for line in lines if line.startswith("+")]


def applied(made: VocabularyPatch, contract: str, folder: Path) -> str:
    """Return what git makes of the contract."""
    (folder / "playbook.yml").write_text(contract, "utf-8", newline="")
    (folder / "words.patch").write_text(made.diff, "utf-8", newline="")
    command = ["git", "apply", "--whitespace=nowarn", "words.patch"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return (folder / "playbook.yml").read_bytes().decode()


def found(page: Page, contract: Contract) -> list[tuple[str, str]]:
    """Return the words that checks find lacking on a page."""
    checked = check_page(page, contract)
    told = without_consequences(checked.found, checked.facts)
    return [
        (one.code, " ".join(one.finding.span.of(page.text).split()))
        for one in told
        if one.code in CODES
    ]


def test_a_word_on_several_pages_becomes_a_term_with_a_name_in_every_locale() -> None:
    made = patch(
        ("en", "one", tasks(("Bee Keeper", "Apples"))),
        ("en", "two", tasks(("Bee Keeper", "Sweet Pears"), ("Pruner", "Sweet Pears"))),
    )
    assert added(made) == [
        "bee-keeper: {en: Bee Keeper, de: Bee Keeper}",
        "services: {apples: {en: Apples, de: Äpfel}, "
        "sweet-pears: {en: Sweet Pears, de: Sweet Pears}}",
    ]
    assert made.words[0] == Word(
        "roles", "Bee Keeper", ("en",), 2, made.words[0].first, Answer.NEW, "bee-keeper", ("de",)
    )
    assert str(made.words[0].first) == "docs/en/one.md:10:22"


def test_what_is_said_once_is_left_to_a_person_and_so_is_its_copy_in_a_translation() -> None:
    made = patch(
        ("en", "one", tasks(("Bee Keeper", "Apples"))),
        ("de", "one", tasks(("Bee Keeper", "Äpfel"), locale="de")),
        ("en", "two", tasks(("Head Gardner", "Appels"))),
    )
    assert answers(made) == [
        ("roles", "Bee Keeper", Answer.PERSON, ""),
        ("roles", "Head Gardner", Answer.PERSON, "head-gardener"),
        ("services", "Appels", Answer.PERSON, "apples"),
    ]
    assert (made.diff, made.text) == ("", CONTRACT)


def test_a_spelling_becomes_an_alias_and_a_misspelling_a_deprecated_one() -> None:
    made = patch(
        (
            "en",
            "one",
            tasks(("Head-Gardener", "Apples"), ("Head Gardner", "Apples"), ("HG", "Apples")),
        ),
        ("en", "two", tasks(("Head Gardner", "Apples"), ("Tree-Pruner", "Apples"))),
    )
    assert [line for line in made.text.splitlines() if "head-gardener" in line] == [
        "  head-gardener: {en: Head Gardener, de: Obergärtner, "
        "deprecated: {en: [Head Gardner]}, aliases: {en: [Head-Gardener, HG]}} # decides"
    ]
    assert added(made)[-1] == "- Tree-Pruner"


def test_other_digits_or_a_further_word_make_another_term_not_a_misspelled_one() -> None:
    contract = CONTRACT.replace("{en: Apples, de: Äpfel}", "{en: Press 10, de: Presse 10}")
    crops = (("Pruner", "Press 11"), ("Pruner", "Press 10 Mobile"))
    made = patch(("en", "one", tasks(*crops)), ("en", "two", tasks(*crops)), contract=contract)
    assert answers(made) == [
        ("services", "Press 10 Mobile", Answer.NEW, "press-10-mobile"),
        ("services", "Press 11", Answer.NEW, "press-11"),
    ]


def test_what_a_translation_says_in_the_place_of_its_source_names_the_same_term() -> None:
    source = tasks(("Bee Keeper", "Apples"), ("Head Gardener", "Pears"))
    german = tasks(("Imker", "Äpfel"), ("Chef", "Birnen"), locale="de")
    made = patch(("en", "one", source), ("de", "one", german))
    assert added(made) == [
        "head-gardener: {en: Head Gardener, de: Obergärtner, aliases: {de: [Chef]}} # decides",
        "bee-keeper: {en: Bee Keeper, de: Imker}",
        "services: {apples: {en: Apples, de: Äpfel}, pears: {en: Pears, de: Birnen}}",
    ]
    assert all(not word.lacking for word in made.words)


def test_what_is_no_name_is_never_patched() -> None:
    sentence = "whoever has the time to do it on a rainy day in the autumn"
    rows = tasks((sentence, "Pears (late"), ("Note: none", "1234"))
    made = patch(("en", "one", rows), ("en", "two", rows))
    assert {word.answer for word in made.words} == {Answer.PERSON}
    assert made.diff == ""


def test_keys_are_free_of_language_and_free() -> None:
    rows = tasks(("Pflückerin", "苹果"), ("apples!", "梨子"))
    made = patch(("de", "one", rows), ("de", "two", rows))
    keys = {word.text: word.key for word in made.words if word.answer is Answer.NEW}
    assert keys["Pflückerin"] == "pfluckerin"
    assert sorted((keys["苹果"], keys["梨子"])) == ["services", "services-2"]


def test_metadata_that_is_usual_is_allowed_and_what_is_rare_is_not() -> None:
    page = "---\ntitle: A\nseason: {}\n{}\n---\n# A\n"
    made = patch(
        ("en", "one", page.format("autumn", "soil: clay")),
        ("en", "two", page.format("autumn", "soil: sand")),
        ("en", "three", page.format("spring", "weather: any")),
        ("en", "four", page.format("Spring", "titel: B")),
    )
    assert answers(made) == [
        ("metadata.optional", "soil", Answer.ALLOWED, ""),
        ("metadata.optional", "titel", Answer.PERSON, ""),
        ("metadata.optional", "weather", Answer.PERSON, ""),
        ("metadata.values.season", "autumn", Answer.ALLOWED, ""),
        ("metadata.values.season", "Spring", Answer.PERSON, "spring"),
    ]
    assert added(made) == [
        "optional: [season, soil] # and no more",
        "values: {season: [spring, summer, autumn]}",
    ]


def test_alerts_columns_and_labels_that_the_contract_lacks_are_offered() -> None:
    page = (
        "---\ntitle: A\n---\n# A\n\n> [!BEWARE]\n> Wasps.\n\n## Approach\n\n"
        "Role: **Pruner**  \nHelped by: **Head Gardener**\n\n"
        + HEAD["en"].replace("| Crop |", "| Fruit kind |")
        + "| 4000 | Do it | M | Pruner | Apples |\n"
    )
    made = patch(("en", "one", page), ("en", "two", page))
    assert added(made) == [
        "helped-by: {en: Helped by, de: Helped by, vocabulary: roles}",
        "services: {en: Crop, de: Frucht, aliases: {en: [Fruit kind]}}",
        "beware: {en: Beware, de: Beware}",
    ]


def test_a_heading_that_is_nearly_a_section_is_told_and_one_that_is_not_is_free() -> None:
    page = "---\ntitle: A\n---\n# A\n\n## Aproach\n\n## Whatever\n"
    made = patch(("en", "one", page))
    assert answers(made) == [("sections", "Aproach", Answer.PERSON, "approach")]
    made = patch(("en", "one", page), ("en", "two", page))
    assert answers(made) == [("sections", "Aproach", Answer.DEPRECATED, "approach")]
    many = [("en", f"page-{at}", page) for at in range(5)]
    assert ("sections", "Whatever", Answer.PERSON, "") in answers(patch(*many))


def test_a_vocabulary_that_is_missing_or_empty_is_begun() -> None:
    contract = CONTRACT[: CONTRACT.index("roles:")] + "roles: {} # none\n"
    rows = tasks(("Bee Keeper", "Pears"))
    made = patch(("en", "one", rows), ("en", "two", rows), contract=contract)
    assert made.text == (
        contract.replace(
            "roles: {} # none\n", "roles: # none\n  bee-keeper: {en: Bee Keeper, de: Bee Keeper}\n"
        )
        + "\nservices:\n  pears: {en: Pears, de: Pears}\n"
    )


def test_the_order_of_the_pages_makes_no_difference() -> None:
    rows = tasks(("Bee Keeper", "Pears"), ("Head Gardner", "Plums"), ("Bee Keeper", "Plums"))
    pages = read([("en", "one", rows), ("de", "one", rows), ("en", "two", rows)])
    assert plan_vocabulary(CONTRACT, pages) == plan_vocabulary(CONTRACT, pages[::-1])


def test_a_shared_list_that_cannot_be_added_to_is_left_to_a_person() -> None:
    contract = CONTRACT.replace(
        "services: {apples: {en: Apples, de: Äpfel}}",
        "services: {apples: {en: Apples, de: Äpfel, aliases: {en: &all [App], de: *all}}}",
    )
    rows = tasks(("Bee Keeper", "Appels"))
    german = tasks(("Bee Keeper", "Appels"), locale="de")
    texts = [("en", "one", rows), ("en", "two", rows), ("de", "one", german), ("de", "two", german)]
    made = patch(*texts, contract=contract)
    assert ("roles", "Bee Keeper", Answer.NEW, "bee-keeper") in answers(made)
    parse_contract(made.text, "")


def test_a_text_that_is_no_contract_is_refused() -> None:
    with pytest.raises(ContractError):
        plan_vocabulary("locales: {}", [])


NAMES = st.sampled_from(
    [
        "Bee Keeper",
        "Bee-Keeper",
        "BK",
        "Bee Kepeer",
        "Head Gardner",
        "Head  gardener",
        "Obergärtner",
        "Pruner",
        "no",
        "a: b",
        "#1 Picker",
        'The "Boss"',
        "Ä",
        "苹果",
        "{x}",
        "1234",
        "null",
        "x" * 90,
    ]
)
ROWS = st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=4)
ENDS = st.sampled_from(["\n", "\r\n"])
CONTRACTS = st.sampled_from(
    [
        CONTRACT,
        CONTRACT.rstrip("\n"),
        "\ufeff" + CONTRACT,
        CONTRACT.replace("services: {apples: {en: Apples, de: Äpfel}}\n", ""),
        CONTRACT.replace("    aliases:\n      en:\n        - Tree Pruner\n", "    aliases: {}\n"),
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["en", "de"]), ROWS), max_size=4), CONTRACTS, ENDS)
def test_the_patch_applies_and_what_it_answers_is_found_no_more(
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[tuple[str, list[tuple[str, str]]]],
    contract: str,
    end: str,
) -> None:
    contract = contract.replace("\n", end)
    given = [
        (locale, f"page-{at}", tasks(*rows, locale=locale))
        for at, (locale, rows) in enumerate(texts)
    ]
    made = plan_vocabulary(contract, read(given, contract))
    assert (made.diff == "") == (made.text == contract)
    if made.diff:
        folder = tmp_path_factory.mktemp("project")
        assert applied(made, contract, folder) == made.text
    new = parse_contract(made.text, "")
    answered = {
        (CODE_OF[word.vocabulary], word.text)
        for word in made.words
        if word.answer is not Answer.PERSON
    }
    left = {one for page in read(given, made.text) for one in found(page, new)}
    assert not answered & left


def bare(text: str) -> str:
    """Return the project's contract with one entry left in each vocabulary of terms."""
    lines: list[str] = []
    room: int | None = None
    for line in text[: text.index("\nnavigation:")].splitlines():
        if line and not line.startswith((" ", "#")):
            room = 1 if line in ("roles:", "services:", "phases:", "motions:") else None
        elif room is not None and line.startswith("  "):
            room -= not line.startswith("   ")
            if room < 0:
                continue
        lines.append(line)
    return "\n".join(lines) + "\n"


@pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"the corpus of real pages is not there: it lies in {CORPUS}"
)
@pytest.mark.parametrize("lean", [False, True])
def test_the_words_of_the_real_playbook(lean: bool, tmp_path: Path) -> None:
    contract = (ROOT / "playbook.yml").read_text("utf-8")
    contract = bare(contract) if lean else contract
    texts = [
        (locale, file.stem.removesuffix("-de"), file.read_text("utf-8-sig"))
        for locale, folder in (("en", "english-playbook"), ("de", "german-playbook"))
        for file in sorted((CORPUS / folder).glob("*.md"))
        if locale == "en" or file.stem.endswith("-de")
    ]
    made = plan_vocabulary(contract, read(texts, contract))
    assert applied(made, contract, tmp_path) == made.text
    new = parse_contract(made.text, "")
    told = {(word.vocabulary, word.text): word for word in made.words}
    assert told["metadata.values.ms.topic", "playbook"].answer is Answer.PERSON
    assert told["roles", "OPP Ranger"].answer is Answer.PERSON
    pages = read(texts, made.text)
    answered = {word.text for word in made.words if word.answer is not Answer.PERSON}
    assert not answered & {text for page in pages for _, text in found(page, new)}
    assert plan_vocabulary(made.text, pages).diff == ""
    if lean:
        assert new.phases["assess"].names == {"en": "Assess", "de": "Analyse"}
        assert new.services["core-onboarding"].name("de") == "Haupt-Onboarding"
        assert len(answered) > 50
    else:
        assert len(answered) == 1
    assert replace(new, services=new.services) == new
