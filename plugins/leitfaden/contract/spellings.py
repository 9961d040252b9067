"""Spellings that two terms of a vocabulary claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from leitfaden.contract.draft import Draft, dotted
from leitfaden.contract.file import ContractFile, TermEntry
from leitfaden.contract.fold import fold
from leitfaden.contract.problem import Code, quoted
from leitfaden.contract.tree import Path

_FIELDS = ("aliases", "deprecated")


@dataclass(frozen=True, slots=True)
class _Claim:
    """A spelling, who claims it, and where."""

    text: str
    owner: Path
    path: Path
    locale: str


def check_spellings(
    draft: Draft, file: ContractFile, name: str, terms: Mapping[str, TermEntry]
) -> None:
    """Report a spelling that stands for two terms of one vocabulary within one locale.

    Case, blanks and a trailing colon make no difference, as they make none on a page. That a
    term's own spellings are the same for this reason does no harm; only what one list literally
    repeats is reported.
    """
    first: dict[tuple[str, str], _Claim] = {}
    letters = _letters(file) if name == "requirements" else ()
    for claim in (*letters, *_claims(name, terms)):
        holder = first.setdefault((claim.locale, fold(claim.text)), claim)
        if holder.owner[-1] != claim.owner[-1]:
            _report_claim(draft, holder, claim)
    for key, term in terms.items():
        _check_repeated(draft, (name, key), term)


def _claims(name: str, terms: Mapping[str, TermEntry]) -> Iterator[_Claim]:
    for key, term in terms.items():
        owner = (name, key)
        for locale, text in term.names.items():
            yield _Claim(text, owner, (*owner, locale), locale)
        for field in _FIELDS:
            for locale, texts in _lists(term, field).items():
                for index, text in enumerate(texts):
                    yield _Claim(text, owner, (*owner, field, locale, index), locale)


def _letters(file: ContractFile) -> Iterator[_Claim]:
    """Yield the letters of the locales, which are spellings of the requirements, too."""
    for locale, entry in file.locales.items():
        for key, text in entry.letters().items():
            path = ("locales", locale, "requirement", key)
            yield _Claim(text, path, path, locale)


def _lists(term: TermEntry, field: str) -> Mapping[str, tuple[str, ...]]:
    lists: Mapping[str, tuple[str, ...]] = getattr(term, field)
    return lists


def _report_claim(draft: Draft, holder: _Claim, claim: _Claim) -> None:
    message = (
        f"{quoted(claim.text)} already stands for {dotted(holder.owner)}, so it cannot stand for "
        f"{dotted(claim.owner)} (locale `{claim.locale}`)."
    )
    help = f"Remove it here or in line {draft.line(holder.path)}."
    draft.report(Code.CLAIMED_TWICE, claim.path, message, help)


def _check_repeated(draft: Draft, owner: Path, term: TermEntry) -> None:
    for field in _FIELDS:
        for locale, texts in _lists(term, field).items():
            seen: set[str] = set()
            for index, text in enumerate(texts):
                if text in seen:
                    path = (*owner, field, locale, index)
                    message = f"{quoted(text)} stands twice in {dotted(path)}."
                    draft.report(Code.CLAIMED_TWICE, path, message, "Remove one of them.")
                seen.add(text)
