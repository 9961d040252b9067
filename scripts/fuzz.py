"""Feed the checks pages that no writer would write: `python scripts/fuzz.py --pages 1000000`.

Each page is one of the project's own (and of the corpus beside it, where there is one), cut up and
put together anew. Reading, checking alone and beside all others, putting into words and reporting
must end without an exception, and in a time that grows with the page's length only. With
`--atheris`, libFuzzer chooses the mutations instead; atheris has to be installed for that.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import multiprocessing
import random
import sys
import time
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from leitfaden.checking.engine import check_page
from leitfaden.checking.judge import Judge
from leitfaden.checking.lines import Texts
from leitfaden.checking.run import Report
from leitfaden.checking.tree import Tree
from leitfaden.contract import Contract, load_contract
from leitfaden.reading import PageReader
from leitfaden.reporting import Style, render

ROOT = Path(__file__).resolve().parent.parent
SEEDS = (ROOT / "docs", ROOT / "tests", ROOT.parent / "shared")
TODAY = dt.date(2026, 11, 23)
MOST = 2_000  # characters of a page: a million of them have to be read
SLOWEST = 2.0  # seconds a megabyte, and what a page may take whatever its length:
GRACE = 0.25  # seconds, for a machine that does something else at times
TOKENS: tuple[str, ...] = (
    *"\0\t\r\n #*_`|[]()<>!~-+=:;,./\\{}^$&%@'\"0123456789",
    *("\ufeff", "\u200b", "\u00a0", "\u2060", "\u202e", "\U0001f600", "e\u0301", "\ud7ff"),
    *("---\n", "\n---\n", "\r\n", "\n\n", "    ", "> ", "- ", "1. ", "# ", "#### ", "||", "| - |"),
    *(
        "**",
        "__",
        "```\n",
        "~~~",
        "<!--",
        "-->",
        "<br>",
        "<x y>",
        "](",
        "![",
        "[^1]",
        "]: ",
        "&#0;",
    ),
    *("|-|-|\n", "| 4047 |", "| M |", "| E |", "Phase: **", "Primary Role: ", "{#a}", "{{ x }}"),
    *("<<<<<<< HEAD\n", "=======\n", ">>>>>>> x\n", "> [!NOTE]\n", "> [!X]\n", "http://", "www."),
    *(
        "title: ",
        "ms.date: 13/45/2020\n",
        "? ",
        "&a [*a]",
        "!!binary x",
        "12/31/9999",
        "%00",
        "..//",
    ),
    *("<!-- leitfaden: ignore LF204 -->", "<!-- leitfaden: ignore-start -->", "[a](b.md#c)"),
)


class Target:
    """Does to a page all that a check does.

    Args:
        contract: The contract.
    """

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._reader = PageReader(contract)

    def run(self, data: bytes) -> None:
        """Check the bytes as a page of each locale, the one the translation of the other."""
        contract = self._contract
        pages = [
            self._reader.read(
                data, path=f"docs/{locale}/assess-x.md", locale=locale, page_id="assess-x"
            )
            for locale in contract.locale_keys
        ]
        checked = {page.path: check_page(page, contract) for page in pages}
        facts = [one.facts for one in checked.values()]
        tree = Tree(contract, {f.locale: {f.id: f} for f in facts}, frozenset(("en/a.md",)), TODAY)
        judge = Judge(tree, lambda one: checked[one.path].found)
        texts = {page.path: page.text for page in pages}
        found = [one for fact in facts for one in judge.diagnostics(fact, judge.told(fact), "de")]
        report = Report(tuple(found), len(pages), Texts(texts.__getitem__))
        for _ in render("text", report, Style()):
            pass


def seeds() -> list[str]:
    """Return the texts that pages are made of."""
    files = sorted(file for folder in SEEDS for file in folder.rglob("*.md"))
    return [file.read_bytes().decode("utf-8", "replace") for file in files if file.is_file()]


def mutated(texts: Sequence[str], chance: random.Random) -> bytes:
    """Return a page made of parts of others and of what breaks parsers."""
    text = chance.choice(texts)
    start = chance.choice((0, chance.randrange(len(text) + 1)))
    text = text[start : start + chance.randrange(1, MOST)]
    for _ in range(chance.choice((1, 1, 2, 4, 8, 16))):
        text = _changed(text, texts, chance)
    data = text.encode("utf-8", "replace")
    if chance.random() < 0.05:
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.randbytes(chance.randrange(1, 4)) + data[at:]
    if chance.random() < 0.02:
        data = text.encode(chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "utf-7")), "replace")
    return data


def _changed(text: str, texts: Sequence[str], chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    end = min(len(text), at + chance.randrange(1, 200))
    kind = chance.randrange(7)
    if kind == 0:
        return text[:at] + text[end:]
    if kind == 1:
        return text[:end] + text[at:]
    if kind == 2:
        other = chance.choice(texts)
        begin = chance.randrange(len(other) + 1)
        return text[:at] + other[begin : begin + chance.randrange(1, 300)] + text[at:]
    if kind == 3:
        return text[:at] + chance.choice(TOKENS) * chance.choice((1, 2, 3, 30)) + text[at:]
    if kind == 4:
        return text.replace("\n", "\r\n") if chance.random() < 0.5 else text.replace("\n", "\r", 3)
    if kind == 5:
        lines = text.split("\n")
        chance.shuffle(lines)
        return "\n".join(lines)
    return text[:at] + chance.choice(TOKENS) + text[end:]


def fuzz(seed: int, pages: int) -> list[str]:
    """Check mutated pages and return what went wrong, each with what repeats it.

    Args:
        seed: Where the random numbers begin.
        pages: How many pages.
    """
    target = Target(load_contract(ROOT / "playbook.yml"))
    texts = seeds()
    problems = []
    for number in range(pages):
        data = mutated(texts, random.Random(f"{seed}-{number}"))
        problem = _problem(target, data)
        if problem:
            kept = ROOT / ".cache" / "fuzz" / f"{seed}-{number}.md"
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(data)
            problems.append(f"{kept.relative_to(ROOT)}: {problem}")
        if number % 2_000 == 0:
            gc.collect()
    return problems


def _problem(target: Target, data: bytes) -> str:
    limit = GRACE + SLOWEST * len(data) / 1e6
    begin = time.process_time()
    try:
        target.run(data)
    except Exception:  # whatever it is, it is what we are looking for
        return traceback.format_exc()
    taken = time.process_time() - begin
    return f"took {taken:.2f} s for {len(data):,} bytes" if taken > limit else ""


def with_atheris(contract: Contract, arguments: list[str]) -> None:
    """Hand the target to libFuzzer, which goes on until it finds something or is stopped."""
    atheris = import_module("atheris")
    target = Target(contract)
    atheris.instrument_all()
    atheris.Setup([sys.argv[0], *arguments], target.run)
    atheris.Fuzz()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the fuzzer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000, help="how many pages to check")
    parser.add_argument("--seed", type=int, default=0, help="where the random numbers begin")
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--atheris", action="store_true", help="let libFuzzer choose")
    options, rest = parser.parse_known_args(arguments)
    if options.atheris:
        with_atheris(load_contract(ROOT / "playbook.yml"), rest)
        return 0
    parts = [(options.seed * 1000 + n, options.pages // options.jobs) for n in range(options.jobs)]
    begin = time.monotonic()
    with multiprocessing.Pool(options.jobs) as pool:
        problems = [problem for found in pool.starmap(fuzz, parts) for problem in found]
    for problem in problems:
        print(problem)
    taken = time.monotonic() - begin
    print(f"{options.pages:,} pages in {taken:.0f} s: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
