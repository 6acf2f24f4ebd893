"""Which trail of a theme belongs to which method, so that it has one colour in all pictures."""

from collections.abc import Sequence

_OWN = {
    "sgd": 0,
    "momentum": 1,
    "nesterov": 2,
    "adam": 3,
    "rmsprop": 4,
    "gradient_flow": 5,
    "adamax": 6,
    "adagrad": 7,
    "adadelta": 8,
    "newton": 8,
    "saddle_free_newton": 9,
    "nadam": 9,
    "adamw": 6,
    "lion": 7,
    "sam": 2,
    "lbfgs": 4,
    "rprop": 9,
    "amsgrad": 8,
    "perturbed_gradient_descent": 9,
}
"""The number of a method's trail. Of two methods with one number the later one takes another."""

SHADES = 4
"""Methods of one kind that share a hue; more of them would not be told apart by it."""


def trail_numbers(kinds: Sequence[str], count: int) -> list[tuple[int, int]]:
    """For every optimizer the number of its trail, below `count`, and its place among its kind.

    `kinds` are the names of the methods, "" for one without a name. The first of a kind has place
    0 and those after it have the kind's number too, unless there are more than `SHADES`. A method
    whose number is taken, or that has none of its own, takes the first that no other does, as long
    as there is one.

    >>> trail_numbers(["adam", "sgd", "adam", "mine"], 10)
    [(3, 0), (0, 0), (3, 1), (1, 0)]
    """
    known = [kind.removeprefix("optax.") for kind in kinds]
    known = [kind if known.count(kind) <= SHADES else "" for kind in known]
    numbers: dict[str, int] = {}
    for kind in known:
        wanted = _OWN.get(kind)
        if wanted is not None and wanted < count and wanted not in numbers.values():
            numbers.setdefault(kind, wanted)
    found: list[tuple[int, int]] = []
    single = 0
    for place, kind in enumerate(known):
        if kind:
            if kind not in numbers:
                numbers[kind] = _free([*numbers.values()], count, place)
            found.append((numbers[kind], known[:place].count(kind)))
        else:
            number = _free([*numbers.values(), *(n for n, _ in found)], count, single)
            single += 1
            found.append((number, 0))
    return found


def _free(taken: Sequence[int], count: int, place: int) -> int:
    """The first number that is not taken; where all are, they begin again by `place`."""
    return next((number for number in range(count) if number not in taken), place % count)
