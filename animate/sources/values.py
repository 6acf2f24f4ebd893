"""The values of a sweep, and the learning rates, as a picture shows them."""

from collections.abc import Sequence

from animate.figure.facets import Values
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
    """What the legend calls the optimizers; what a swept one became, by its values."""
    names = [*scene.full_names()]
    sweep = scene.sweep
    if sweep is not None:
        option, values = _option(sweep, words), words.numbers(sweep.values)
        for k, value in zip(sweep.copies, values, strict=True):
            names[k] = f"{option} = {value}"
    return tuple(names)


def values_of(
    sweep: Sweep | None, labels: Sequence[str], rates: Sequence[float | None], words: Words
) -> Values | None:
    """The values of a sweep that are seen one at a time, side by side or one after the other."""
    if sweep is None or sweep.layout == "race":
        return None
    swept = [rates[k] for k in sweep.copies]
    of_rates, option = sweep.option == "learning_rate", _option(sweep, words)
    titles = [f"{option} = {each}" for each in words.numbers(sweep.values, 3)]
    if not of_rates and len(set(swept)) > 1:
        titles = [
            f"{title},  η = {words('schedule') if rate is None else words.number(rate)}"
            for title, rate in zip(titles, swept, strict=True)
        ]
    padded = not all(float(value).is_integer() for value in sweep.values)
    return Values(
        layout=sweep.layout,
        option=option,
        optimizer=sweep.optimizer,
        place=sweep.place,
        texts=words.numbers(sweep.values, 3, padded=padded),
        titles=tuple(titles),
        groups=sweep.groups(len(labels)),
        before=tuple(sweep.before(k) for k in range(len(labels))),
    )


def _option(sweep: Sweep, words: Words) -> str:
    """What a swept option is called in pictures."""
    return words("learning rate") if sweep.option == "learning_rate" else sweep.option
