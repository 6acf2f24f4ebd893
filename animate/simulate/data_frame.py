"""Columns as a data frame of the library that is there."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from animate.errors import UsageError


def data_frame(columns: Mapping[str, Sequence[str | float]]) -> Any:
    """A frame of pandas, or of polars where there is no pandas. Raises UsageError."""
    for library in ("pandas", "polars"):
        try:
            return import_module(library).DataFrame(columns)
        except ModuleNotFoundError:
            continue
    raise UsageError(
        "a data frame takes pandas or polars: pip install 'animate-optimization[notebook]'"
    )
