"""Rows of a user's table, read within bounds."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from animate.errors import UsageError
from animate.files import Unreadable, check_table

Row = TypeVar("Row")


def read_rows(
    path: Path,
    most: int,
    names: str,
    columns: Callable[[Path, list[str]], list[int]],
    row: Callable[[Path, int, list[str], list[int]], Row],
) -> list[Row]:
    """The rows of a .csv with the columns `names`, at most `most`.

    `columns` finds their order in the header, `row` reads the cells of a line by its number and
    that order. Raises UsageError.
    """
    try:
        check_table(path, most)
    except Unreadable as error:
        raise UsageError(f"{path} {error}") from None
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            lines = csv.reader(file)
            order = columns(path, next(lines, []))
            return [row(path, lines.line_num, cells, order) for cells in lines if cells]
    except (UnicodeDecodeError, csv.Error):
        raise UsageError(f"{path} is not a text file of rows {names}") from None
