"""The values of a sweep, as a picture shows them."""

from collections.abc import Sequence

from animate.figure.facets import Values
from animate.scene.sweep import Sweep
from animate.text import Words


def values_of(
    sweep: Sweep | None, labels: Sequence[str], rates: Sequence[float | None], words: Words
) -> Values | None:
    """The values of a sweep that are seen one at a time, side by side or one after the other."""
    if sweep is None or sweep.layout == "race":
        return None
    swept = [rates[k] for k in sweep.copies]
    of_rates = sweep.option == "learning_rate"
    option = words("learning rate") if of_rates else sweep.option
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
