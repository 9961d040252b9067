"""Findings put into words, in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Finding
from leitfaden.checking.rule import Rule, Wording
from leitfaden.contract.yamlloader import SafeLoader
from leitfaden.model import Diagnostic, Edit, Fix, Place, Related, Severity

LANGUAGES = ("en", "de")  # English stands with the rules, all others in `texts/`


def language_for(locale: str) -> str:
    """Return the language in which readers of a locale are told what is wrong."""
    language = locale.replace("_", "-").partition("-")[0]
    return language if language in LANGUAGES else LANGUAGES[0]


@dataclass(frozen=True, slots=True)
class RuleTexts:
    """A rule's texts in one language."""

    summary: str
    explanation: str
    wordings: Mapping[str, Wording]
    notes: Mapping[str, str]


@lru_cache(maxsize=1_000)
def texts_of(rule: Rule, language: str) -> RuleTexts:
    """Return the texts of a rule; English ones where the language has none.

    Args:
        rule: The rule.
        language: The key of a language.
    """
    summary, _, explanation = rule.explanation.partition("\n")
    english = RuleTexts(summary.strip(), explanation.strip(), rule.wordings, rule.notes)
    translated = catalogue(language).get(rule.code)
    if translated is None:
        return english
    return RuleTexts(
        translated.get("summary", english.summary),
        translated.get("explanation", english.explanation),
        {**rule.wordings, **_wordings(translated)},
        {**rule.notes, **translated.get("notes", {})},
    )


def _wordings(translated: Mapping[str, Any]) -> dict[str, Wording]:
    first = {"": translated} if "message" in translated else {}
    return {
        variant: Wording(entry["message"], entry.get("help", ""))
        for variant, entry in {**first, **translated.get("variants", {})}.items()
    }


@cache
def catalogue(language: str) -> Mapping[str, Any]:
    """Return the texts of a language by rule; `general` holds those of no rule."""
    folder = Path(__file__).with_name("texts") / language
    merged: dict[str, Any] = {}
    if folder.is_dir():
        for file in folder.iterdir():
            if file.name.endswith(".yml"):
                merged |= yaml.load(file.read_text("utf-8"), Loader=SafeLoader)
    return merged


def diagnostic(
    rule: Rule,
    finding: Finding,
    facts: PageFacts,
    *,
    severity: Severity | None = None,
    language: str = "en",
    again: Sequence[Finding] = (),
) -> Diagnostic:
    """Put a finding into words.

    Args:
        rule: The rule that made it.
        finding: The finding.
        facts: What is known of its page.
        severity: How much it matters, if not what the rule says.
        language: The language of the texts.
        again: The same finding again, further down on the page.
    """
    texts = texts_of(rule, language)
    wording = texts.wordings[finding.variant]
    whole_page = finding.span == (0, 0)
    return Diagnostic(
        code=rule.code,
        severity=severity or rule.severity,
        place=Place(facts.path) if whole_page else facts.place(finding.span),
        message=wording.message.format_map(finding.values),
        help=help_of(wording, finding, language),
        name=rule.name,
        confidence=rule.confidence,
        related=tuple(
            [
                Related(other.place, texts.notes[other.key].format_map(other.values))
                for other in finding.related
            ]
        ),
        fix=_fix((finding, *again)),
        more=() if whole_page else tuple([facts.place(other.span) for other in again]),
    )


def help_of(wording: Wording, finding: Finding, language: str) -> str:
    """Return what to do about a finding: the guess, if there is one.

    Args:
        wording: How it is told.
        finding: The finding.
        language: The language of the texts.
    """
    if finding.guess is not None:
        template: str = catalogue(language)["general"]["guess"]
        return template.format(guess=finding.guess)
    return wording.help.format_map(finding.values)


def _fix(findings: Sequence[Finding]) -> Fix | None:
    fixes = [finding.fix for finding in findings if finding.fix]
    if not fixes:
        return None
    if len(fixes) == 1 == len(fixes[0].edits):
        return fixes[0]
    edits: list[Edit] = [edit for fix in fixes for edit in fix.edits]
    edits.sort(key=lambda edit: edit.span)
    return Fix(tuple(edits), all(f.safe for f in fixes), any(f.drop_bom for f in fixes))
