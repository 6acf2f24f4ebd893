"""The sliders of a widget: which numbers of a scene they change, and between which ends."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from numbers import Real
from typing import Any

from animate.errors import Path, SceneError, UsageError
from animate.scene.load import Script
from animate.scene.settings import Setting, apply

Ends = tuple[float, float]
Values = Mapping[str, float]
"""What the sliders say, by their keys."""

_LOGARITHMIC = 100.0
"""The ratio of the ends from which on a slider is logarithmic."""


@dataclass(frozen=True)
class Slider:
    """A key as `--set` writes it, its path, the ends, the number that it begins with, and whether
    only whole ones are there."""

    key: str
    path: Path
    low: float
    high: float
    value: float
    whole: bool

    @property
    def logarithmic(self) -> bool:
        """Whether equal ways on it are equal ratios."""
        return self.low > 0 and self.high / self.low >= _LOGARITHMIC

    def setting(self, value: float) -> str:
        """The change to the scene that `value` is."""
        return f"{self.key}={round(value) if self.whole else float(value)!r}"


def sliders_of(script: Script, given: object, rates: Sequence[float | None]) -> tuple[Slider, ...]:
    """The sliders that are asked for by `given`, keys with their ends.

    `rates` are the learning rates of the scene's optimizers, those that were searched for too.
    Raises UsageError with every mistake, a line each.
    """
    if not isinstance(given, Mapping) or not given:
        raise UsageError('sliders: must be keys with their ends, such as {"steps": (10, 100)}')
    found: list[Slider] = []
    wrong: list[str] = []
    for key, ends in given.items():  # pyright: ignore[reportUnknownVariableType]
        try:
            slider = _slider(script, key, ends, rates)  # pyright: ignore[reportUnknownArgumentType]
            _check_apart(slider, found)
            found.append(slider)
        except UsageError as error:
            wrong += [f"sliders: {line}" for line in without_option(error)]
    if wrong:
        raise UsageError("\n".join(wrong))
    return tuple(found)


def number(value: object) -> float | None:
    """`value` if it is a finite number, whatever library it is of."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    return float(value) if isfinite(value) else None


def without_option(error: Exception) -> Iterator[str]:
    """What an error says, a line each, with the bare keys in place of the command line's option."""
    lines = error.lines if isinstance(error, SceneError) else str(error).splitlines()
    for each in lines:
        yield each.replace("--set ", "")


def _slider(script: Script, key: object, ends: Any, rates: Sequence[float | None]) -> Slider:
    if not isinstance(key, str) or "=" in key or not all(key.split(".")):
        raise UsageError(f"{key!r} is not a key, such as 'steps'")
    try:
        low, high = map(number, ends)
    except (TypeError, ValueError):
        low = high = None
    if low is None or high is None:
        raise UsageError(
            f"{key}: must be two finite numbers, the least and the largest, got {ends!r}"
        )
    if low >= high:
        raise UsageError(f"{key}: the least number must be below the largest, got {ends!r}")
    _, changed = apply([Setting.of(f"{key}={low!r}")], script.origin.data)
    (path,) = changed
    own = _at(script.scene, path)
    whole = isinstance(own, int) and not isinstance(own, bool)
    begin = number(_at(script.origin.data, path))
    begin = number(own) if begin is None else begin
    if begin is None:
        begin = _found_rate(path, rates)
    if begin is None:
        if path[0] not in _keys(script) or _at(script.origin.data, path[:-1]) is not None:
            script.changed([f"{key}={low!r}"])  # there may be no such key
        raise UsageError(f"{key}: the scene has no number there to begin with; write one into it")
    slider = Slider(key, path, low, high, begin, whole)
    _check_ends(slider, ends)
    script.changed([slider.setting(begin)])
    return slider


def _keys(script: Script) -> set[str]:
    """The keys of a scene of that kind."""
    fields = type(script.scene).model_fields.items()
    return {each.alias or name for name, each in fields}


def _check_apart(slider: Slider, others: Sequence[Slider]) -> None:
    same = next((each.key for each in others if each.path == slider.path), None)
    if same is not None:
        raise UsageError(f"{slider.key}: is the same number as {same}; leave one out")


def _check_ends(slider: Slider, ends: Any) -> None:
    key, begin = slider.key, slider.value
    if slider.whole and not (slider.low.is_integer() and slider.high.is_integer()):
        raise UsageError(f"{key}: is a whole number, so its ends are too, got {ends!r}")
    if not slider.low <= begin <= slider.high:
        raise UsageError(
            f"{key}: the scene has {begin:g} there, which is not between {slider.low:g} and "
            f"{slider.high:g}; widen the ends, or change the scene"
        )


def _found_rate(path: Path, rates: Sequence[float | None]) -> float | None:
    """The learning rate that was found where the scene names none."""
    match path:
        case ("optimizers", int(k), "learning_rate") if k < len(rates):
            return rates[k]
        case _:
            return None


def _at(place: Any, path: Path) -> Any:
    """What stands at `path` of a model, or of data; None where there is no such place."""
    for key in path:
        inside: Any = getattr(place, "__getitem__", None)
        try:
            place = inside(key) if inside else getattr(place, str(key))
        except (AttributeError, KeyError, IndexError, TypeError):
            return None
    return place
