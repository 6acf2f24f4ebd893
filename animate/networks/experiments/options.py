"""The kinds of options that experiments have, with bounds that fit a machine with two cores."""

from typing import Annotated, Literal

from annotated_types import Interval, Len
from pydantic import AfterValidator, Strict


def _different(values: tuple[int, ...]) -> tuple[int, ...]:
    """Each of the values once, the smallest first. Raises ValueError where they are all the
    same."""
    if len(set(values)) < 2:
        raise ValueError("give two different ones or more, which are compared")
    return tuple(sorted(set(values)))


def _rescaling(factors: tuple[float, ...]) -> tuple[float, ...]:
    """The factors. Raises ValueError where they do not lead from 1 to another one."""
    if factors[0] != 1 or factors[-1] == 1:
        raise ValueError(
            "must begin with 1, the network as it was trained, and end with another factor"
        )
    return factors


Few = Len(1, 12)
Activation = Literal["relu", "tanh", "gelu", "silu", "softplus", "elu"]
Units = Annotated[int, Interval(ge=1, le=512)]
Several = Annotated[int, Interval(ge=2, le=512)]
Levels = Annotated[int, Interval(ge=1, le=8)]
Zoom = Annotated[float, Interval(ge=1.5, le=10)]
Layers = Annotated[tuple[Units, ...], Strict(False), Few]
Compared = Annotated[Layers, AfterValidator(_different)]
"""Widths or depths of networks that are compared."""
SmallLayers = Annotated[tuple[Annotated[int, Interval(ge=1, le=24)], ...], Strict(False), Len(1, 4)]
"""Of networks so small that their whole Hessian is at hand."""
NewtonSteps = Annotated[int, Interval(ge=2, le=1000)]
"""Of methods that make the whole Hessian at every step."""
SmallWidth = Annotated[int, Interval(ge=2, le=12)]
SmallDepth = Annotated[int, Interval(ge=2, le=12)]
"""Likewise, of networks whose hidden layers are equally wide, with two at least."""
Seed = Annotated[int, Interval(ge=0, lt=2**31)]
Seeds = Annotated[tuple[Seed, ...], Strict(False), Few]
Steps = Annotated[int, Interval(ge=1, le=100_000)]
Epochs = Annotated[int, Interval(ge=1, le=5000)]
WalkSteps = Annotated[int, Interval(ge=30, le=2000)]
"""Of walks of which every step is kept."""
Kept = Annotated[int, Interval(ge=1, le=1000)]
Samples = Annotated[int, Interval(ge=8, le=1797)]
FewSamples = Annotated[int, Interval(ge=8, le=797)]
"""So that 1000 of the 1797 digits are left to be held out."""
Share = Annotated[float, Interval(gt=0, le=0.9)]
Resolution = Annotated[int, Interval(ge=5, le=301)]
Positive = Annotated[float, Interval(gt=0)]
Factors = Annotated[tuple[Positive, ...], Strict(False), Few, AfterValidator(_rescaling)]
Pair = Annotated[tuple[Samples, Samples], Strict(False), AfterValidator(_different)]
Ends = Annotated[tuple[float, float], Strict(False)]
Window = Annotated[tuple[Ends, Ends], Strict(False)]
