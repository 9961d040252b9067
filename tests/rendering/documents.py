"""Documents at random: what writers write, put together in ways in which they may not."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

_WORDS = ["one", "two", "Größe", "4047", "x_y_z", "it's", '"so"', "a.b", "(c)", "漢字", "e-mail"]
_SIGNS = [r"\*", r"\_", r"\#", r"\|", r"\\", "&amp;", "&copy;", "&#35;", "&nope;", "<", ">", "&"]
_SIGNS += ["!", "]", "*", "_", "#", "+", "-", "=", "<br>", "<!-- c -->", "  x"]
_LINKS = ["[t](u.md)", '[t *u*](<v w> "x")', "![i](j.png)", "[ref]", "[t][ref]", "[none]"]
_LINKS += ["<https://a.example/x>", "<a@b.example>", "https://a.example/x_y?z=1.", "www.a.example,"]
_LINKS += ["(https://a.example/x)", "c@d.example.", "[![i](j.png)](k.md)", "[t](u.md#v 'w')"]
_MARKS = ["*", "**", "***", "_", "__"]
_SEPARATORS = ["-", "---", ":-", "-:", ":---:", " - ", " :-: "]


class Documents:
    """Makes documents: the same ones for the same seed.

    Args:
        seed: Any number.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._quoted = 0

    def document(self) -> str:
        """Return some Markdown."""
        return "\n".join((*self._blocks(0), '[ref]: /there "Title"')) + "\n"

    def _one(self, choices: Sequence[str]) -> str:
        return self._random.choice(choices)

    def _some(self, most: int) -> int:
        return self._random.randint(1, most)

    def _chance(self, of: float) -> bool:
        return self._random.random() < of

    # Lines of text.

    def _inline(self, depth: int = 0) -> str:
        return " ".join(self._piece(depth) for _ in range(self._some(4)))

    def _piece(self, depth: int) -> str:
        kind = self._random.random()
        if kind < 0.45:
            return self._one(_WORDS)
        if kind < 0.6:
            return self._one(_SIGNS)
        if kind < 0.75:
            return self._one(_LINKS)
        if kind < 0.82:
            return f"`{self._one(_WORDS)}`"
        if depth > 1:
            return self._one(_WORDS)
        if not depth and self._chance(0.2):
            return f"~~{self._one(_WORDS)}~~"
        mark = self._one(_MARKS)
        return f"{mark}{self._inline(depth + 1)}{mark}"

    # Blocks, as lines.

    def _blocks(self, depth: int) -> list[str]:
        lines: list[str] = []
        for _ in range(self._some(4 - depth)):
            kinds = self._KINDS if depth < 3 else self._KINDS[:3]
            block = self._random.choice(kinds if depth else kinds + self._OUTER)
            lines += block(self, depth)
            if self._chance(0.8):
                lines.append("")
        return lines

    def _paragraph(self, _: int) -> list[str]:
        lines = [self._inline() for _ in range(self._some(3))]
        return [line + self._one(["", "", "", "  ", " x\\"]) for line in lines]

    def _heading(self, _: int) -> list[str]:
        if self._chance(0.3):
            return [self._inline(), self._one(["===", "---"])]
        closing = self._one(["", "", " ##"])
        return [f"{'#' * self._some(6)} {self._inline()}{closing}"]

    def _code(self, _: int) -> list[str]:
        inner = [self._inline(), "", f"  {self._inline()}"]
        if self._chance(0.3):
            return ["", *(f"    {line}" if line else "" for line in inner), ""]
        fence = self._one(["```", "~~~", "````"])
        return [f"{fence}{self._one(['', 'py', 'text title'])}", *inner, fence]

    def _table(self, depth: int) -> list[str]:
        if depth > self._quoted:
            return self._paragraph(depth)  # what is loose, GitHub tells otherwise behind tables
        width = self._some(3)
        outer = self._one(["|", "|", ""])
        rows = [self._cells(width, outer), self._separator(width, outer)]
        for _ in range(self._some(3)):
            rows.append(self._cells(max(width + self._random.choice([-1, 0, 0, 0, 1]), 1), outer))
        return rows

    def _cells(self, width: int, outer: str) -> str:
        cells = (self._inline(1).replace("\\\\", "") for _ in range(width))
        return f"{outer} {' | '.join(cells)} {outer}".strip()

    def _separator(self, width: int, outer: str) -> str:
        # A blank behind the first dash would make it the sign of a list.
        first = self._one(_SEPARATORS if outer else _SEPARATORS[:5])
        return (
            outer + "|".join((first, *(self._one(_SEPARATORS) for _ in range(width - 1)))) + outer
        )

    def _quote(self, depth: int) -> list[str]:
        self._quoted += 1
        inner = self._blocks(depth + 1)
        self._quoted -= 1
        return [f">{self._one([' ', ' ', ''])}{line}" for line in inner]

    def _list(self, depth: int) -> list[str]:
        number = self._random.randint(0, 12)
        ordered, sign = self._chance(0.4), self._one(["-", "*", "+"])
        lines: list[str] = []
        loose = self._chance(0.3)
        for item in range(self._some(3)):
            marker = f"{number + item}. " if ordered else f"{sign} "
            task = self._one(["[ ] ", "[x] "]) if not self._quoted and self._chance(0.2) else ""
            first = [f"{marker}{task}{self._one(_WORDS)} {self._inline()}"]
            rest = self._blocks(depth + 1) if self._chance(0.5) else []
            if rest and self._chance(0.5):
                first.append("")
            lines += first
            lines += [f"{' ' * len(marker)}{line}" if line else "" for line in rest]
            if loose:
                lines.append("")
        return lines

    def _html(self, _: int) -> list[str]:
        inner = [self._inline()]
        tag = self._one(["details", "div"])
        return [f"<{tag}>", "", *inner, "", f"</{tag}>"]

    def _rule(self, _: int) -> list[str]:
        return [self._one(["---", "***", "_ _ _"])]

    _KINDS: tuple[Callable[[Documents, int], list[str]], ...] = (
        _paragraph,
        _paragraph,
        _heading,
        _code,
        _table,
        _table,
        _quote,
        _list,
        _list,
    )
    _OUTER = (_html, _rule)
