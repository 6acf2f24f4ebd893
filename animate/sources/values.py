"""The values of a sweep, and the learning rates, as a picture shows them."""

from collections.abc import Sequence

from animate.figure.values import Values
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
    """What the legend calls the optimizers; what a swept one became, by its values."""
    names = [*scene.full_names()]
    sweep = scene.sweep
    if sweep is not None:
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
    if sweep is None or sweep.place is None or sweep.layout == "race":
        return None
    swept = [rates[k] for k in sweep.copies]
    of_rates, option = sweep.option == "learning_rate", _option(sweep, words)
    titles = [f"{option} = {each}" for each in _texts(sweep, words)]
    if of_rates:
        titles = [rate_note(title, later) for title, (_, later) in zip(titles, swept, strict=True)]
    own = tuple(notes[k] for k in sweep.copies)
    differ = not of_rates and len(set(own)) > 1
    if differ:
        titles = [
            f"{title},  η = {rate_note(*each)}" for title, each in zip(titles, swept, strict=True)
        ]
    texts = _texts(sweep, words, padded=True)
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


def values_of_surface(
    sweep: Sweep, rates: Sequence[Sequence[float | None]], words: Words
) -> Values | None:
    """Those of a number of the surface; `rates` are the optimizers' on each of the surfaces."""
    if sweep.layout == "race":
        return None
    count, titles = len(rates[0]), [f"{sweep.option} = {each}" for each in _texts(sweep, words)]
    several = len({each for (each, *_) in rates}) > 1
    if count == 1 and several:
        own = (_rate(each, words) for (each,) in rates)
        titles = [f"{title},  η = {rate}" for title, rate in zip(titles, own, strict=True)]
    whole = range(count * len(rates))
    return Values(
        layout=sweep.layout,
        option=sweep.option,
        optimizer="",
        place=None,
        texts=_texts(sweep, words, padded=True),
        titles=tuple(titles),
        groups=tuple(tuple(whole[k * count :][:count]) for k in range(len(rates))),
        before=tuple(k % count for k in whole),
        common=tuple(_of_all(each, words) for each in zip(*rates, strict=True)),
    )


def _of_all(rates: Sequence[float | None], words: Words) -> str:
    """The learning rate of one optimizer with every value, or the least and the largest."""
    known = [rate for rate in rates if rate is not None]
    if len(set(rates)) == 1 or len(known) < len(rates):
        return _rate(rates[0], words)
    return words.between(known)


def _rate(rate: float | None, words: Words) -> str:
    return words("schedule") if rate is None else words.number(rate)


def _texts(sweep: Sweep, words: Words, *, padded: bool = False) -> tuple[str, ...]:
    """The values as they are written, with as many decimals each where they are `padded`."""
    padded = padded and not all(float(value).is_integer() for value in sweep.values)
    return tuple(words.numbers(sweep.values, 3, padded=padded))


def told_of(sweep: Sweep) -> list[int]:
    """The numbers of the values that a description covers: first, middle and last."""
    count = len(sweep.values)
    return sorted({0, count // 2, count - 1})


def swept_words(sweep: Sweep, optimizers: int, words: Words) -> str:
    """Which optimizers run: `optimizers` before the sweep, what is swept of one of them, and for
    which values of a film it is told."""
    option = _option(sweep, words)
    count = words.counted("value", len(sweep.values))
    values = words("swept beside", values=count, option=option)
    if sweep.layout == "film":
        values = values_words(sweep, option, words)
    swept = words("swept", name=sweep.optimizer, values=values)
    if optimizers == 1:
        return swept
    return words("beside swept", optimizers=words.counted("optimizer", optimizers), swept=swept)


def values_words(sweep: Sweep, option: str, words: Words) -> str:
    """Through how many values the `option` is swept, and for which of them it is told."""
    numbers = words.numbers(sweep.values)
    *before, last = (numbers[k] for k in told_of(sweep))
    apart = "; " if any("," in each for each in numbers) else ", "
    return words(
        "swept values",
        values=words.counted("value", len(sweep.values)),
        option=option,
        low=min(sweep.values),
        high=max(sweep.values),
        told=words("last of list", before=apart.join(before), last=last),
    )


def _option(sweep: Sweep, words: Words) -> str:
    """What a swept option is called in pictures."""
    return words("learning rate") if sweep.option == "learning_rate" else sweep.option
