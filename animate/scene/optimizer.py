"""`optimizers:` the methods of a scene: those of the table, or any of optax."""

from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache, partial
from typing import Annotated, Any, ClassVar, Self, cast

from pydantic import AfterValidator, Field, SkipValidation, create_model, model_validator
from typing_extensions import TypeAliasType

from animate.errors import Path, UnknownName
from animate.optimizers import (
    OPTIMIZERS,
    PREFIX,
    in_optax,
    made_by_optax,
    modified,
    optax_names,
    optax_optimizer,
    optax_state,
    own_rate,
    rate_parameter,
    switched,
)
from animate.scene.choice import (
    Choice,
    Fields,
    Form,
    OptionsPart,
    literal,
    named,
    options_model,
    remade,
)
from animate.scene.colour import Color
from animate.scene.given import is_mapping
from animate.scene.optax_arguments import arguments_of, default_rate, field_of, refuse_unable
from animate.scene.parts import Part, Positive
from animate.scene.rate import Rate, RateSchedule, Schedule
from animate.scene.text import Drawn
from animate.scene.then import SCHEMA, Then, in_order, reads_then
from animate.scene.usual_names import METHODS, USUAL
from animate.simulate import StateFields

_Tag = tuple[str, str]
"""How the name of a method is written, and the name."""
_NAMED, _KEYED = "named", "keyed"
_ANY_KEYED = (_KEYED, "")
"""Stands in the schema for all of them, which need not be there twice."""

Formula = tuple[str, ...]
"""Lines of mathtext."""
Maker = Callable[[Any], Any]
"""A function from a learning rate, or a schedule, to an optax transformation."""

OwnRate = TypeAliasType("OwnRate", Rate | None)
Label = TypeAliasType("Label", Annotated[Drawn, Field(max_length=40)] | None)
Clip = TypeAliasType("Clip", Positive | None)
WeightDecay = TypeAliasType("WeightDecay", Annotated[float, Field(ge=0)] | None)
AnyThen = TypeAliasType(
    "AnyThen",
    Annotated[
        SkipValidation[Then["OptimizerPart"] | None], reads_then(lambda: AnyOptimizer), SCHEMA
    ],
)


class OptimizerPart(Part):
    """What every optimizer may say.

    `clip` is the largest norm of a gradient, `weight_decay` the λ of decoupled weight decay; `then`
    is another optimizer that goes on from a step.
    """

    usual: ClassVar[Mapping[str, tuple[str, ...]]] = USUAL

    name: str
    learning_rate: OwnRate = None
    label: Label = None
    color: Color = None
    clip: Clip = None
    weight_decay: WeightDecay = None
    then: AnyThen = None

    def maker(self, filters: int = 0) -> Maker:
        """What makes the method with the options that any has; `filters` is the axis of a network's
        kernels that counts their outputs."""
        method, options = self.method(filters)
        decay = None if "weight_decay" in options else self.weight_decay
        first = partial(_modified, method, clip=self.clip, weight_decay=decay)
        if self.then is None:
            return first
        return partial(_switched, first, self.then, filters)

    def fixed_rate(self) -> float | RateSchedule | None:
        """The learning rate, where nothing is searched for: a number, a schedule, or none."""
        given = self.own_rate() if self.learning_rate is None else self.learning_rate
        if isinstance(given, Schedule):
            return given.build()
        return None if given == "best" else given

    @abstractmethod
    def method(self, filters: int = 0) -> tuple[Maker, Collection[str]]:
        """What makes the method itself, and the names of its options."""

    def in_turn(self) -> Iterator[tuple[Path, Self]]:
        """It, and what goes on after it, each with its place in it."""
        yield (), self
        if self.then is not None:
            yield ("then",), cast("Self", self.then.optimizer)

    def kind(self) -> str:
        """The name of the method that it is: those of one name have one colour in all pictures."""
        return self.name

    def own_rate(self) -> float | None:
        """The learning rate that its paper, or optax, gives the method; None: none."""
        return None

    def own_seed(self, seed: int) -> int | None:
        """The seed of the method in a scene with that `seed`; None: nothing in it is random."""
        return self.then.optimizer.own_seed(seed) if self.then is not None else None

    @abstractmethod
    def state(self) -> StateFields:
        """Where its state keeps what panels show."""

    def constants(self) -> Mapping[str, object]:
        """Its options, defaults included."""
        return {}

    def formula(self) -> Formula:
        """Its update rule as lines of mathtext, and that of what goes on after it; empty where one
        of them is not known."""
        if self.then is None:
            return self.rule()
        return in_order(self.rule(), self.then.at, self.then.optimizer.formula())

    def rule(self) -> Formula:
        """The update rule of the method by itself; empty where it is not known."""
        return ()

    def display_name(self) -> str:
        """What the legend calls it."""
        return self.label or self.name

    def full_name(self) -> str:
        """What the legend calls it, and what goes on after it."""
        if self.then is None or self.label:
            return self.display_name()
        return f"{self.display_name()} → {self.then.optimizer.display_name()}"


def _modified(method: Maker, rate: Any, **options: float | None) -> Any:
    return modified(method(rate), rate, **options)


