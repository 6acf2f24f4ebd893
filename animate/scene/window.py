"""`window:` the ranges of x and y that are shown, or of one variable that of x."""

from collections.abc import Mapping
from typing import Annotated, NoReturn

from pydantic import AfterValidator, Field
from typing_extensions import TypeAliasType

from animate.errors import UsageError
from animate.scene.choice import Choice, Form
from animate.scene.given import is_list
from animate.scene.parts import Interval, Window, in_order


def _choose_window(value: object) -> tuple[str, object]:
    if not is_list(value):
        return "plane", value
    if len(value) == 2 and all(isinstance(each, int | float) for each in value):
        return "line", value
    if len(value) == 1 and not isinstance(value, list):  # it has been read already
        return "line", value[0]
    return "plane", value


_WINDOWS: Mapping[str, Form] = {
    "line": Annotated[Interval, AfterValidator(lambda interval: (interval,))],
    "plane": Annotated[Window, Field(examples=[[[-2, 2], [-1, 3]]])],
}
Ranges = TypeAliasType(
    "Ranges",
    Annotated[
        tuple[Interval, ...],
        Choice(_choose_window, _WINDOWS.__getitem__, _WINDOWS.keys),
        in_order("window"),
    ],
)
"""The ranges of x and y, or the range of x of a function of one variable."""
OwnWindow = TypeAliasType("OwnWindow", Ranges | None)
"""The same of a surface that has a window of its own, where the scene gives none."""


def ask_for_window(what: str, variables: int) -> NoReturn:
    """Raises UsageError: the window of `what` has as many intervals as there are variables."""
    if variables == 1:
        why = f"{what} is a function of one variable, whose window is an interval, such as [-2, 2]"
    else:
        why = f"the window of {what} is two intervals, such as [[-2, 2], [-1, 3]]"
    raise UsageError(why)
