"""The pages that no file holds and that readers can find all the same."""

from __future__ import annotations

from collections.abc import Iterator

from leitfaden.checking.madepages import made_pages
from leitfaden.checking.registry import all_rules
from leitfaden.checking.wording import LANGUAGES, texts_of
from leitfaden.contract import Contract
from leitfaden.model import Playbook
from leitfaden.model.madeids import rule_page
from leitfaden.searching.documents import Made


def made_to_find(contract: Contract, playbook: Playbook, locale: str) -> Iterator[Made]:
    """Yield the pages about one thing that a site makes; lists of things are not among them.

    Args:
        contract: The vocabularies, and whether rules have pages.
        playbook: The pages that were written.
        locale: The readers' locale.
    """
    written = frozenset(playbook.ids)
    for page in made_pages(contract, playbook):
        if page.subject and page.view != "print" and page.page_id not in written:
            yield Made(page.page_id, page.view, page.subject)
    language = locale.replace("_", "-").partition("-")[0]
    if contract.checks.pages and (language in LANGUAGES or locale == playbook.source):
        for rule in all_rules().values():
            if rule_page(rule.code) not in written:
                summary = texts_of(rule, language).summary
                title = f"{rule.code} {rule.name}"
                yield Made(rule_page(rule.code), "rule", rule.code, title, summary)
