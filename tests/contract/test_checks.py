from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest
from jsonschema import Draft202012Validator

from leitfaden.contract import Contract, contract_schema
from leitfaden.model.span import Place, Position

Small = Callable[[str], Contract]
Told = Callable[[str], list[str]]


def test_without_it_nothing_is_said(small: Small) -> None:
    for text in ("", "checks:", "checks: {}", "checks: {severity: {}, paths: {}}"):
        checks = small(text).checks
        assert (checks.severity, checks.paths, checks.help) == ((), (), "")


def test_levels_keep_their_order_and_their_places(small: Small) -> None:
    checks = small(
        "checks:\n  severity: {LF119: off, heading-punctuation: warning}\n"
        "  paths:\n    docs/de/a-*: {LF209: notice}\n    docs/de/: {LF209: error}\n"
    ).checks
    first, second = checks.severity
    assert (first.rule, first.level, second.rule) == ("LF119", "off", "heading-punctuation")
    assert first.place == Place("playbook.yml", Position(6, 14), Position(6, 19))
    assert [(entry.pattern, entry.levels[0].level) for entry in checks.paths] == [
        ("docs/de/a-*", "notice"),
        ("docs/de/", "error"),
    ]


@pytest.mark.parametrize("off", ["off", "'off'", '"off"', "false"])
def test_off_may_be_written_as_yaml_reads_it(small: Small, off: str) -> None:
    (entry,) = small(f"checks: {{severity: {{LF119: {off}}}}}").checks.severity
    assert entry.level == "off"


def test_the_address_of_an_explanation_is_filled_in(small: Small) -> None:
    contract = small("checks: {help: 'https://example.org/{root}{code}/?{language}'}")
    assert contract.help_for("de") == "https://example.org/de/{code}/?de"
    assert contract.help_for("en") == "https://example.org/{code}/?en"
    assert small("").help_for("de") == ""


def test_pages_of_rules_are_made_where_they_are_asked_for(small: Small) -> None:
    assert not small("").checks.pages
    assert small("checks: {pages: true}").checks.pages


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("checks: {severty: {}}", "5:10: LF901 Unknown key `severty`. Did you mean `severity`?"),
        (
            "checks: {severity: {LF119: warn}}",
            "5:28: LF905 `checks.severity.LF119` must be `off`, `notice`, `warning` or `error`, "
            "not the text `warn`. Did you mean `warning`?",
        ),
        (
            "checks: {paths: {a: {LF119: true}}}",
            "5:29: LF905 `checks.paths.a.LF119` must be `off`, `notice`, `warning` or `error`, "
            "not `true`.",
        ),
        (
            "checks: {severity: [LF119]}",
            "5:20: LF905 `checks.severity` must be a mapping, not a list. "
            "Write it as `{key: value}`.",
        ),
        (
            "checks: {paths: {LF119: off}}",
            "5:25: LF905 `checks.paths.LF119` must be a mapping, not the text `off`. "
            "Write it as `{key: value}`.",
        ),
        (
            "checks: {paths: {/docs/de/*: {}}}",
            "5:18: LF905 No page's path looks like `/docs/de/*`. Paths are relative to the project "
            "and written with `/`, as `docs/en/index.md`.",
        ),
        (
            "checks: {help: example.org}",
            "5:16: LF905 `checks.help` is no address of a web page: `example.org`. "
            "Let it begin with `https://`.",
        ),
        (
            "checks: {help: 'https://example.org/{cdoe}'}",
            "5:16: LF905 `checks.help` has the placeholder `{cdoe}`. Did you mean `code`?",
        ),
        (
            "checks: {help: 'https://example.org/{}'}",
            "5:16: LF905 `checks.help` has the placeholder `{}`. "
            "Filled in are `code`, `language`, `root`.",
        ),
    ],
)
def test_what_is_wrong_is_told_with_a_cure(told_more: Told, more: str, message: str) -> None:
    assert told_more(more) == [message]


def test_it_can_be_sent_to_another_process(small: Small) -> None:
    contract = small("checks: {severity: {LF119: off}, paths: {a: {LF119: error}}}")
    assert pickle.loads(pickle.dumps(contract)) == contract
    assert hash(contract) == hash(pickle.loads(pickle.dumps(contract)))


@pytest.mark.parametrize(
    ("checks", "fits"),
    [
        (None, True),
        ({"severity": {"LF119": "off"}, "paths": {"a/*": {"LF119": False}}}, True),
        ({"severity": {"LF119": "warn"}}, False),
        ({"severity": {"LF119": True}}, False),
        ({"severty": {}}, False),
    ],
)
def test_an_editor_sees_it(checks: object, fits: bool) -> None:
    schema = Draft202012Validator(contract_schema())
    content = {"source": "en", "locales": {"en": {"name": "English"}}, "checks": checks}
    assert schema.is_valid(content) is fits
