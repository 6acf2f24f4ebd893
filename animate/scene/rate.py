"""`learning_rate:` a number, `best`, or a schedule: of the table, or one of optax."""

import inspect
from abc import abstractmethod
from collections.abc import Callable, Iterable
from types import UnionType
from typing import Annotated, Any, Literal, Self, Union, cast, get_args, get_origin

from pydantic import (
    BeforeValidator,
    Field,
    Strict,
    WithJsonSchema,
    create_model,
    model_validator,
)
from typing_extensions import TypeAliasType

from animate._lazy import lazy
from animate.errors import UnknownName, UsageError
from animate.optimizers.schedules import SCHEDULES
from animate.registry import hint, nearest
from animate.scene.choice import (
    Choice,
    Fields,
    Form,
    OptionsPart,
    literal,
    options_model,
    remade,
)
from animate.scene.diagnostics import shown, wanted
from animate.scene.given import is_mapping
from animate.scene.parts import Part, Positive
from animate.simulate.numerics import float32, float64

jax, jnp, np, optax = lazy("jax"), lazy("jax.numpy"), lazy("numpy"), lazy("optax")

RateSchedule = Callable[[Any], Any]
"""An optax schedule: a function from the number of updates made to the learning rate."""

_OF_OTHERS = {"schedules", "inner_factory"}
"""Parameters of optax's functions that make something of other schedules, or of optimizers."""
_LONGEST = 1_000_000
"""Updates of the longest run."""
_ROUNDING = 1e-12
"""Of the largest rate of a schedule: so far below 0 is 0."""
_NUMBER, _BEST = ("number", ""), ("best", "")


def _plain_number(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        alone = "; the whole of learning_rate is 'best', or a number" if value == "best" else ""
        raise UsageError(f"{wanted('a number', value)}{alone}")
    return value


_Number = Annotated[int | float, BeforeValidator(_plain_number), WithJsonSchema({"type": "number"})]


class Schedule(Part):
    """A learning rate that changes with the step."""

    schedule: str

    @model_validator(mode="after")
    def _begins(self) -> Self:
        """Whether optax can make the schedule, and its first value is a learning rate."""
        with float32():
            try:
                first = float(self.build(_LONGEST)(jnp.zeros((), int)))
            except UsageError:
                raise
            except Exception as error:  # what optax finds wrong may be of any kind
                reason = str(error).strip().partition("\n")[0]
                raise UsageError(f"optax cannot make this schedule: {reason}") from error
        if not 0 <= first < float("inf"):
            raise UsageError(f"must begin with a learning rate of at least 0, got {first:g}")
        return self

    def wrong_within(self, steps: int) -> str | None:
        """What is wrong with the rates of the first `steps` updates; None: nothing."""
        with float64():
            try:
                schedule = self.build(steps)
            except UsageError as error:
                return str(error)
            rates = np.asarray(jax.vmap(schedule)(jnp.arange(steps)))
        least = -_ROUNDING * np.abs(rates).max()
        wrong = np.flatnonzero(~((rates >= least) & np.isfinite(rates)))
        if not len(wrong):
            return None
        step = int(wrong[0])
        return (
            f"must stay at a learning rate of at least 0, and is {rates[step]:.3g} after {step} of "
            f"the {steps} steps; let it end at 0 or above"
        )

    @abstractmethod
    def build(self, steps: int | None = None) -> RateSchedule:
        """The schedule itself, in a run of so many updates; None: that is not known.

        Raises UsageError.
        """


class TableSchedule(Schedule, OptionsPart):
    """A schedule of the table of schedules, with its options."""

    def build(self, steps: int | None = None) -> RateSchedule:
        return self.entry.make(steps, **self.options())


class OptaxSchedule(Schedule):
    """A schedule of optax, with those of its arguments that the scene gives."""

    def build(self, steps: int | None = None) -> RateSchedule:  # noqa: ARG002  # it has an end of its own
        given = self.model_fields_set - {"schedule"}
        return _of_optax()[self.schedule](**{key: _by_step(getattr(self, key)) for key in given})


def _by_step(value: object) -> object:
    """The value; where it is a mapping from steps, these are text in a scene and numbers in optax.

    Raises ValueError.
    """
    if not is_mapping(value):
        return value
    wrong = [key for key in value if not key.isdecimal()]
    if wrong:
        raise ValueError(f"{shown(wrong[0])} is not the number of a step")
    return {int(key): each for key, each in value.items()}


def _of_optax() -> dict[str, Callable[..., RateSchedule]]:
    """optax's functions that make a schedule of numbers, by name.

    They are those of its module of schedules that are given neither others nor an optimizer.
    """
    known: dict[str, Callable[..., RateSchedule]] = optax.schedules.__dict__
    return {
        key: each
        for key, each in known.items()
        if inspect.isfunction(each)
        and not key.startswith("_")
        and not _OF_OTHERS & {*inspect.signature(each).parameters}
    }


@remade
def _schedule(name: str) -> type[Schedule]:
    """A model with a field for every option of the schedule. Raises UnknownName."""
    if name in SCHEDULES:
        model = options_model("schedule", SCHEDULES[name], TableSchedule)
        own: Fields = {"schedule": (literal([name]), ...)}
        named = create_model(model.__name__, __base__=model, __doc__=model.__doc__, **own)
        return cast("type[Schedule]", named)
    known = _of_optax()
    if name not in known:
        every = [*SCHEDULES, *known]
        told = hint(name, every) or SCHEDULES.listed
        raise UnknownName(f"there is no schedule named {name!r}.{told}", name, nearest(name, every))
    fields: Fields = {
        key: (_form(each), ... if each.default is inspect.Parameter.empty else each.default)
        for key, each in inspect.signature(known[name]).parameters.items()
    }
    return create_model(name, __base__=OptaxSchedule, schedule=(literal([name]), ...), **fields)


def _form(parameter: inspect.Parameter) -> Form:
    """The type of one of the arguments of a schedule, by what optax says of it."""
    annotation: Form = parameter.annotation
    if annotation in (bool, str):
        return annotation
    kinds = {get_origin(each) or each for each in _alternatives(annotation)}
    if Iterable in kinds:
        return Annotated[tuple[dict[str, _Number], ...], Strict(False)]
    form: Form = dict[str, _Number] if dict in kinds else _Number
    return form | None if type(None) in kinds else form


def _alternatives(annotation: Form) -> tuple[Form, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def _choose(value: object) -> tuple[tuple[str, str], object]:
    if value == "best":
        return _BEST, value
    if is_mapping(value):
        if not isinstance(name := value.get("schedule"), str):
            raise UsageError("a schedule needs the key 'schedule', such as cosine")
        return ("schedule", name), value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UsageError(wanted("a number, 'best' or a schedule", value))
    return _NUMBER, value


def _branch(tag: tuple[str, str]) -> Form:
    kind, name = tag
    if kind == "schedule":
        return _schedule(name)
    return Literal["best"] if tag == _BEST else Annotated[Positive, Field(allow_inf_nan=False)]


def _tags() -> list[tuple[str, str]]:
    return [_NUMBER, _BEST, *(("schedule", name) for name in (*SCHEDULES, *_of_optax()))]


Rate = TypeAliasType(
    "Rate", Annotated[float | Literal["best"] | Schedule, Choice(_choose, _branch, _tags)]
)
