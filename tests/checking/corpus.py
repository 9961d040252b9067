"""The real pages as a tree, and how often each rule finds something there.

Run as a script with codes as arguments, it lists what those rules find:
`python -m tests.checking.corpus LF210`.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Found
from leitfaden.checking.registry import all_rules
from leitfaden.checking.tree import Tree
from leitfaden.checking.wording import diagnostic
from leitfaden.contract import load_contract
from tests.checking.fixtures import ROOT, build_tree

CORPUS = ROOT.parent / "shared" / "corpus"
SNAPSHOT = dt.date(2020, 5, 26)  # later days are in the future there
FOLDERS = {"en": CORPUS / "english-playbook", "de": CORPUS / "german-playbook"}


def corpus_files() -> dict[str, bytes]:
    """Return all files of the corpus by their path below docs: pages with content, others empty."""
    return {
        f"{locale}/{file.relative_to(folder).as_posix()}": _content(file)
        for locale, folder in FOLDERS.items()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def _content(file: Path) -> bytes:
    return file.read_bytes() if file.suffix == ".md" else b""


@cache
def corpus_tree() -> tuple[Tree, dict[str, tuple[PageFacts, list[Found]]], dict[str, str]]:
    """Check the corpus; return the tree, and facts, findings and text by path."""
    return build_tree(corpus_files(), load_contract(ROOT / "playbook.yml"), SNAPSHOT)


def counts() -> dict[str, Counter[str]]:
    """Return for each rule how many findings it has by locale, copies and repetitions included."""
    counted: dict[str, Counter[str]] = {}
    for facts, found in corpus_tree()[1].values():
        for code, _ in found:
            counted.setdefault(code, Counter())[facts.locale] += 1
    return dict(sorted(counted.items()))


def told(*codes: str) -> Iterator[str]:
    """Yield what rules find, one line each, with the source line."""
    _, found, texts = corpus_tree()
    for path, (facts, findings) in found.items():
        for code, finding in sorted(findings, key=lambda one: one.finding.span):
            if code in codes:
                one = diagnostic(all_rules()[code], finding, facts)
                line = facts.position(finding.span.start).line
                start = facts.line_starts[line - 1]
                end = texts[path].find("\n", start)
                yield f"{one}\n      | {texts[path][start : end if end >= 0 else None].rstrip()}"


if __name__ == "__main__":
    if sys.argv[1:]:
        print(*told(*sys.argv[1:]), sep="\n")
    else:
        for code, by_locale in counts().items():
            print(code, all_rules()[code].name, by_locale["en"], by_locale["de"])
