"""SignalScene: a gradient that is prescribed for every step, and how optimizers answer it."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, ClassVar, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator
from typing_extensions import TypeAliasType

from animate.errors import Mistake, Path, UsageError
from animate.scene.choice import Choice, Form, OptionsPart, options_model, remade, with_name
from animate.scene.constants import Constants, named_for
from animate.scene.context import SceneFile
from animate.scene.given import is_mapping
from animate.scene.misplaced import refuse_formula
from animate.scene.panels import Panels
from animate.scene.parts import Part
from animate.scene.rate import RateSchedule
from animate.scene.swept import SweptScene
from animate.signals import SIGNALS
from animate.signals.column import read_column
from animate.surfaces.formula import compile_formula
from animate.surfaces.formula.words import NOISE

if TYPE_CHECKING:
    import numpy as np

_KINDS = ("name", "formula", "csv")
_DEFAULT_RATE = 1.0
"""Of a method whose paper gives none: its steps are shown in units of the rate."""
_LARGEST = 1e100
"""A gradient's size at most: its square is a number, too."""


class SignalPart(Part):
    """What every kind of signal may say: uniform noise, from −noise to noise, is added."""

    noise: Annotated[float, Field(ge=0, le=_LARGEST)] = 0.0

    @property
    @abstractmethod
    def title(self) -> str:
        """What a picture calls it in English."""

    @abstractmethod
    def shape(self, steps: int) -> "np.ndarray":
        """The gradients [steps] without noise. Raises UsageError where some are not finite."""

    def values(self, steps: int, seed: int) -> "np.ndarray":
        """The gradients [steps], with the noise that `seed` gives."""
        import numpy as np

        noise = np.random.default_rng(seed).uniform(-self.noise, self.noise, steps)
        values = self.shape(steps) + noise
        if (largest := float(np.abs(values).max())) > _LARGEST:
            raise UsageError(f"reaches {largest:.3g}, and may reach {_LARGEST:g}; scale it down")
        return values


class TableSignal(SignalPart, OptionsPart):
    """A signal of the table of signals, with its options."""

    name: str

    @property
    def title(self) -> str:
        return self.name.capitalize()

    def shape(self, steps: int) -> "np.ndarray":
        import numpy as np

        return self.entry.make(np.arange(steps), **self.options())


class FormulaSignal(SignalPart):
    """A signal written down: t is the step, from 0; constants may have names."""

    constants: Annotated[Constants, named_for("t")]
    formula: str

    @field_validator("formula")
    @classmethod
    def _readable(cls, formula: str, info: ValidationInfo) -> str:
        if (constants := info.data.get("constants")) is not None:
            compile_formula(formula, variables=("t",), constants=constants, beside=NOISE)
        return formula

    @property
    def title(self) -> str:
        return self.formula

    def shape(self, steps: int) -> "np.ndarray":
        import numpy as np

        from animate.simulate.numerics import float64

        function = compile_formula(self.formula, variables=("t",), constants=self.constants)
        with float64():
            values = np.asarray(function(np.arange(float(steps))), float)
        lost = np.flatnonzero(~np.isfinite(values))
        if len(lost):
            raise UsageError(f"the signal {self.formula!r} is no number at t = {lost[0]}")
        return values


class ColumnSignal(SignalPart):
    """A signal that was measured: a column of a .csv, a row for every step."""

    csv: SceneFile
    column: str | None = None

    @model_validator(mode="after")
    def _is_readable(self) -> Self:
        assert len(self._whole)
        return self

    @property
    def title(self) -> str:
        return self.column or self.csv.replace("\\", "/").rpartition("/")[2]

    def shape(self, steps: int) -> "np.ndarray":
        whole = self._whole
        if len(whole) < steps:
            raise UsageError(
                f"the table has {len(whole)} rows, one for each step from 0 on; write steps: "
                f"{len(whole) - 1}"
            )
        return whole[:steps]

    @cached_property
    def _whole(self) -> "np.ndarray":
        return read_column(self.csv, self.column)


_OWN: Mapping[str, type[SignalPart]] = {"formula": FormulaSignal, "csv": ColumnSignal}


