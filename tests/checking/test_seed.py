"""The user's own page gives exactly what is wrong with it, and nothing else."""

from __future__ import annotations

import pytest

from leitfaden.checking.registry import all_rules
from leitfaden.checking.wording import diagnostic
from leitfaden.contract import load_contract
from tests.checking.corpus import CORPUS, SNAPSHOT, corpus_files
from tests.checking.fixtures import ROOT, build_tree

SEED = ROOT.parent / "shared" / "seed"

# Line, column and rule; 0, 0 for the page as a whole. Legal, and so not here: two label triples
# under one step (41-47), the same sub-heading twice (108, 126), two sound task tables, the
# non-breaking blanks of lines 61 and 149, which stand in no name of the contract.
EXPECTED = [
    (0, 0, "LF421"),
    (1, 4, "LF114"),
    (2, 20, "LF114"),
    (3, 8, "LF502"),
    (3, 86, "LF114"),
    (4, 14, "LF119"),
    (4, 92, "LF114"),
    (8, 10, "LF706"),
    (9, 27, "LF114"),
    (10, 30, "LF114"),
    (11, 28, "LF114"),
    (12, 21, "LF114"),
    (31, 3, "LF210"),
    (37, 3, "LF210"),
    (67, 48, "LF416"),
    (71, 45, "LF416"),
    (108, 5, "LF210"),
    (123, 21, "LF401"),
    (126, 5, "LF210"),
    (130, 13, "LF801"),
    (130, 125, "LF308"),
    (133, 13, "LF801"),
    (133, 119, "LF308"),
    (135, 147, "LF308"),
    (145, 3, "LF210"),
    (155, 5, "LF208"),
    (159, 2, "LF503"),
]


@pytest.mark.skipif(not SEED.is_dir(), reason="there is no shared/seed beside the project")
def test_the_seed_page_gives_exactly_the_expected_findings() -> None:
    seed = next(SEED.glob("*.md"))
    source = {path: data for path, data in corpus_files().items() if path.startswith("en/")}
    files = {**source, f"de/{seed.name}": seed.read_bytes()}
    contract = load_contract(ROOT / "playbook.yml")
    facts, findings = build_tree(files, contract, SNAPSHOT)[1][f"de/{seed.name}"]
    told = [diagnostic(all_rules()[code], finding, facts) for code, finding in findings]
    places = sorted(
        ((one.place.start.line, one.place.start.column) if one.place.start else (0, 0), one.code)
        for one in told
    )
    assert [(line, column, code) for (line, column), code in places] == EXPECTED


def test_the_seed_page_is_beside_the_corpus() -> None:
    assert SEED.is_dir() == CORPUS.is_dir()
