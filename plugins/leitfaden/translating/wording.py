"""What source and translation contradict each other in, in the contract's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leitfaden.contract import Contract
from leitfaden.contract.term import Term
from leitfaden.contract.vocabulary import Vocabulary
from leitfaden.translating.evidence import Contradiction, Topic

_VOCABULARIES = {
    Topic.REQUIREMENT: "requirements",
    Topic.ROLES: "roles",
    Topic.SERVICES: "services",
}


def worded(one: Contradiction, contract: Contract, language: str) -> Contradiction:
    """Return a contradiction for people: names of the contract stand in it instead of keys.

    Args:
        one: The contradiction.
        contract: The names.
        language: The reader's; where the contract has not that, its source's.
    """
    locale = language if language in contract.locales else contract.source
    name, vocabulary = one.name, _VOCABULARIES.get(one.topic)
    if one.topic is Topic.LABEL and one.name in contract.labels:
        label = contract.labels[one.name]
        name, vocabulary = label.name(locale), label.vocabulary
    if vocabulary is None:
        return one
    terms = contract.vocabulary(vocabulary)
    return one._replace(
        name=name,
        source=tuple(_names(one.source, terms, locale)),
        target=tuple(_names(one.target, terms, locale)),
    )


def _names(keys: Iterable[str], terms: Vocabulary[Term], locale: str) -> Iterator[str]:
    for key in keys:
        yield terms[key].name(locale) if key in terms else key
