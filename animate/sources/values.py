"""The values of a sweep, and the learning rates, as a picture shows them."""

from collections.abc import Sequence

from animate.figure.facets import Values
from animate.scene.optimizer import OptimizerPart
from animate.scene.rate import RateSchedule
from animate.scene.sweep import Sweep
from animate.scene.swept import SweptScene
from animate.text import Words


def told_apart(rates: Sequence[float], words: Words) -> dict[float, str]:
    """How each of `rates` is written, in more digits where two would read equal."""
    plain = {rate: words.number(rate) for rate in rates}
    if len(set(plain.values())) == len(plain):
        return plain
    return dict(zip(plain, words.numbers(plain), strict=True))


def rates_written(
    optimizers: Sequence[OptimizerPart], rates: Sequence[float | None], words: Words
) -> list[tuple[str, str]]:
    """How the learning rate of each is written, and that of what goes on after it, "" if nothing.

    `rates` are the first ones; None: a schedule's.
    """
    later = [each.then.optimizer.fixed_rate() if each.then else None for each in optimizers]
    numbers = [each for each in (*rates, *later) if isinstance(each, int | float)]
    written = told_apart(numbers, words)

    def text(rate: float | RateSchedule | None) -> str:
        return written[rate] if isinstance(rate, int | float) else words("schedule")

    return [
        (text(rate), text(other) if part.then else "")
        for part, rate, other in zip(optimizers, rates, later, strict=True)
    ]


def rate_note(first: str, later: str) -> str:
    """What stands beside a name: its learning rate, and the one that follows, if any does."""
    return f"{first} → {later}" if later else first


def switches_of(optimizers: Sequence[OptimizerPart]) -> tuple[int | None, ...]:
    """The step at which each optimizer is followed by another, if it is."""
    return tuple(each.then.at if each.then else None for each in optimizers)


def names_of(scene: SweptScene, words: Words) -> tuple[str, ...]:
    """What the legend calls the optimizers; in one race, what a swept one became by its values."""
    names = [each.full_name() for each in scene.optimizers]
    sweep = scene.sweep
    if sweep is not None and sweep.layout == "race":
        option, values = _option(sweep, words), words.numbers(sweep.values)
        for k, value in zip(sweep.copies, values, strict=True):
            names[k] = f"{option} = {value}"
    return tuple(names)


def values_of(
    sweep: Sweep | None, notes: Sequence[str], rates: Sequence[tuple[str, str]], words: Words
) -> Values | None:
    """The values of a sweep that are seen one at a time, side by side or one after the other.

    `notes` are what stands beside the optimizers, `rates` what `rates_written` gives.
    """
    if sweep is None or sweep.layout == "race":
        return None
    swept = [rates[k] for k in sweep.copies]
    of_rates, option = sweep.option == "learning_rate", _option(sweep, words)
    titles = [f"{option} = {each}" for each in words.numbers(sweep.values, 3)]
    if of_rates:
        titles = [rate_note(title, later) for title, (_, later) in zip(titles, swept, strict=True)]
    own = tuple(notes[k] for k in sweep.copies)
    differ = not of_rates and len(set(own)) > 1
    if differ:
        titles = [
            f"{title},  η = {rate_note(*each)}" for title, each in zip(titles, swept, strict=True)
        ]
    padded = not all(float(value).is_integer() for value in sweep.values)
    texts = words.numbers(sweep.values, 3, padded=padded)
    if of_rates:
        texts = [rate_note(text, later) for text, (_, later) in zip(texts, swept, strict=True)]
    return Values(
        layout=sweep.layout,
        option=option,
        optimizer=sweep.optimizer,
        place=sweep.place,
        texts=tuple(texts),
        notes=own if differ else (),
        titles=tuple(titles),
        groups=sweep.groups(len(notes)),
        before=tuple(sweep.before(k) for k in range(len(notes))),
    )


def told_of(sweep: Sweep | None) -> list[int]:
    """The numbers of the values of a film that a description covers: first, middle and last."""
    if sweep is None or sweep.layout != "film":
        return []
    count = len(sweep.values)
    return sorted({0, count // 2, count - 1})


def swept_words(sweep: Sweep, optimizers: int, words: Words) -> str:
    """Which optimizers a film shows: `optimizers` before the sweep, what is swept of one of them,
    and for which values it is told."""
    numbers = words.numbers(sweep.values)
    *before, last = (numbers[k] for k in told_of(sweep))
    apart = "; " if any("," in each for each in numbers) else ", "
    swept = words(
        "swept",
        name=sweep.optimizer,
        values=words.counted("value", len(sweep.values)),
        option=_option(sweep, words),
        low=min(sweep.values),
        high=max(sweep.values),
        told=words("last of list", before=apart.join(before), last=last),
    )
    if optimizers == 1:
        return swept
    return words("beside swept", optimizers=words.counted("optimizer", optimizers), swept=swept)


def _option(sweep: Sweep, words: Words) -> str:
    """What a swept option is called in pictures."""
    return words("learning rate") if sweep.option == "learning_rate" else sweep.option
