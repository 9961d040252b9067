"""Update summaries: the table at a page's foot that says what changed and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from leitfaden.checking.days import EXAMPLE, likely_day, written_day
from leitfaden.checking.edits import replaced
from leitfaden.checking.facts import PageFacts
from leitfaden.checking.finding import Elsewhere, Finding, found
from leitfaden.checking.rule import Wording, page_rule, tree_rule
from leitfaden.checking.subject import Subject
from leitfaden.checking.tree import Tree
from leitfaden.model import Cell, Change, DefectKind, Edit, Fix, Row, Severity, Span, Table
from leitfaden.reading.dates import read_date

_CLOSING = re.compile(r"[ \t]*(?=\|)")  # before a row's last pipe
_QUOTE = re.compile(r"[> \t]*")  # before a table in a quote


@page_rule(
    "LF701",
    "summary-order",
    "The row of {day} stands below that of {above}, against the order of the others.",
    "Correct one of the two dates, or move the row.",
    severity=Severity.WARNING,
    notes={"above": "The row above."},
    copied=True,
)
def summary_order(subject: Subject) -> Iterator[Finding]:
    """Report an update summary whose rows are not in the order of their dates.

    ## What it does
    Compares the dates of neighbouring rows. Newest first and oldest first are both fine, as long
    as it is one of them from top to bottom. Of each summary the first row is named that breaks
    the order.

    ## Why
    Readers look at one end of the table for the last change. And a row at the wrong place mostly
    has a wrong year.

    ## Example
    ```markdown
    | Date       | Who Changed   | What Changed   |
    | ---------- | ------------- | -------------- |
    | 03/27/2025 | Playbook team | Steps reworded |
    | 01/31/2026 | Playbook team | Tasks added    |
    | 09/25/2025 | Playbook team | Page created   |
    ```

    ## Use instead
    ```markdown
    | Date       | Who Changed   | What Changed   |
    | ---------- | ------------- | -------------- |
    | 03/27/2026 | Playbook team | Steps reworded |
    | 01/31/2026 | Playbook team | Tasks added    |
    | 09/25/2025 | Playbook team | Page created   |
    ```

    ## Fix
    None: a wrong date and a misplaced row look alike.
    """
    summary = subject.page.update_summary
    dated = [change for change in summary.changes if change.date] if summary else []
    rising = [_rises(above, below) for above, below in pairwise(dated)]
    falls = rising.count(False)
    if falls and rising.count(True):
        # Newest first is the custom, so that it wins a draw.
        wrong = rising.count(True) <= falls
        at = rising.index(wrong)
        above, row = dated[at].date_text, dated[at + 1].date_text
        place = Elsewhere(subject.page.place(above.span), "above")
        yield found(row.span, day=row.text, above=above.text, related=(place,))


def _rises(above: Change, below: Change) -> bool | None:
    """Tell whether the lower row is the newer one; None if both are of the same day."""
    assert above.date is not None
    assert below.date is not None
    return None if above.date == below.date else above.date < below.date


@page_rule(
    "LF702",
    "summary-date-format",
    "The date `{value}` is not written like `{example}`.",
    "Write it as `{wanted}`.",
    variants={
        "other": Wording(
            "The date `{value}` is written in another form than `{example}`.",
            "Write it as `{wanted}`.",
        )
    },
    severity=Severity.NOTICE,
    repeats=True,
    fixable="safe",
)
def summary_date_format(subject: Subject) -> Iterator[Finding]:
    """Report a date that is not written in the playbook's form.

    ## What it does
    Compares each date of the update summary with the first form of `dates` in the contract. The
    other forms are understood: which number is the day, their separator says, never the page's
    language.

    ## Why
    Dates that are all written alike can be found and compared. `06.10.2026` above `10/05/2026`
    makes readers guess which number is the month.

    ## Example
    ```markdown
    | 9/5/2026   | Playbook team | Tasks added  |
    | 13.12.2025 | Playbook team | Page created |
    ```

    ## Use instead
    ```markdown
    | 09/05/2026 | Playbook team | Tasks added  |
    | 12/13/2025 | Playbook team | Page created |
    ```

    ## Fix
    Safe: the same day is written in the form of the contract.
    """
    summary = subject.page.update_summary
    if summary is None:
        return
    form = subject.contract.dates[0]
    for change in summary.changes:
        cell = change.date_text
        if change.date is None:
            continue
        wanted = written_day(change.date, form)
        if cell.text != wanted:
            plain = cell.span.of(subject.text) == cell.text  # no markup that would be lost
            fix = replaced(cell.span, wanted) if plain else None
            example = written_day(EXAMPLE, form)
            variant = "" if read_date(cell.text, (form,)) else "other"
            yield found(
                cell.span, variant, value=cell.text, wanted=wanted, example=example, fix=fix
            )


@page_rule(
    "LF703",
    "summary-date-impossible",
    "The update summary has a row without a readable date: “{value}”.",
    "Write the day like `{example}`.",
    variants={
        "impossible": Wording(
            "The update summary names a day that does not exist: `{value}`.",
            "Write the day like `{example}`.",
        ),
        "missing": Wording(
            "A row of the update summary has no date.", "Write the day like `{example}`."
        ),
    },
    copied=True,
    fixable="unsafe",
    needs=(DefectKind.DATE_IMPOSSIBLE, DefectKind.DATE_UNREADABLE),
)
def summary_date_impossible(subject: Subject) -> Iterator[Finding]:
    """Report a row of the update summary whose date is none.

    ## What it does
    Reads the first cell of each row by the forms in `dates` of the contract.

    ## Why
    The row counts for nothing then: neither for the page's age nor in the list of changes.

    ## Example
    ```markdown
    | 10/018/2026 | Playbook team | Page created |
    ```

    ## Use instead
    ```markdown
    | 10/18/2026 | Playbook team | Page created |
    ```

    ## Fix
    Unsafe: if a digit is one zero too long, or day and month are swapped, the day that was probably
    meant is written. Else none.
    """
    summary = subject.page.update_summary
    form = subject.contract.dates[0]
    for change in summary.changes if summary else ():
        if change.date is None:
            cell = change.date_text
            impossible = any(d.kind is DefectKind.DATE_IMPOSSIBLE for d in change.defects)
            variant = "impossible" if impossible else "" if cell.text else "missing"
            guess = likely_day(cell.text, form)
            plain = cell.span.of(subject.text) == cell.text
            fix = replaced(cell.span, guess, safe=False) if guess and plain else None
            span = cell.span if cell.text else change.span
            example = written_day(EXAMPLE, form)
            yield found(span, variant, value=cell.text, example=example, guess=guess, fix=fix)


@tree_rule(
    "LF704",
    "summary-date-future",
    "The update summary names a day in the future: {day}.",
    "Write the day of the change.",
    severity=Severity.WARNING,
    copied=True,
)
def summary_date_future(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a row of the update summary whose day has not come yet.

    ## What it does
    Compares the dates of the update summary with the day of the check.

    ## Why
    Nobody can have changed the page then. Mostly the year is wrong, and the page is listed as the
    newest one until that day.

    ## Example
    ```markdown
    | 10/25/2126 | Playbook team | Tasks added |
    ```

    ## Use instead
    ```markdown
    | 10/25/2026 | Playbook team | Tasks added |
    ```

    ## Fix
    None: the writer knows when it was.
    """
    for day, span in facts.dated:
        if day > tree.today:
            yield found(span, day=written_day(day, tree.contract.dates[0]))


