"""The values of a sweep, and the learning rates, as a picture shows them."""

from collections.abc import Sequence

from animate.figure.values import Values
from animate.scene.sweep import Sweep
from animate.scene.swept import SweptScene
from animate.text import Words


def told_apart(rates: Sequence[float], words: Words) -> dict[float, str]:
    """How each of `rates` is written, in more digits where two would read equal."""
    plain = {rate: words.number(rate) for rate in rates}
    if len(set(plain.values())) == len(plain):
        return plain
    return dict(zip(plain, words.numbers(plain), strict=True))


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
    sweep: Sweep | None, labels: Sequence[str], rates: Sequence[float | None], words: Words
) -> Values | None:
    """The values of a sweep that are seen one at a time, side by side or one after the other."""
    if sweep is None or sweep.place is None or sweep.layout == "race":
        return None
    swept = [rates[k] for k in sweep.copies]
    of_rates, option = sweep.option == "learning_rate", _option(sweep, words)
    titles = [f"{option} = {each}" for each in _texts(sweep, words)]
    if not of_rates and len(set(swept)) > 1:
        titles = [
            f"{title},  η = {_rate(rate, words)}" for title, rate in zip(titles, swept, strict=True)
        ]
    return Values(
        layout=sweep.layout,
        option=option,
        optimizer=sweep.optimizer,
        place=sweep.place,
        texts=_texts(sweep, words, padded=True),
        titles=tuple(titles),
        groups=sweep.groups(len(labels)),
        before=tuple(sweep.before(k) for k in range(len(labels))),
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
        notes=tuple(_of_all(each, words) for each in zip(*rates, strict=True)),
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


def _option(sweep: Sweep, words: Words) -> str:
    """What a swept option is called in pictures."""
    return words("learning rate") if sweep.option == "learning_rate" else sweep.option
