"""The table of signals and the decorator that fills it."""

from collections.abc import Callable
from typing import Annotated, TypeVar

import numpy as np
from annotated_types import Ge, Gt, Le
from jaxtyping import Float

from animate.registry import Registry

Steps = Float[np.ndarray, " step"]
"""Numbers of steps, from 0, or what is said of each."""
Count = Annotated[int, Ge(0)]
Period = Annotated[int, Ge(2)]
Positive = Annotated[float, Gt(0)]
Share = Annotated[float, Gt(0), Le(1)]
Function = TypeVar("Function", bound=Callable[..., Steps])

SIGNALS = Registry("signal")


def signal(function: Function) -> Function:
    """Enter a function (t, *, options…) -> gradient at the steps t in the table."""
    SIGNALS.add(function)
    return function
