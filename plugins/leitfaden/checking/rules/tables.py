"""Tables: their rows, their separators, and what their columns are called."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from leitfaden.checking.edits import deleted, inserted, replaced
from leitfaden.checking.finding import Finding, found
from leitfaden.checking.rule import Wording, page_rule
from leitfaden.checking.subject import Subject
from leitfaden.model import (
    Cell,
    Defect,
    DefectKind,
    Edit,
    Fix,
    Row,
    Severity,
    Span,
    Table,
    Task,
    TaskTable,
)

_BLANKS = " \t\u00a0\u200b\ufeff\u2060"
_SHAPE = (DefectKind.ROW_TOO_FEW_CELLS, DefectKind.ROW_TOO_MANY_CELLS)


@page_rule(
    "LF309",
    "rows-merged",
    "The row of task {id} stands in the same line as that of task {first}.",
    "Begin a new line before the task's ID.",
    copied=True,
    fixable="safe",
    reshapes=True,
    needs=(DefectKind.ROW_MERGED,),
)
def rows_merged(subject: Subject) -> Iterator[Finding]:
    """Report rows of a task table that stand in one line.

    ## What it does
    Looks for a second task ID within a line of a task table.

    ## Why
    A line is a row. Cells beyond the last column are dropped without a word, so nobody who reads
    the page sees the second task.

    ## Example
    ```markdown
    | 994 | Hold the kickoff | M | FastTrack Manager || 1126 | Meet the leads | O | SME |
    ```

    ## Use instead
    ```markdown
    | 994 | Hold the kickoff | M | FastTrack Manager |
    | 1126 | Meet the leads | O | SME |
    ```

    ## Fix
    Safe: the line is broken before the second ID, if both halves are complete rows. Otherwise
    none: break the line by hand and fill in what is missing.
    """
    for task_table in subject.page.task_tables:
        rows = task_table.table.rows
        merged = {i for i, row in enumerate(rows) if _has(row, DefectKind.ROW_MERGED)}
        if merged:
            for index, tasks in groupby(task_table.tasks, key=lambda task: task.row):
                if index in merged:
                    yield from _merged(subject, rows[index], list(tasks))


def _merged(subject: Subject, row: Row, tasks: Sequence[Task]) -> Iterator[Finding]:
    fixable = all(map(_is_complete, tasks))
    for before, task in pairwise(tasks):
        fix = _break(subject.text, row, before, task) if fixable else None
        yield found(task.id_cell.span, id=task.id, first=tasks[0].id, fix=fix)


def _is_complete(task: Task) -> bool:
    return task.requirement is not None and not any(d.kind in _SHAPE for d in task.defects)


def _break(text: str, row: Row, before: Task, task: Task) -> Fix | None:
    """Return the fix that begins a line before a task, or None where more than pipes would go."""
    between = Span(before.span.end, task.span.start)
    line = text.rfind("\n", 0, row.span.start) + 1
    indent = text[line : row.span.start]
    if between.of(text).strip(_BLANKS + "|") or indent.strip(" \t>"):
        return None
    # The header stands above the row, so there is an end of line before it.
    end = "\r\n" if text.startswith("\r", line - 2) else "\n"
    pipe = "| " if text.startswith("|", row.span.start) else ""
    return replaced(between, f" |{end}{indent}{pipe}")


@page_rule(
    "LF310",
    "row-pipes",
    "In the row of task {id} a pipe is doubled, so its cells stand one column too far right.",
    "Remove one of the two pipes.",
    variants={
        "lost": Wording(
            "In the row of task {id} the pipe between “{before}” and “{behind}” is missing.",
            "Put a pipe between them.",
        ),
    },
    copied=True,
    fixable="safe",
    reshapes=True,
)
def row_pipes(subject: Subject) -> Iterator[Finding]:
    """Report a row of a task table in which a pipe is doubled or missing.

    ## What it does
    Looks for rows with one cell too many because two pipes follow each other, and for rows with
    one cell too few in which the requirement's letter and a role, or the ID and a name, share a
    cell.

    ## Why
    All cells behind the place stand in the wrong column; the last one is dropped, or the row says
    nothing about the services.

    ## Example
    ```markdown
    || 3184 | Check the requirements | O FastTrack Engineer | Core Onboarding |
    ```

    ## Use instead
    ```markdown
    | 3184 | Check the requirements | O | FastTrack Engineer | Core Onboarding |
    ```

    ## Fix
    Safe: the surplus pipe is removed. Unsafe: the missing pipe is put in where a known letter is
    followed by a known role, or an ID by a text.
    """
    for table, task_table, row, task in subject.once(_odd_rows):
        if task_table is None:
            continue
        surplus = len(row.cells) - len(table.columns)
        if _has(row, DefectKind.ROW_DOUBLED_PIPE):
            yield from _doubled_first(subject, row, task)
        elif surplus == 1:
            yield from _doubled(subject, row, table.columns, task)
        elif surplus == -1:
            yield from _lost(subject, row, task)


def _doubled(
    subject: Subject, row: Row, columns: Sequence[str | None], task: Task | None
) -> Iterator[Finding]:
    """Find the empty cell between two pipes without which all others are in their columns."""
    if task is None or "requirement" not in columns:
        return
    at = columns.index("requirement")
    here, next = (_is_letter(subject, row.cells[i]) for i in (at, at + 1))
    places = [
        index
        for index, cell in enumerate(row.cells[:-1])
        if _is_doubled(subject.text, cell) and (next if index <= at else here)
    ]
    if len(places) == 1:
        # A cell without anything in it ends where the pipe behind it stands.
        end = row.cells[places[0]].span.end
        yield found(Span(end - 1, end + 1), id=task.id, fix=deleted(Span(end, end + 1)))


def _doubled_first(subject: Subject, row: Row, task: Task | None) -> Iterator[Finding]:
    second = subject.text.find("|", row.span.start + 1, row.cells[1].span.start)
    if task is not None and second > 0:
        span = Span(row.span.start, second + 1)
        yield found(span, id=task.id, fix=deleted(Span(row.span.start, second)))


def _is_doubled(text: str, cell: Cell) -> bool:
    at = cell.span.start
    return cell.span.end == at and text.startswith("||", at - 1)


def _is_letter(subject: Subject, cell: Cell) -> bool:
    return subject.contract.requirement(cell.text, subject.locale) is not None


def _lost(subject: Subject, row: Row, task: Task | None) -> Iterator[Finding]:
    if task is None:
        yield from _lost_behind_id(row)
        return
    letter, roles = task.requirement_use, task.roles
    if letter is None or letter.key is None or not roles or letter.span.end > roles[0].span.start:
        return
    between = Span(letter.span.end, roles[0].span.start)
    if not between.of(subject.text).strip(_BLANKS):
        fix = replaced(between, " | ", safe=False)
        yield found(
            letter.span.cover(roles[-1].span),
            "lost",
            id=task.id,
            before=letter.text,
            behind=roles[0].text,
            fix=fix,
        )


def _lost_behind_id(row: Row) -> Iterator[Finding]:
    """Find `4047 Name` in one cell."""
    cell = row.cells[0]
    digits, _, name = cell.text.partition(" ")
    if not (name and digits.isdecimal() and digits.isascii() and 3 <= len(digits) <= 5):
        return
    at = cell.span.start
    plain = cell.span.end - at == len(cell.text)  # no mark-up, and but one blank
    fix = replaced(Span(at + len(digits), at + len(digits) + 1), " | ", safe=False)
    yield found(
        cell.span, "lost", id=digits, before=digits, behind=name, fix=fix if plain else None
    )


@page_rule(
    "LF311",
    "separator-short",
    "Separator row and header differ in their number of cells ({count} and {columns}), so to "
    "Markdown this is text and no table.",
    "Give the separator row one `---` for each column.",
    fixable="safe",
    reshapes=True,
    needs=(DefectKind.TABLE_SHORT_SEPARATOR,),
)
def separator_short(subject: Subject) -> Iterator[Finding]:
    """Report a separator row that has not as many cells as the header.

    ## What it does
    Counts the cells of the row that parts a table's header from its rows.

    ## Why
    If the numbers differ there is no table: GitHub and other programs show a paragraph full of
    pipes and dashes. The site shows the table that was meant.

    ## Example
    ```markdown
    | Date | Who Changed | What Changed |
    |------|-------------|
    | 04/30/2020 | Playbook team | New task |
    ```

    ## Use instead
    ```markdown
    | Date | Who Changed | What Changed |
    |------|-------------|---|
    | 04/30/2020 | Playbook team | New task |
    ```

    ## Fix
    Safe: missing cells are put in at the end of the separator row, surplus ones are removed.
    """
    for table in subject.page.tables:
        for defect in table.defects:
            if defect.kind is DefectKind.TABLE_SHORT_SEPARATOR:
                yield from _separator(subject, table, defect)


def _separator(subject: Subject, table: Table, defect: Defect) -> Iterator[Finding]:
    line = defect.span.of(subject.text)
    row = line.strip()
    start = defect.span.start + len(line) - len(line.lstrip())
    span = Span(start, start + len(row))
    count, columns = row.strip("|").count("|") + 1, len(table.header)
    if count == columns:  # then something else keeps it from being a table
        return
    fix = _completed(row, span, columns - count)
    yield found(span, count=count, columns=columns, fix=fix)


def _completed(row: str, span: Span, lacking: int) -> Fix:
    closed = row.endswith("|")
    if lacking > 0:
        return inserted(span.end, "---|" * lacking if closed else "|---" * lacking)
    kept = "|".join(row.removesuffix("|").split("|")[:lacking])
    surplus = len(row) - len(kept) - closed
    end = span.end - closed
    return deleted(Span(end - surplus, end))


@page_rule(
    "LF312",
    "table-empty",
    "The table has a header but no rows.",
    "Fill it, or remove it.",
    severity=Severity.WARNING,
    needs=(DefectKind.TABLE_EMPTY,),
)
def table_empty(subject: Subject) -> Iterator[Finding]:
    """Report a table without rows.

    ## What it does
    Looks for tables that consist of a header and nothing else but empty cells. The update summary
    has a rule of its own.

    ## Why
    Readers cannot tell whether there is nothing to list or whether somebody forgot it.

    ## Example
    ```markdown
    | Task ID | Task Name |
    |---------|-----------|
    ```

    ## Use instead
    ```markdown
    There are no tasks in this step.
    ```

    ## Fix
    None: fill the table, or say in a sentence that there is nothing.
    """
    for table, _ in _tables(subject):
        for defect in table.defects:
            if defect.kind is DefectKind.TABLE_EMPTY:
                yield found(defect.span)


@page_rule(
    "LF313",
    "column-unknown",
    "The contract knows no column “{name}”.",
    "Use one of the columns' names, or add this one to the contract.",
    severity=Severity.WARNING,
    variants={
        "unnamed": Wording("Column {number} of the table has no name.", "Name it in the header."),
    },
    copied=True,
    fixable="unsafe",
    needs=(DefectKind.COLUMN_UNKNOWN,),
)
def column_unknown(subject: Subject) -> Iterator[Finding]:
    """Report a column of a task table or an update summary that the contract does not know.

    ## What it does
    Compares the cells of the header with the names of columns in the contract. Other tables may
    have any columns.

    ## Why
    What a cell means is known by its column. Where the name is unknown it has to be guessed from
    what the cells hold, and the guess can be wrong.

    ## Example
    ```markdown
    | Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Rule | Services |
    ```

    ## Use instead
    ```markdown
    | Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role | Services |
    ```

    ## Fix
    Unsafe: the name is replaced by that of the column that the cells belong to, or that is spelled
    almost the same.
    """
    for task_table in subject.page.task_tables:
        table = task_table.table
        unknown = {d.span for d in table.defects if d.kind is DefectKind.COLUMN_UNKNOWN}
        if unknown:
            for number, cell in enumerate(table.header):
                if cell.span in unknown:
                    yield _unknown_column(subject, table, number, table.columns[number])
    if subject.page.update_summary:
        table = subject.page.update_summary.table
        for number, column in enumerate(table.columns):
            if column is None:
                yield _unknown_column(subject, table, number, None)


def _unknown_column(subject: Subject, table: Table, number: int, column: str | None) -> Finding:
    cell = table.header[number]
    guess = _column_name(subject, table, cell, column)
    inner = _inner(subject.text, cell)
    fix = None
    if guess and inner:
        fix = replaced(inner, guess if cell.text else f"{guess} ", safe=False)
    if cell.text:
        return found(cell.span, guess=guess, fix=fix, name=cell.text)
    return found(cell.span, "unnamed", guess=guess, fix=fix, number=number + 1)


def _column_name(subject: Subject, table: Table, cell: Cell, column: str | None) -> str | None:
    columns = subject.contract.columns
    if column is not None:
        return columns[column].name(subject.locale) if column in columns else None
    guess = columns.nearest(cell.text, subject.locale)
    match = columns.find_in(guess, subject.locale) if guess else None
    return guess if match and match.key not in table.columns else None


def _inner(text: str, cell: Cell) -> Span | None:
    """Return where the text of a cell stands within its mark-up; None if mark-up parts it."""
    at = cell.span.of(text).find(cell.text)
    if at < 0:
        return None
    return Span(cell.span.start + at, cell.span.start + at + len(cell.text))


@page_rule(
    "LF314",
    "row-cells",
    "The row has {count} cells and the header only {columns}: what stands behind the last column "
    "is not shown.",
    "Remove the surplus pipe; write `\\|` for a pipe that belongs to the text.",
    variants={
        "few": Wording(
            "The row of task {id} has only {count} of {columns} cells.",
            "Put in the missing pipe; leave a cell empty where there is nothing to say.",
        ),
        "shifted": Wording(
            "From this empty cell in column {number} on, the row's cells stand one column too far "
            "right, and the last of its {count} cells is not shown.",
            "Remove the pipe before the empty cell.",
        ),
    },
    yields_to=("LF301", "LF309", "LF310"),
    copied=True,
)
def row_cells(subject: Subject) -> Iterator[Finding]:
    r"""Report a row that loses text or misleads because it has too many or too few cells.

    ## What it does
    Compares the number of cells in each row with that of the header. In other tables than task
    tables a row may be short, see `row-uneven`; the update summary has a rule of its own. Where
    the only empty cell of a row is the surplus one, it is pointed at.

    ## Why
    Cells beyond the last column are dropped without a word. And where a cell is missing, all that
    follow it stand in the wrong column.

    ## Example
    ```markdown
    | Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role |
    |---------|-----------|--------------------------|----------------|
    | 4047 | Plan | prepare the workshop | M | SME |
    ```

    ## Use instead
    ```markdown
    | Task ID | Task Name | (M)andatory / (O)ptional | FastTrack Role |
    |---------|-----------|--------------------------|----------------|
    | 4047 | Plan \| prepare the workshop | M | SME |
    ```

    ## Fix
    None: which pipe is missing or surplus is for the writer to know.
    """
    for table, _, row, task in subject.once(_odd_rows):
        count, columns = len(row.cells), len(table.columns)
        if count > columns and any(_is_filled(cell) for cell in row.cells[columns:]):
            yield _lossy(subject.text, table, row)
        elif count < columns and task:
            yield found(row.span, "few", id=task.id, count=count, columns=columns)


def _lossy(text: str, table: Table, row: Row) -> Finding:
    """Report a row whose last cells are not shown."""
    columns, count = len(table.columns), len(row.cells)
    number = bisect_left(table.rows, row.span, key=lambda other: other.span)
    surplus = _surplus_cell(table, row)
    if surplus is not None:
        at = row.cells[surplus].span
        pipes = text.rfind("|", 0, at.start), text.find("|", at.end)
        return found(
            Span(pipes[0], pipes[1] + 1), "shifted", row=number, count=count, number=surplus + 1
        )
    lost = row.cells[columns].span.cover(row.cells[-1].span)
    return found(lost, row=number, count=count, columns=columns)


def _surplus_cell(table: Table, row: Row) -> int | None:
    """Return which cell is one too many: the only empty one, which whole rows never leave empty."""
    columns = len(table.columns)
    empty = [at for at, cell in enumerate(row.cells) if not _is_filled(cell)]
    if len(empty) != 1 or not empty[0] or len(row.cells) != columns + 1:
        return None
    whole = [other.cells[empty[0]] for other in table.rows if len(other.cells) == columns]
    return empty[0] if whole and all(map(_is_filled, whole)) else None


@page_rule(
    "LF317",
    "row-uneven",
    "The row has only {count} of {columns} cells.",
    "Close the row with as many cells as the header has.",
    severity=Severity.NOTICE,
    variants={
        "surplus": Wording(
            "The row ends in empty cells that the header does not have.",
            "Remove the pipes at its end.",
        ),
    },
    yields_to=("LF301", "LF309", "LF310", "LF314"),
    fixable="safe",
)
def row_uneven(subject: Subject) -> Iterator[Finding]:
    """Report a row that ends too early or too late without losing anything.

    ## What it does
    Looks for rows with fewer cells than the header in tables that are no task tables, and for
    empty cells behind the last column. The update summary has a rule of its own.

    ## Why
    Readers see nothing of it; but the next writer who adds a cell at the end puts it into the
    wrong column.

    ## Example
    ```markdown
    | Resource | Description |
    |----------|-------------|
    | Deck | Slides for the kickoff ||
    ```

    ## Use instead
    ```markdown
    | Resource | Description |
    |----------|-------------|
    | Deck | Slides for the kickoff |
    ```

    ## Fix
    Safe: the surplus cells at the end are removed. None for a row that is too short: it may lack a
    text.
    """
    for table, _, row, task in subject.once(_odd_rows):
        count, columns = len(row.cells), len(table.columns)
        if count < columns and task is None:
            yield found(row.span, count=count, columns=columns)
        elif count > columns and not any(_is_filled(cell) for cell in row.cells[columns:]):
            yield found(row.span, "surplus", fix=_cut(subject.text, row, columns))


def _cut(text: str, row: Row, columns: int) -> Fix:
    """Return the fix that removes the cells behind the last column, but not the last pipe."""
    first = row.cells[columns].span.start
    pipe = text.rfind("|", row.cells[columns - 1].span.end, first)
    end = row.span.end
    return deleted(Span(pipe + 1, end) if pipe >= 0 else Span(first, end))


def _has(row: Row, kind: DefectKind) -> bool:
    return any(defect.kind is kind for defect in row.defects)


def _is_filled(cell: Cell) -> bool:
    return cell.span.start < cell.span.end


def _tables(subject: Subject) -> Iterator[tuple[Table, TaskTable | None]]:
    """Yield all tables but the update summary; of task tables also what they were read as."""
    page = subject.page
    summary = page.update_summary.table.span.start if page.update_summary else -1
    tasks = {table.span.start: table for table in page.task_tables}
    for table in page.tables:
        start = table.span.start
        if start != summary:
            yield table, tasks.get(start)


def _odd_rows(subject: Subject) -> Sequence[tuple[Table, TaskTable | None, Row, Task | None]]:
    """Return the rows with more or fewer cells than the header or a defect, with their task."""
    odd = []
    for table, task_table in _tables(subject):
        width = len(table.columns)
        rows = [
            (index, row)
            for index, row in enumerate(table.rows)
            if len(row.cells) != width or row.defects
        ]
        if rows:
            tasks = {task.row: task for task in task_table.tasks} if task_table else {}
            odd += [(table, task_table, row, tasks.get(index)) for index, row in rows]
    return odd


@page_rule(
    "LF315",
    "table-header-other-language",
    "The table names columns in another language ({language}): {names}.",
    "Use the names of the page's own language.",
    severity=Severity.WARNING,
    yields_to=("LF507",),
    fixable="safe",
)
def table_header_other_language(subject: Subject) -> Iterator[Finding]:
    """Report a task table or an update summary with headers in another language than the page.

    ## What it does
    Compares the header with the names of columns in all languages of the contract. Of a page that
    is written in another language as a whole, `LF507` tells only that.

    ## Why
    The header was forgotten when the page was translated. Readers stumble, and screen readers
    pronounce it wrongly.

    ## Example
    On a German page:

    ```markdown
    | Task ID | Name der Aufgabe | (E) Erforderlich (O) Optional | FastTrack-Rolle | Services |
    ```

    ## Use instead
    ```markdown
    | Aufgaben-ID | Name der Aufgabe | (E) Erforderlich (O) Optional | FastTrack-Rolle | Dienste |
    ```

    ## Fix
    Safe: the names are replaced by those that the contract has for the page's language.
    """
    page = subject.page
    tables = [task_table.table for task_table in page.task_tables]
    if page.update_summary:
        tables.append(page.update_summary.table)
    for table in tables:
        foreign = list(_foreign(subject, table))
        if foreign:
            yield _foreign_header(subject, foreign)


def _foreign(subject: Subject, table: Table) -> Iterator[tuple[Cell, str, str]]:
    """Yield the cells of a header in another language, with their column and locale."""
    columns, locale = subject.contract.columns, subject.locale
    for cell, column in zip(table.header, table.columns, strict=True):
        if column is None or column not in columns:
            continue
        names = columns[column].names
        if names.get(locale) == cell.text:  # as nearly all of them are
            continue
        written = next((other for other, name in names.items() if name == cell.text), None)
        if written is None:
            match = columns.find(cell.text, locale)
            if match is None:
                continue
            column, written = match.key, match.locale
        if written != locale:
            yield cell, column, written


def _foreign_header(subject: Subject, foreign: Sequence[tuple[Cell, str, str]]) -> Finding:
    contract, text = subject.contract, subject.text
    edits = tuple(
        Edit(inner, contract.columns[column].name(subject.locale))
        for cell, column, _ in foreign
        if (inner := _inner(text, cell))
    )
    return found(
        foreign[0][0].span.cover(foreign[-1][0].span),
        language=contract.locales[foreign[0][2]].name,
        names=", ".join(cell.text for cell, _, _ in foreign),
        fix=Fix(edits) if len(edits) == len(foreign) else None,
    )