def _choose(value: object) -> tuple[tuple[str, str], Mapping[str, object]]:
    given = with_name(value, "{name: spikes, period: 60} or {formula: sin(t/20)}")
    kinds = [kind for kind in _KINDS if kind in given]
    if len(kinds) != 1:
        raise UsageError(f"must have exactly one of the keys {', '.join(_KINDS)}, or x and y")
    if kinds != ["name"]:
        return (kinds[0], ""), given
    if not isinstance(name := given["name"], str):
        raise UsageError("name must be text")
    refuse_formula(name, SIGNALS, {})
    return ("name", name), given


@remade
def _branch(tag: tuple[str, str]) -> type[SignalPart]:
    kind, name = tag
    return _OWN[kind] if kind in _OWN else options_model("signal", SIGNALS[name], TableSignal)


def _tags() -> list[tuple[str, str]]:
    return [*((kind, "") for kind in _OWN), *(("name", name) for name in SIGNALS)]


OneSignal = TypeAliasType(
    "OneSignal", Annotated[SignalPart, Choice(_choose, _branch, _tags, SIGNALS.complete)]
)
"""The gradient of one coordinate."""


class TwoSignals(Part):
    """The gradients of two coordinates, each with a signal of its own."""

    x: OneSignal
    y: OneSignal


def _one_or_two(value: object) -> tuple[str, object]:
    two = is_mapping(value) and value and value.keys() <= {"x", "y"}
    return ("two" if two else "one"), value


_FORMS: Mapping[str, Form] = {"one": OneSignal, "two": TwoSignals}

AnySignal = TypeAliasType(
    "AnySignal",
    Annotated[
        SignalPart | TwoSignals,
        Choice(_one_or_two, _FORMS.__getitem__, _FORMS.keys, SIGNALS.complete),
    ],
)
"""The gradient of one coordinate, or of two."""


class SignalScene(SweptScene):
    """A prescribed gradient, the optimizers that answer it, and how both are shown."""

    refused: ClassVar[Mapping[str, str]] = {
        "surface": "surface: a signal takes its place; leave one of them out",
        "start": "start: a signal is the same wherever a run is; leave it out",
        "batch": "batch: only a network has a batch; leave it out",
        "noise": "noise: stands in the signal, as {name: spikes, noise: 0.1}",
    }

    signal: AnySignal
    steps: Annotated[int, Field(ge=2, le=20_000)] = 300
    panels: Panels | None = None  # pyright: ignore[reportIncompatibleVariableOverride]  # scenes are frozen

    @property
    def parts(self) -> Mapping[str, SignalPart]:
        """The signal of each coordinate."""
        if isinstance(self.signal, TwoSignals):
            return {"x": self.signal.x, "y": self.signal.y}
        return {"x": self.signal}

    @cached_property
    def gradients(self) -> "np.ndarray":
        """The gradient [step, 2] from step 0 to the last; 0 in a coordinate without a signal."""
        import numpy as np

        values = np.zeros((self.steps + 1, 2))
        for k, part in enumerate(self.parts.values()):
            values[:, k] = part.values(len(values), self.seed + k)
        return values

    @property
    def features(self) -> frozenset[str]:
        return super().features - {"plane", "losses"} | {"inside", "signal", "finding"}

    def rate_rule(self, k: int) -> float | RateSchedule:
        """The learning rate of optimizer `k`: nothing is searched for, as there is no loss."""
        found = super().rate_rule(k)
        return _DEFAULT_RATE if found is None else found

    def mistakes(self) -> Iterator[Mistake]:
        yield from super().mistakes()
        try:
            assert len(self.gradients)
        except UsageError as error:
            yield Mistake(("signal",), str(error))
        if self.switches:
            yield Mistake(("optimizers",), "'then' is for surfaces and networks; leave it out")
        rates = {
            ("optimizers", self.written_as(k)): each.learning_rate
            for k, each in enumerate(self.optimizers)
        }
        for place, rate in {(): self.learning_rate, **rates}.items():
            if rate == "best":
                why = "'best' needs a loss, and a signal has none; give a number"
                yield Mistake((*place, "learning_rate"), why)

    def texts(self) -> Iterator[tuple[Path, str]]:
        yield from super().texts()
        if self.title is None:
            yield from ((("signal",), part.title) for part in self.parts.values())
