"""Where the boxes and arrows of a map lie: in bands, one below the other.

The boxes of a band stand side by side in lines. Between the lines are lanes, and between the boxes
of all lines gutters: arrows run only there, so that none crosses a box.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_LINE = 18  # of text
_PADDING = 10  # between a box's edge and its text
_MOST_LINES = 4
_HEAD = 8  # how long an arrow's head is
_SLOT = 7  # between two arrows in a gutter
_MOST_SLOTS = 10  # a gutter with more arrows would be wider than its boxes
_GUTTER = 30
_LANE = (34, 3, 88)  # how high a lane is at least, how much each arrow adds, and at most
_EMPTY_LANE = 16
_NARROW = frozenset("fijlrtI.,:;'|!()[]{}/-` ")
_WIDE = frozenset("mwMW@%&—…")
_BREAKS = re.compile(r"(?<=[-/–])(?=.)")


class Shape(NamedTuple):
    """How a map is laid out.

    Args:
        columns: How many boxes stand side by side.
        box: How wide a box is.
        label: How wide the names beside the bands are; 0 for names above them.
    """

    columns: int
    box: int
    label: int


WIDE = Shape(4, 196, 118)
NARROW = Shape(1, 232, 0)


class Band(NamedTuple):
    """Boxes that belong together.

    Args:
        key: What tells it from others.
        name: Is written beside it.
        boxes: The name of each box by its key.
    """

    key: str
    name: str
    boxes: Mapping[str, str]


class Box(NamedTuple):
    """A box: where it stands, and the lines of its text with the height of each."""

    key: str
    x: int
    y: int
    width: int
    height: int
    lines: tuple[tuple[int, str], ...]
    shortened: bool


class PlacedBand(NamedTuple):
    """A band: the lines of its name with the height of each, where its boxes lie, and these."""

    key: str
    lines: tuple[tuple[int, str], ...]
    x: int
    y: int
    width: int
    height: int
    boxes: tuple[Box, ...]


class Arrow(NamedTuple):
    """An arrow between two boxes: the line and the head as paths."""

    start: str
    end: str
    line: str
    head: str


class Drawing(NamedTuple):
    """A map, ready to be drawn."""

    width: int
    height: int
    bands: tuple[PlacedBand, ...]
    arrows: tuple[Arrow, ...]


class _Cell(NamedTuple):
    line: int
    column: int


@dataclass(slots=True)
class _Route:
    """An arrow on its way through the lanes.

    Args:
        start: Key of the box that it leaves.
        end: Key of the box that it enters.
        leaves: The side of the box that it leaves: `top`, `bottom`, `left` or `right`.
        enters: The side that it enters.
        gutter: The gutter that it takes past other lines, or None.
        slot: Its place in the gutter.
    """

    start: str
    end: str
    leaves: str
    enters: str
    gutter: int | None = None
    slot: int = 0


def draw(bands: Sequence[Band], arrows: Iterable[tuple[str, str]], shape: Shape) -> Drawing:
    """Return where all boxes and arrows lie; the same each time.

    Args:
        bands: The boxes; a key stands in one band only.
        arrows: Pairs of keys. Those from a box to itself or to none are left out.
        shape: How it is laid out.
    """
    return _Layout(bands, arrows, shape).drawing()


def text_width(text: str) -> float:
    """Return about how wide a text is, in units of its size: rather too much than too little."""
    return sum(map(_char_width, text))


def wrapped(text: str, width: float, most: int = _MOST_LINES) -> tuple[str, ...]:
    """Return a text in lines that are not wider than `width`; the last may end in an ellipsis."""
    lines = [""]
    for word in text.split():
        blank = " "
        for piece in _pieces(word, width):
            longer = f"{lines[-1]}{blank}{piece}" if lines[-1] else piece
            if text_width(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
            blank = ""
    lines = [line for line in lines if line]
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and text_width(f"{last}…") > width:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip()}…")


def _pieces(word: str, width: float) -> Iterator[str]:
    """Yield a word in parts that fit into a line: broken behind a hyphen, else in equal parts."""
    if text_width(word) <= width:
        yield word
        return
    for part in _BREAKS.split(word):
        room = width
        if text_width(part) > width:
            room = max(text_width(part) / math.ceil(text_width(part) / width) + 1, 1)
        piece = ""
        for char in part:
            if piece and text_width(piece + char) > min(room, width):
                yield piece
                piece = ""
            piece += char
        yield piece


def _char_width(char: str) -> float:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    if char in _NARROW:
        return 0.36
    if char in _WIDE:
        return 0.95
    if char > "\u024f":  # whatever script it is
        return 1.05
    return 0.72 if char.isupper() else 0.59


class _Layout:
    def __init__(
        self, bands: Sequence[Band], arrows: Iterable[tuple[str, str]], shape: Shape
    ) -> None:
        self._shape = shape
        self._bands = [band for band in bands if band.boxes]
        self._texts: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, str] = {}
        self._cells: dict[str, _Cell] = {}
        self._lines: list[list[str]] = []
        self._band_of_line: list[int] = []
        self._set_lines()
        known = (
            (start, end)
            for start, end in dict.fromkeys(arrows)
            if start != end and start in self._cells and end in self._cells
        )
        self._routes = [self._route(start, end) for start, end in known]
        self._slots = self._fill_gutters()
        self._columns = self._place_columns()
        self._labels = self._wrap_labels()
        self._tops: list[int] = []
        self._heights: list[int] = []
        self._lanes: list[tuple[int, int]] = []  # above each line, and below the last
        self._height = self._place_lines()
        self._ports = self._place_ports()

    def drawing(self) -> Drawing:
        return Drawing(
            self._width,
            self._height,
            tuple(self._placed_bands()),
            tuple(self._arrow(number, route) for number, route in enumerate(self._routes)),
        )

    # Lines and columns.

    def _set_lines(self) -> None:
        width = (self._shape.box - 2 * _PADDING) / self._size
        for number, band in enumerate(self._bands):
            keys = list(band.boxes)
            for start in range(0, len(keys), self._shape.columns):
                line = keys[start : start + self._shape.columns]
                for column, key in enumerate(line):
                    self._cells[key] = _Cell(len(self._lines), column)
                    self._names[key] = band.boxes[key]
                    self._texts[key] = wrapped(band.boxes[key], width) or ("?",)
                self._lines.append(line)
                self._band_of_line.append(number)

    @property
    def _size(self) -> int:
        """The size of the text, as the style sheet has it."""
        return 14

    def _wrap_labels(self) -> list[tuple[str, ...]]:
        """Return the lines of the bands' names; above a band they leave its right half free."""
        room = self._shape.label - _PADDING if self._shape.label else self._shape.box * 0.55
        return [wrapped(band.name, room / self._size, 3) for band in self._bands]

    def _place_columns(self) -> list[int]:
        """Return where each column begins; the gutters between are as wide as they must be."""
        places, x = [], self._shape.label
        for column in range(self._shape.columns):
            x += self._gutter_width(column)
            places.append(x)
            x += self._shape.box
        self._width = x + self._gutter_width(self._shape.columns)
        return places

    def _gutter_width(self, gutter: int) -> int:
        used = self._slots[gutter]
        is_edge = gutter in (0, self._shape.columns)
        least = 3 if is_edge and not used else _GUTTER // 2 if is_edge else _GUTTER
        return max(least, (used + 1) * _SLOT + (_HEAD if is_edge and used else 0))

    def _place_lines(self) -> int:
        passing = self._passing()
        y = 0
        for number, line in enumerate(self._lines):
            lane = _lane_height(passing[number]) if number else (_EMPTY_LANE if passing[0] else 3)
            self._lanes.append((y, y + lane))
            y += lane + self._label_height(number)
            height = max(len(self._texts[key]) for key in line) * _LINE + 2 * _PADDING
            self._tops.append(y)
            self._heights.append(height)
            y += height
        below = _lane_height(passing[len(self._lines)]) if passing[len(self._lines)] else 3
        self._lanes.append((y, y + below))
        return y + below

    def _label_height(self, line: int) -> int:
        """Return how much room the name of a band takes above its first line."""
        band = self._band_of_line[line]
        is_first = line == 0 or self._band_of_line[line - 1] != band
        if self._shape.label or not is_first or not self._labels[band]:
            return 0
        return len(self._labels[band]) * _LINE + _PADDING

    def _passing(self) -> Counter[int]:
        """Count the arrows in each lane; the lane of a number lies above the line."""
        counts: Counter[int] = Counter()
        for route in self._routes:
            counts[self._lane_at(route.start, route.leaves)] += 1
            counts[self._lane_at(route.end, route.enters)] += 1
        return counts

    def _lane_at(self, key: str, side: str) -> int:
        if side in ("left", "right"):
            return -1
        return self._cells[key].line + (side == "bottom")

    # Routes.

    def _route(self, start: str, end: str) -> _Route:
        here, there = self._cells[start], self._cells[end]
        lines, columns = there.line - here.line, there.column - here.column
        if lines == 0 and abs(columns) == 1:
            sides = ("right", "left") if columns > 0 else ("left", "right")
            return _Route(start, end, *sides)
        if lines == 0:
            return _Route(start, end, "bottom", "bottom")
        sides = ("bottom", "top") if lines > 0 else ("top", "bottom")
        gutter = self._gutter(here, there) if abs(lines) > 1 else None
        return _Route(start, end, *sides, gutter)

    def _gutter(self, here: _Cell, there: _Cell) -> int:
        """Return the gutter on the way: beside the box that is entered, on the side it is left."""
        if not self._shape.label:
            return self._shape.columns  # the names stand to the left
        return there.column + (here.column > there.column)

    def _fill_gutters(self) -> Counter[int]:
        """Give arrows that pass the same lines places of their own; return how many there are."""
        ends: dict[tuple[int, int], list[tuple[int, int]]] = {}
        used: Counter[int] = Counter()
        for route in self._routes:
            if route.gutter is None:
                continue
            first, last = sorted((self._cells[route.start].line, self._cells[route.end].line))
            for slot in range(_MOST_SLOTS):
                taken = ends.setdefault((route.gutter, slot), [])
                if all(last <= start or end <= first for start, end in taken):
                    break
            else:
                slot = (first + last) % _MOST_SLOTS
            taken = ends[route.gutter, slot]
            taken.append((first, last))
            route.slot = slot
            used[route.gutter] = max(used[route.gutter], slot + 1)
        return used

    def _gutter_x(self, route: _Route) -> int:
        gutter = route.gutter or 0
        width = self._gutter_width(gutter)
        if gutter < self._shape.columns:
            left = self._columns[gutter] - width
        else:
            left = self._columns[-1] + self._shape.box
        return left + (width - (self._slots[gutter] - 1) * _SLOT) // 2 + route.slot * _SLOT

    # Ports: where arrows leave and enter boxes.

    def _place_ports(self) -> Mapping[tuple[int, bool], int]:
        """Return the place of each route's two ends on the side of its box."""
        sides: dict[tuple[str, str], list[tuple[int, int, bool]]] = {}
        for number, route in enumerate(self._routes):
            for key, side, other, is_end in (
                (route.start, route.leaves, route.end, False),
                (route.end, route.enters, route.start, True),
            ):
                towards = self._middle(other) if route.gutter is None else self._gutter_x(route)
                sides.setdefault((key, side), []).append((towards, number, is_end))
        ports: dict[tuple[int, bool], int] = {}
        for (key, side), ends in sides.items():
            for place, (_, number, is_end) in enumerate(sorted(ends), start=1):
                ports[number, is_end] = self._port(key, side, place, len(ends))
        return ports

    def _port(self, key: str, side: str, place: int, count: int) -> int:
        if side in ("left", "right"):
            line = self._cells[key].line
            return self._tops[line] + self._heights[line] * place // (count + 1)
        box = self._shape.box
        first = 0 if self._shape.label else box * 6 // 10  # beside the name above the band
        return self._columns[self._cells[key].column] + first + (box - first) * place // (count + 1)

    def _middle(self, key: str) -> int:
        return self._columns[self._cells[key].column] + self._shape.box // 2

    # What is drawn.

    def _placed_bands(self) -> Iterator[PlacedBand]:
        for number, band in enumerate(self._bands):
            lines = [line for line, of in enumerate(self._band_of_line) if of == number]
            top = self._tops[lines[0]]
            height = self._tops[lines[-1]] + self._heights[lines[-1]] - top
            first = top + _LINE if self._shape.label else top - self._label_height(lines[0]) + _LINE
            texts = self._labels[number]
            placed = tuple((first + place * _LINE, text) for place, text in enumerate(texts))
            x = 0 if self._shape.label else self._columns[0]
            boxes = tuple(map(self._box, band.boxes))
            yield PlacedBand(band.key, placed, x, top, self._width, height, boxes)

    def _box(self, key: str) -> Box:
        line, column = self._cells[key]
        texts = self._texts[key]
        top, height = self._tops[line], self._heights[line]
        first = top + (height - len(texts) * _LINE) // 2 + _LINE - 5
        placed = tuple((first + place * _LINE, text) for place, text in enumerate(texts))
        shortened = " ".join(texts) != " ".join(self._names[key].split())
        return Box(key, self._columns[column], top, self._shape.box, height, placed, shortened)

    def _arrow(self, number: int, route: _Route) -> Arrow:
        start = self._point(route.start, route.leaves, self._ports[number, False])
        end = self._point(route.end, route.enters, self._ports[number, True])
        tip = _before(end, route.enters)
        if route.leaves in ("left", "right"):
            middle = (start[0] + tip[0]) // 2
            line = f"M{start[0]} {start[1]}C{middle} {start[1]} {middle} {tip[1]} {tip[0]} {tip[1]}"
        elif route.gutter is not None:
            line = self._past(route, start, tip)
        elif route.leaves == route.enters:
            deep = (
                start[1] + (self._lanes[self._cells[route.start].line + 1][1] - start[1]) * 4 // 5
            )
            line = f"M{start[0]} {start[1]}C{start[0]} {deep} {tip[0]} {deep} {tip[0]} {tip[1]}"
        else:
            line = f"M{start[0]} {start[1]}{self._through(start, tip, route)}"
        return Arrow(route.start, route.end, line, _head(end, route.enters))

    def _point(self, key: str, side: str, port: int) -> tuple[int, int]:
        line, column = self._cells[key]
        if side in ("left", "right"):
            return self._columns[column] + (self._shape.box if side == "right" else 0), port
        return port, self._tops[line] + (self._heights[line] if side == "bottom" else 0)

    def _through(self, start: tuple[int, int], tip: tuple[int, int], route: _Route) -> str:
        """Return the way from a line to the next: straight beside the name of a band."""
        down = route.leaves == "bottom"
        upper, lower = (start, tip) if down else (tip, start)
        line = self._cells[route.end if down else route.start].line
        bend = min(lower[1], self._lanes[line][1])
        if down:
            return f"{_curve((upper[0], upper[1]), (lower[0], bend))}V{lower[1]}"
        return f"V{bend}{_curve((lower[0], bend), upper)}"

    def _past(self, route: _Route, start: tuple[int, int], tip: tuple[int, int]) -> str:
        """Return the way past other lines: by a lane, a gutter, and another lane."""
        x = self._gutter_x(route)
        here, there = self._cells[route.start].line, self._cells[route.end].line
        down = there > here
        leaving = self._lanes[here + 1][1] if down else self._lanes[here][0]
        arriving = self._lanes[there][0] if down else self._lanes[there + 1][1]
        bend = self._lanes[there][1] if down else tip[1]
        below_name = self._lanes[here][1]
        first = f"M{start[0]} {start[1]}"
        if not down and start[1] > below_name:
            first += f"V{below_name}"
            start = (start[0], below_name)
        last = _curve((x, arriving), (tip[0], min(bend, tip[1]) if down else tip[1]))
        end = f"V{tip[1]}" if down and bend < tip[1] else ""
        return f"{first}{_curve(start, (x, leaving))}V{arriving}{last}{end}"


def _lane_height(arrows: int) -> int:
    least, more, most = _LANE
    return min(least + more * arrows, most) if arrows else _EMPTY_LANE


def _curve(start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return a curve that leaves and arrives upright."""
    middle = (start[1] + end[1]) // 2
    return f"C{start[0]} {middle} {end[0]} {middle} {end[0]} {end[1]}"


def _before(end: tuple[int, int], side: str) -> tuple[int, int]:
    """Return where an arrow's line ends: behind its head."""
    x, y = end
    away = {"top": (0, -1), "bottom": (0, 1), "left": (-1, 0), "right": (1, 0)}[side]
    return x + away[0] * (_HEAD - 1), y + away[1] * (_HEAD - 1)


def _head(end: tuple[int, int], side: str) -> str:
    x, y = end
    wing = _HEAD // 2
    strokes = {
        "top": f"l-{wing} -{_HEAD}h{2 * wing}z",
        "bottom": f"l-{wing} {_HEAD}h{2 * wing}z",
        "left": f"l-{_HEAD} -{wing}v{2 * wing}z",
        "right": f"l{_HEAD} -{wing}v{2 * wing}z",
    }
    return f"M{x} {y}{strokes[side]}"
