"""A sample of what is told of the real pages, judged by people: `judged.json`.

`python -m tests.checking.precision` prints the findings of the sample that nobody has judged yet.
A finding is drawn by a hash of its place and rule, so that a rule that changes swaps but few.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from leitfaden.checking.judge import Judge
from leitfaden.checking.registry import all_rules
from leitfaden.checking.wording import diagnostic
from leitfaden.contract import Contract, NavPage, load_contract
from leitfaden.model import Severity
from tests.checking.corpus import FOLDERS, SNAPSHOT, corpus_files
from tests.checking.fixtures import ROOT, build_tree

JUDGED = Path(__file__).parent / "judged.json"
SIZE = 200


class Told(NamedTuple):
    """A finding as a writer sees it; only its place and its rule tell it from others."""

    path: str
    line: int
    column: int
    code: str
    severity: str = ""
    message: str = ""

    @property
    def key(self) -> tuple[str, int, int, str]:
        """What stays the same when a message is worded anew."""
        return self[:4]

    @property
    def lot(self) -> bytes:
        """The number by which it is drawn."""
        return blake2b(repr(self.key).encode()).digest()


def contract_of_the_corpus() -> Contract:
    """Return our contract with the navigation that the real playbook has."""
    contract = load_contract(ROOT / "playbook.yml")
    pages = {
        contract.page_id(path.strip(), locale): None
        for locale, folder in FOLDERS.items()
        for path in _listed(yaml.safe_load((folder / "toc.yml").read_text("utf-8")))
    }
    return dataclasses.replace(contract, navigation=tuple(map(NavPage, pages)))


def _listed(nodes: list[dict[str, Any]]) -> Iterator[str]:
    for node in nodes:
        if "href" in node:
            yield node["href"]
        yield from _listed(node.get("items", []))


@cache
def all_told() -> tuple[Told, ...]:
    """Return everything that is told of the published pages, repetitions one by one."""
    tree, found, _ = build_tree(corpus_files(), contract_of_the_corpus(), SNAPSHOT)
    judge = Judge.of_findings(tree, {facts.path: findings for facts, findings in found.values()})
    told = []
    for facts in tree:
        for code, finding in judge.told(facts):
            one = diagnostic(all_rules()[code], finding, facts)
            place = one.place.start or (0, 0)
            told.append(Told(facts.path, *place, code, one.severity.value, one.message))
    return tuple(sorted({one.key: one for one in told}.values()))


def sample() -> list[Told]:
    """Return findings drawn at random, all that are errors, and all that compare texts."""
    drawn = sorted(all_told(), key=lambda one: one.lot)[:SIZE]
    errors = [one for one in all_told() if one.severity == Severity.ERROR]
    return sorted({*drawn, *errors, *compared()})


def compared() -> list[Told]:
    """Return what the rules find that compare the texts of a translation and of its source."""
    return [one for one in all_told() if all_rules()[one.code].compares]


def judged() -> dict[tuple[str, int, int, str], tuple[bool, str]]:
    """Return of each finding that was judged whether it is right, and why if it is not."""
    entries = json.loads(JUDGED.read_text("utf-8")) if JUDGED.is_file() else []
    return {
        (entry["path"], entry["line"], entry["column"], entry["code"]): (
            entry["right"],
            entry.get("why", ""),
        )
        for entry in entries
    }


if __name__ == "__main__":
    known = judged()
    for one in sample():
        if one.key not in known:
            print(json.dumps(one._asdict(), ensure_ascii=False))