@page_rule(
    "LF705",
    "summary-columns",
    "The column “{name}” of the update summary is empty in every row.",
    "Remove it.",
    variants={
        "surplus": Wording(
            "The rows of the update summary end in an empty cell that no column is for.",
            "Remove the last `|`.",
        )
    },
    severity=Severity.NOTICE,
    copied=True,
    fixable="unsafe",
    reshapes=True,
)
def summary_columns(subject: Subject) -> Iterator[Finding]:
    """Report a column of the update summary that nobody fills.

    ## What it does
    Looks for columns behind the third one, and for cells behind the last column, that are empty
    from top to bottom.

    ## Why
    It takes space from the columns that say something, above all on a phone, and rows are written
    with three cells or with four, as it happens.

    ## Example
    ```markdown
    | Date       | Who Changed   | What Changed | Notes |
    | ---------- | ------------- | ------------ | ----- |
    | 09/05/2026 | Playbook team | Tasks added  |       |
    ```

    ## Use instead
    ```markdown
    | Date       | Who Changed   | What Changed |
    | ---------- | ------------- | ------------ |
    | 09/05/2026 | Playbook team | Tasks added  |
    ```

    ## Fix
    Unsafe: the last column is removed, with its heading. Perhaps somebody still wants to fill it.
    """
    summary = subject.page.update_summary
    if summary is None or not summary.table.rows:
        return
    table = summary.table
    width = len(table.header)
    widest = max(len(row.cells) for row in table.rows)
    for column in range(3, max(width, widest)):
        if any(cell.text for row in table.rows for cell in row.cells[column : column + 1]):
            continue
        if column < width:
            header = table.header[column]
            fix = _without_column(subject, table, column) if column == width - 1 else None
            yield found(header.span, name=header.text, fix=fix)
        elif column == width:
            surplus = [row for row in table.rows if len(row.cells) > width]
            yield found(
                surplus[0].cells[width].span, "surplus", fix=_without_surplus(subject, table)
            )