def _switched(first: Maker, then: Then[OptimizerPart], filters: int, rate: Any) -> Any:
    later = then.optimizer
    return switched(first(rate), later.maker(filters)(later.fixed_rate()), then.at)


class TableOptimizer(OptimizerPart, OptionsPart):
    """An optimizer of the table of optimizers, with its options."""

    def method(self, filters: int = 0) -> tuple[Maker, Collection[str]]:  # noqa: ARG002  # it has no kernels
        return partial(self.entry.make, **self.options()), self.entry.options

    def state(self) -> StateFields:
        return self.entry.facts["state"]

    def constants(self) -> Mapping[str, object]:
        return self.options()

    def own_rate(self) -> float | None:
        return own_rate(self.name)

    def own_seed(self, seed: int) -> int | None:
        random = self.entry.facts["random"]
        return seed if random or super().own_seed(seed) is not None else None

    def rule(self) -> Formula:
        known: Formula | Callable[..., Formula] = self.entry.facts["formula"]
        return self._modified(known(**self.options()) if callable(known) else known)

    def _modified(self, lines: Formula) -> Formula:
        """The rule with the options that any optimizer takes."""
        if lines and self.clip is not None:
            lines = (r"g \leftarrow \min(1,\; c / |g|)\, g", *lines)
        if lines and self.weight_decay and "weight_decay" not in self.entry.options:
            lines = (*lines, r"\Delta\theta \leftarrow \Delta\theta - \eta\, \lambda\, \theta")
        return lines

    def display_name(self) -> str:
        return self.label or self.entry.facts["title"]


class OptaxOptimizer(OptimizerPart):
    """An optimizer of optax, with those of its arguments that the scene gives."""

    def method(self, filters: int = 0) -> tuple[Maker, Collection[str]]:
        rate, own = rate_parameter(optax_optimizer(self.name)), {*arguments_of(self.name)}
        given = {key: getattr(self, key) for key in own & self.model_fields_set}
        return lambda value: made_by_optax(self.name, filters, **{rate: value}, **given), own

    def kind(self) -> str:
        options = self.constants()
        if self.name == "optax.sgd" and options["momentum"]:
            return "nesterov" if options["nesterov"] else "momentum"
        return self.name

    def state(self) -> StateFields:
        return optax_state(optax_optimizer(self.name))

    def constants(self) -> Mapping[str, object]:
        return {key: getattr(self, key) for key in self.method()[1]}

    def own_rate(self) -> float | None:
        return default_rate(self.name)

    @model_validator(mode="after")
    def _can_move(self) -> Self:
        refuse_unable(self.name, self.maker())
        return self


@cache
def _optax_model(name: str) -> type[OptimizerPart]:
    """A model with a field for every argument of optax's function but the learning rate."""
    fields: Fields = {key: field_of(parameter) for key, parameter in arguments_of(name).items()}
    fields["name"] = (literal([name]), ...)
    return create_model(name.replace(".", "_"), __base__=OptaxOptimizer, **fields)


def _choose(value: object) -> tuple[_Tag, Mapping[str, object]]:
    """The name, and the options: what optax calls max_learning_rate by the name that scenes use.

    {adam: {learning_rate: 0.1}} is understood, since panels are written like this.
    """
    if is_mapping(value) and len(value) == 1:
        ((name, options),) = value.items()
        if name not in OptimizerPart.model_fields and (options is None or is_mapping(options)):
            return (_KEYED, name), {name: _by_name({"name": name, **(options or {})})[1]}
    name, given = _by_name(value)
    return (_NAMED, name), given


def _by_name(value: object) -> tuple[str, Mapping[str, object]]:
    name, given = named(value, "{name: adam, learning_rate: 0.1}")
    rate = rate_parameter(optax_optimizer(name)) if name.startswith(PREFIX) else "learning_rate"
    if rate not in given or "learning_rate" in given:
        return name, given
    return name, {"learning_rate" if key == rate else key: each for key, each in given.items()}


def _branch(tag: _Tag) -> Form:
    form, name = tag
    if tag == _ANY_KEYED:
        return Annotated[dict[str, dict[str, Any] | None], Field(min_length=1, max_length=1)]
    model = _model(name)
    if form == _NAMED:
        return model
    fields: Fields = {name: (model, ...)}
    keyed = create_model("keyed", __base__=Part, **fields)
    return Annotated[keyed, AfterValidator(lambda part: getattr(part, name))]


@remade
def _model(name: str) -> type[OptimizerPart]:
    if name.startswith(PREFIX):
        return _optax_model(name)
    if name not in OPTIMIZERS and (meant := METHODS.get(name.lower()) or in_optax(name)):
        raise UnknownName(
            f"there is no optimizer named {name!r}. Did you mean {meant!r}?", name, meant
        )
    return options_model("optimizer", OPTIMIZERS[name], TableOptimizer)


AnyOptimizer = TypeAliasType(
    "AnyOptimizer",
    Annotated[
        OptimizerPart,
        Choice(
            _choose,
            _branch,
            lambda: [*((_NAMED, name) for name in (*OPTIMIZERS, *optax_names())), _ANY_KEYED],
            lambda: [*OPTIMIZERS.complete(), *optax_names()],
        ),
    ],
)
"""One of the table, or one of optax."""
