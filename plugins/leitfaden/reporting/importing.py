"""What an import did: in Markdown for people, in JSON for programs."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from leitfaden.checking.wording import catalogue
from leitfaden.importing.aside import AsideReason, Rivals, SetAside
from leitfaden.importing.images import FileState, UsedFile
from leitfaden.importing.links import How
from leitfaden.importing.navigation import NavigationNote
from leitfaden.importing.plan import GuessKind, ImportPlan, PageState
from leitfaden.importing.vocabulary import Answer, Word
from leitfaden.model.visible import harmless
from leitfaden.reporting.style import Style

VERSION = 1


class Asked(NamedTuple):
    """What a report is about.

    Args:
        dry: Whether nothing was written.
        patch: The file that holds the patch of words; empty if the report itself shows it.
    """

    dry: bool = False
    patch: str = ""


def markdown(plan: ImportPlan, style: Style, asked: Asked) -> str:
    """Return the report for people.

    Args:
        plan: What the import did.
        style: How to write it.
        asked: What it is about.
    """
    return "".join(f"{line}\n" for line in _Report(plan, style, asked).lines())


def needs(plan: ImportPlan, style: Style) -> int:
    """Return how many things need a person, findings of checks left out.

    Args:
        plan: What the import did.
        style: How it is told.
    """
    return len(tuple(_Report(plan, style, Asked()).needed()))


def document(plan: ImportPlan) -> str:
    """Return the report for programs.

    Args:
        plan: What the import did.
    """
    navigation = plan.navigation
    held: dict[str, Any] = {
        "version": VERSION,
        "locale": plan.locale,
        "counts": dict(counts(plan)),
        "pages": [
            {
                "file": page.name,
                "page": page.page_id,
                "path": page.path,
                "state": page.state.value,
                "paired": page.paired,
                "corrected": dict(sorted(page.corrected.items())),
            }
            for page in plan.pages
        ],
        "missing": list(plan.missing),
        "aside": [
            {
                "file": one.name,
                "reason": one.reason.value,
                "page": one.page_id,
                "locale": one.locale,
                "stands": one.stands,
                "detail": one.detail,
                "tasks": list(one.tasks),
            }
            for one in plan.aside
        ],
        "rivals": [
            {
                "files": [one.name, one.other],
                "percent": one.percent,
                "listed": list(one.listed),
                "paired": list(one.paired),
                "tasks": list(one.tasks),
            }
            for one in plan.rivals
        ],
        "foreign": [{"file": name, "language": language} for name, language in plan.foreign],
        "refused": [
            {"file": one.name, "reason": one.why.value, "detail": one.detail}
            for one in plan.refused
        ],
        "guesses": [
            {
                "kind": one.kind.value,
                "file": one.name,
                "old": one.old,
                "new": one.new,
                "count": one.count,
            }
            for one in plan.guesses
        ],
        "keys": dict(plan.keys),
        "links": {
            "rewritten": [
                {
                    "file": one.name,
                    "line": one.line,
                    "old": one.old,
                    "new": one.new,
                    "how": one.how.value,
                }
                for one in plan.rewritten
            ],
            "left": [
                {
                    "file": one.name,
                    "line": one.line,
                    "target": one.target,
                    "reason": one.why.value,
                    "image": one.image,
                }
                for one in plan.left
            ],
        },
        "files": [
            {"file": one.name, "path": one.target, "state": one.state.value, "held": one.held}
            for one in plan.files
        ],
        "unused": list(plan.unused),
        "redirects": {
            "addresses": {one.address: one.page_id for one in plan.redirects.redirects},
            "anchors": {
                one.address: {moved.old: moved.new for moved in one.anchors}
                for one in plan.redirects.redirects
                if one.anchors
            },
            "lost": [
                {
                    "address": one.address,
                    "page": one.page_id,
                    "taken": one.taken,
                    "locale": one.locale,
                }
                for one in plan.redirects.lost
            ],
        },
        "toc": {
            "file": plan.toc.path,
            "entries": plan.toc.nodes,
            "unlisted": list(plan.toc.unlisted),
            "problems": [
                {
                    "place": str(problem.place),
                    "fault": problem.fault.value,
                    "subject": problem.subject,
                }
                for problem in plan.toc.problems
            ],
        }
        if plan.toc
        else None,
        "navigation": {
            "changed": navigation.changed,
            "unlisted": list(navigation.unlisted),
            "notes": [
                {"note": one.note.value, "subject": one.subject, "detail": one.detail}
                for one in navigation.notes
            ],
        },
        "words": [
            {
                "vocabulary": one.vocabulary,
                "text": one.text,
                "locales": list(one.locales),
                "count": one.count,
                "first": str(one.first),
                "answer": one.answer.value,
                "key": one.key,
            }
            for one in plan.vocabulary.words
        ],
        "patch": plan.vocabulary.diff,
        "remaining": [
            {
                "code": one.code,
                "name": one.name,
                "severity": one.severity.value,
                "count": one.count,
                "pages": one.pages,
            }
            for one in plan.remaining
        ],
    }
    return json.dumps(held, ensure_ascii=False, indent=2) + "\n"


def counts(plan: ImportPlan) -> Mapping[str, int]:
    """Return how many there are of all that a report counts.

    Args:
        plan: What the import did.
    """
    states = Counter(page.state for page in plan.pages)
    files = Counter(file.state for file in plan.files)
    told = {
        "found": plan.found,
        "new": states[PageState.NEW],
        "there": states[PageState.THERE],
        "changed": states[PageState.CHANGED],
        "aside": len(plan.aside),
        "refused": len(plan.refused),
        "paired": sum(page.paired for page in plan.pages),
        "missing": len(plan.missing),
        "rewritten": len(plan.rewritten),
        "left": len(plan.left),
        "copied": files[FileState.NEW],
        "shared": files[FileState.SHARED],
        "files-there": files[FileState.THERE],
        "unused": len(plan.unused),
        "redirects": len(plan.redirects.redirects),
        "corrected": sum(sum(page.corrected.values()) for page in plan.pages),
        "unlisted": len(plan.navigation.unlisted),
    }
    if plan.toc:
        told |= {"toc": plan.toc.nodes, "toc-unlisted": len(plan.toc.unlisted)}
    return told


class _Report:
    def __init__(self, plan: ImportPlan, style: Style, asked: Asked) -> None:
        self._plan = plan
        self._style = style
        self._asked = asked
        self._words: Mapping[str, str] = catalogue(style.language)["importing"]

    def lines(self) -> Iterator[str]:
        """Yield the report, line by line."""
        plan = self._plan
        language = plan.standing.contract.locales[plan.locale].name
        title = "title-dry" if self._asked.dry else "title"
        yield f"# {self._say(title, tree=plan.root.name, language=language)}"
        yield from self._section("summary", self._summary())
        yield from self._section("person", self._list(self.needed()))
        yield from self._section("guessed", self._list(self._guessed()))
        yield from self._section("aside", self._aside())
        yield from self._section("links", self._links())
        yield from self._section("images", self._images())
        yield from self._section("redirects", self._redirects())
        yield from self._section("navigation", self._list(self._navigation()))
        yield from self._section("words", self._vocabulary())
        yield from self._section("remaining", self._remaining())
        yield from self._section("next", self._next())
        yield from self._section("came", self._came())

    def needed(self) -> Iterator[str]:
        """Yield what needs a person, findings of checks left out."""
        plan = self._plan
        if not plan.has_source:
            contract = plan.standing.contract
            yield self._say("no-source", language=contract.locales[contract.source].name)
        for rivals in plan.rivals:
            yield self._rivals(rivals)
        for aside in plan.aside:
            if aside.reason is AsideReason.CLASH:
                yield self._say("clash", name=aside.name, stands=aside.stands)
        for name, language in plan.foreign:
            yield self._say("foreign", name=name, language=language)
        for page in plan.kept:
            yield self._say("changed", path=page.path, name=page.name)
        for file in plan.files:
            if file.state is FileState.KEPT:
                yield self._say("kept-file", name=file.name, target=file.target)
        for one in plan.refused:
            why = self._say(one.why.value, detail=one.detail)
            yield self._say("refused", name=one.name, why=why)
        if plan.redirects.problem:
            yield self._say("redirects-problem")
        yield from self._toc_problems(slight=False)
        if plan.missing:
            yield self._words["missing"].format(pages=_names(plan.missing))
        unpaired = [] if plan.is_source else [page.name for page in plan.pages if not page.paired]
        if unpaired and plan.has_source:
            yield self._words["unpaired"].format(files=_names(unpaired))
        if plan.left:
            yield self._say("left", count=len(plan.left))
        undecided = sum(word.answer is Answer.PERSON for word in plan.vocabulary.words)
        if undecided:
            yield self._say("undecided", count=undecided)
        for lost in plan.redirects.lost:
            if lost.locale:
                continue
            key = "lost" if lost.taken else "lost-form"
            yield self._say(key, address=lost.address, page=lost.page_id, taken=lost.taken)

    def _toc_problems(self, *, slight: bool) -> Iterator[str]:
        problems = self._plan.toc.problems if self._plan.toc else ()
        for one in problems:
            if one.fault.is_slight == slight:
                told = self._say(f"toc-{one.fault.value}", subject=one.subject, line=one.line)
                yield self._words["toc-problem"].format(place=harmless(str(one.place)), told=told)

    def _rivals(self, one: Rivals) -> str:
        told = [self._say("rivals", name=one.name, other=one.other, percent=one.percent)]
        for name, listed, paired in zip((one.name, one.other), one.listed, one.paired, strict=True):
            told.append(
                self._say(
                    "rivals-facts",
                    name=name,
                    listed=self._words["is-listed" if listed else "is-not-listed"],
                    paired=self._words["is-paired" if paired else "is-not-paired"],
                )
            )
        return " ".join(told)

    def _summary(self) -> Iterator[str]:
        rows = []
        for key, count in counts(self._plan).items():
            if key in ("paired", "missing") and self._plan.is_source:
                continue
            word = "new-dry" if key == "new" and self._asked.dry else key
            rows.append((self._words[f"count-{word}"], str(count)))
        return self._table(("what", "how-many"), rows)

    def _guessed(self) -> Iterator[str]:
        for one in self._plan.guesses:
            key = "guess-name" if one.kind is GuessKind.NAME else "guess-key"
            yield self._say(key, name=one.name, old=one.old, new=one.new, count=one.count)
        for link in self._plan.rewritten:
            if link.how is How.NEAR:
                yield self._say(
                    "guess-near", name=link.name, line=link.line, old=link.old, new=link.new
                )
        if any(one.note is NavigationNote.GUESSED for one in self._plan.navigation.notes):
            yield self._words["guess-order"]
        if self._plan.keys:
            keys = ", ".join(f"`{_plain(key)}` ({count})" for key, count in self._plan.keys)
            yield self._words["keys"].format(keys=keys)

    def _aside(self) -> Iterator[str]:
        rows = [
            (
                _code(one.name),
                self._words[f"aside-{one.reason.value}"],
                _code(f"{one.locale}/{one.page_id}"),
                self._evidence(one),
            )
            for one in self._plan.aside
        ]
        return self._table(("file", "why", "stands", "evidence"), rows)

    def _evidence(self, one: SetAside) -> str:
        told = []
        if one.reason is AsideReason.SUPERSEDED:
            told.append(self._say("evidence-percent", percent=one.detail))
        elif one.detail:
            told.append(self._say("evidence-language", language=one.detail))
        if one.tasks:
            told.append(self._say("evidence-tasks", tasks=", ".join(one.tasks)))
        return "; ".join(told)

    def _links(self) -> Iterator[str]:
        plan = self._plan
        how = Counter(one.how for one in plan.rewritten)
        yield from self._table(
            ("what", "how-many"),
            [(self._words[f"how-{key.value}"], str(how[key])) for key in How if how[key]],
        )
        if plan.left:
            yield ""
            rows = [
                (_code(one.name), str(one.line), _code(one.target), self._why(one.why.value))
                for one in plan.left
            ]
            yield from self._table(("file", "line", "was", "why"), rows)

    def _why(self, why: str) -> str:
        return self._words[f"why-{why}"]

    def _images(self) -> Iterator[str]:
        plan = self._plan
        rows = [(_code(one.name), _code(one.target), self._file(one)) for one in plan.files]
        yield from self._table(("file", "is", "what"), rows)
        if plan.unused:
            yield ""
            yield self._words["unused"].format(files=_names(plan.unused))

    def _file(self, one: UsedFile) -> str:
        return self._say(f"file-{one.state.value}", held=one.held)

    def _redirects(self) -> Iterator[str]:
        redirects = self._plan.redirects.redirects
        path = self._plan.redirects_path
        anchors = sum(len(one.anchors) for one in redirects)
        yield self._say("redirects-told", count=len(redirects), anchors=anchors, path=path)
        same = [one.address for one in self._plan.redirects.lost if one.locale]
        if same:
            yield ""
            yield self._words["same-address"].format(addresses=_names(same))

    def _navigation(self) -> Iterator[str]:
        plan = self._plan.navigation
        path = self._plan.standing.contract_path.name
        yield self._say("navigation-changed" if plan.changed else "navigation-same", path=path)
        if plan.unlisted:
            yield self._words["unlisted"].format(pages=_names(plan.unlisted))
        if self._plan.toc and self._plan.toc.unlisted:
            yield self._words["toc-unlisted"].format(files=_names(self._plan.toc.unlisted))
        yield from self._toc_problems(slight=True)
        for one in plan.notes:
            yield self._say(f"note-{one.note.value}", subject=one.subject, detail=one.detail)

    def _vocabulary(self) -> Iterator[str]:
        patch = self._plan.vocabulary
        yield self._say("words-told", count=len(patch.words))
        if patch.words:
            yield ""
            rows = [
                (_code(one.text), _code(one.vocabulary), str(one.count), self._answer(one))
                for one in patch.words
            ]
            yield from self._table(("word", "vocabulary", "how-many", "answer"), rows)
        if patch.diff and not self._asked.patch:
            yield ""
            yield f"{self._words['patch']}:"
            yield ""
            fence = "`" * max(3, _longest_run(patch.diff) + 1)
            yield f"{fence}diff"
            yield from patch.diff.splitlines()
            yield fence

    def _answer(self, one: Word) -> str:
        key = f"answer-{one.answer.value}"
        if one.answer is Answer.PERSON and not one.key:
            key = "answer-person-none"
        return self._say(key, key=one.key)

    def _remaining(self) -> Iterator[str]:
        rows = [
            (
                f"{self._rule(one.code)} {one.name}",
                self._words[one.severity.value],
                str(one.count),
                str(one.pages),
            )
            for one in self._plan.remaining
        ]
        return self._table(("rule", "severity", "how-many", "pages"), rows)

    def _rule(self, code: str) -> str:
        url = self._style.url(code)
        return f"[{code}]({url})" if url else code

    def _next(self) -> Iterator[str]:
        steps = []
        if self._asked.dry:
            steps.append(self._words["next-import"])
        if self._plan.vocabulary.diff:
            steps.append(
                self._say("next-words", patch=shlex.quote(self._asked.patch or "words.patch"))
            )
        steps += [
            self._words[key] for key in ("next-person", "next-check", "next-baseline", "next-build")
        ]
        return (f"{number}. {step}" for number, step in enumerate(steps, 1))

    def _came(self) -> Iterator[str]:
        rows = [
            (_code(page.name), _code(page.path), self._words[f"state-{page.state.value}"])
            for page in self._plan.pages
        ]
        return self._table(("file", "page", "what"), rows)

    def _section(self, key: str, lines: Iterable[str]) -> Iterator[str]:
        yield ""
        yield f"## {self._words[key]}"
        yield ""
        lines = tuple(lines)
        yield from lines or (self._words["nothing"],)

    def _list(self, items: Iterable[str]) -> Iterator[str]:
        return (f"- {item}" for item in items)

    def _table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
        if not rows:
            return
        yield f"| {' | '.join(self._words[key] for key in head)} |"
        yield f"|{' --- |' * len(head)}"
        for row in rows:
            yield f"| {' | '.join(_escaped(cell) for cell in row)} |"

    def _say(self, word: str, /, **values: object) -> str:
        return self._words[word].format(
            **{name: _plain(str(value)) for name, value in values.items()}
        )


def _plain(text: str) -> str:
    """Return a text that stays in its line, its cell and its backticks."""
    return harmless(" ".join(text.split())).replace("`", "'")


def _code(text: str) -> str:
    return f"`{_plain(text)}`" if text else ""


def _names(names: Iterable[str]) -> str:
    return ", ".join(map(_code, names))


def _longest_run(text: str) -> int:
    return max((len(run) for run in text.split("\n") if set(run.strip("+- ")) == {"`"}), default=0)


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|")