def _without_column(subject: Subject, table: Table, column: int) -> Fix | None:
    """Return the fix that removes the last column of a table."""
    separator = _separator(subject, table)
    bounds = _cell_bounds(subject.text, separator) if separator else []
    if len(bounds) != column + 1:
        return None  # a table that is not shown has to be mended first
    cut = [Span(*_behind(subject.text, table.header, column))]
    cut.append(Span(*bounds[column]))
    cut += _behind_column(subject, table.rows, column)
    edits = tuple(Edit(span, "") for span in sorted(cut) if span.start < span.end)
    return Fix(edits, safe=False)


def _without_surplus(subject: Subject, table: Table) -> Fix:
    cut = _behind_column(subject, table.rows, len(table.header))
    return Fix(tuple(Edit(span, "") for span in cut), safe=False)


def _behind_column(subject: Subject, rows: Sequence[Row], column: int) -> list[Span]:
    long = (row.cells for row in rows if len(row.cells) > column)
    return [Span(*_behind(subject.text, cells, column)) for cells in long]


def _behind(text: str, cells: Sequence[Cell], column: int) -> tuple[int, int]:
    """Return from the pipe before a column's cell to before the pipe behind the row's last cell."""
    pipe = text.find("|", cells[column - 1].span.end, cells[column].span.start)
    start = cells[column].span.start if pipe < 0 else pipe
    end = max(start, cells[-1].span.end)
    closing = _CLOSING.match(text, end)
    return start, closing.end() if closing else end


def _separator(subject: Subject, table: Table) -> Span | None:
    """Return the row of hyphens below the header."""
    first = subject.text.find("\n", table.header[-1].span.end) + 1
    row = table.rows[0].span.start
    line = next(subject.lines(Span(first, max(first, row))), None) if first else None
    return line if line and "-" in line.of(subject.text) else None


def _cell_bounds(text: str, line: Span) -> list[tuple[int, int]]:
    """Return for each cell of the row of hyphens where it stands, with the pipe before it."""
    bounds = []
    quote = _QUOTE.match(text, line.start, line.end)
    at = quote.end() if quote else line.start
    while at < line.end:
        end = text.find("|", at + 1, line.end)
        end = line.end if end < 0 else end
        if text[at:end].strip("| \t"):
            bounds.append((at, end))
        at = end
    return bounds


@tree_rule(
    "LF706",
    "date-behind-summary",
    "`{key}` is {date}, but the newest row of the update summary is of {newest}.",
    "Write the day of the last change.",
    variants={
        "ahead": Wording(
            "`{key}` is {date}, but the update summary has no row that is newer than {newest}.",
            "Add a row for the last change.",
        )
    },
    severity=Severity.WARNING,
    notes={"newest": "The newest row."},
    copied=True,
    fixable="unsafe",
)
def date_behind_summary(facts: PageFacts, tree: Tree) -> Iterator[Finding]:
    """Report a page's date that differs from the newest row of its update summary.

    ## What it does
    Compares the first key in `metadata.formats` of the contract with the newest date of the update
    summary. Days in the future do not count: `LF704` tells them.

    ## Why
    Two places say when the page was last changed. If they differ, lists that go by the one and
    readers who look at the other get different answers.

    ## Example
    ```markdown
    ms.date: 10/22/2025
    …
    | 04/30/2026 | Playbook team | Tasks added |
    ```

    ## Use instead
    ```markdown
    ms.date: 04/30/2026
    …
    | 04/30/2026 | Playbook team | Tasks added |
    ```

    ## Fix
    Unsafe: an older date in the metadata is replaced by that of the newest row. None for a newer
    one: the row for the last change is missing.
    """
    contract = tree.contract
    key, form = next(iter(contract.metadata.formats.items()), ("", ""))
    fact = facts.metadata.get(key)
    past = [row for row in facts.dated if row[0] <= tree.today]
    day = read_date(fact.text, (form, *contract.dates)) if fact and past else None
    if fact is None or day is None:
        return
    newest, row = max(past, key=lambda dated: dated[0])
    if day != newest:
        plain = len(fact.text) == fact.span.end - fact.span.start  # not in quotation marks
        fix = replaced(fact.span, written_day(newest, form), safe=False)
        yield found(
            fact.span,
            "" if day < newest else "ahead",
            key=key,
            date=fact.text,  # as it stands there, so that it can be searched for
            newest=written_day(newest, form),
            related=(Elsewhere(facts.place(row), "newest"),),
            fix=fix if plain and day < newest else None,
        )


@page_rule(
    "LF707",
    "summary-empty",
    "The section “{heading}” has no table of changes.",
    "Add one with a row for the page's creation.",
    variants={
        "rows": Wording("The update summary has no rows.", "Add one for the page's creation.")
    },
    severity=Severity.WARNING,
)
def summary_empty(subject: Subject) -> Iterator[Finding]:
    """Report an update summary that says nothing.

    ## What it does
    Looks for a row below the headings of the table, and for a table below the heading of the
    section.

    ## Why
    Readers learn neither when the page was changed nor by whom, and it is missing in the list of
    changes.

    ## Example
    ```markdown
    ## Refresh Summary

    | Date | Who Changed | What Changed |
    | ---- | ----------- | ------------ |
    ```

    ## Use instead
    ```markdown
    ## Refresh Summary

    | Date       | Who Changed   | What Changed |
    | ---------- | ------------- | ------------ |
    | 09/05/2026 | Playbook team | Page created |
    ```

    ## Fix
    None: only the writer knows what changed.
    """
    page = subject.page
    summary = page.update_summary
    if summary and not summary.changes:
        yield found(summary.table.header[0].span, "rows")
    if summary is None:
        for section in page.sections:
            if section.key == "update-summary" and not _tables_in(page.tables, section.span):
                yield found(section.heading.span, heading=section.heading.text)


def _tables_in(tables: Sequence[Table], span: Span) -> bool:
    return any(span.start <= table.span.start < span.end for table in tables)


@page_rule(
    "LF709",
    "summary-row-cells",
    "The row of {day} in the update summary has {count} cells, and the table has {width} columns.",
    "Write one cell for each column.",
    variants={
        "lost": Wording(
            "The row of {day} in the update summary has {count} cells, and the table has {width} "
            "columns, so that “{value}” is not shown.",
            "Write one cell for each column.",
        )
    },
    severity=Severity.WARNING,
)
def summary_row_cells(subject: Subject) -> Iterator[Finding]:
    """Report a row of the update summary with more or fewer cells than there are columns.

    ## What it does
    Counts the cells of each row. A cell is no loss if its column is empty in all other rows as
    well: `LF705` tells that once.

    ## Why
    GitHub drops a cell that no column is for, and MkDocs puts text under a wrong heading when a
    pipe is missing.

    ## Example
    ```markdown
    | Date       | Who Changed   | What Changed |
    | ---------- | ------------- | ------------ |
    | 09/05/2026 | Tasks added   |
    ```

    ## Use instead
    ```markdown
    | Date       | Who Changed   | What Changed |
    | ---------- | ------------- | ------------ |
    | 09/05/2026 | Playbook team | Tasks added  |
    ```

    ## Fix
    None: which cell is missing, or which one is too many, only the writer knows.
    """
    summary = subject.page.update_summary
    if summary is None or summary.table.defects:
        return
    table = summary.table
    width = len(table.header)
    for row in table.rows:
        count = len(row.cells)
        if count == width or row.defects:
            continue
        if count < width:
            if _is_filled(table, count):
                yield found(row.span, day=row.cells[0].text, count=count, width=width)
        elif lost := " ".join(cell.text for cell in row.cells[width:] if cell.text):
            day, span = row.cells[0].text, row.cells[width].span
            yield found(span, "lost", day=day, count=count, width=width, value=lost)


def _is_filled(table: Table, column: int) -> bool:
    """Tell whether a row has text in that column; the first three are never left empty."""
    return column < 3 or any(cell.text for row in table.rows for cell in row.cells[column:])
