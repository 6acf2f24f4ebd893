"""Claim 8's other half: what wide networks that fit false labels get right elsewhere."""

from collections.abc import Iterator
from types import SimpleNamespace

import numpy as np

from benchmarks.claims.plain import Net, digits
from benchmarks.claims.row import Row, over

_HELD_OUT = 1000


def width_generalises(kept: SimpleNamespace) -> Iterator[Row]:
    """Losses and accuracies by hand of the networks at the end, by width and by labels."""
    seeds, n = f"{len(kept.seeds)}", kept.targets.shape[-1]
    drawn = [digits(n + _HELD_OUT, _HELD_OUT / (n + _HELD_OUT), seed) for seed in kept.seeds]
    for (examples, _), labels in zip(drawn, kept.targets[1], strict=True):
        np.testing.assert_array_equal(examples[1], labels)
    wrong = kept.targets[0] != kept.targets[1]
    yield Row("share of false labels", seeds, over(wrong.mean(axis=1)), (0.195, 0.205))
    nets = [Net((64, width, 10), "relu") for width in kept.widths]
    places = np.cumsum([net.parameters for net in nets])[:-1]
    weights = np.split(kept.weights, places, axis=-1)
    asked = {2: (0.42, 1.2), 8: (0.54, None), 32: (0.65, None), 512: (0.63, 0.0002)}
    why = "other examples, weights and optimizer than in the trial that was asked"
    right = np.zeros((2, len(nets), len(drawn)))
    for k, (net, width) in enumerate(zip(nets, kept.widths, strict=True)):
        held, loss = asked.get(int(width), (None, None))
        for kind, name in enumerate(("false", "true")):
            losses = [
                net.loss(vector, (examples[0], labels))
                for vector, (examples, _), labels in zip(
                    weights[k][kind], drawn, kept.targets[kind], strict=True
                )
            ]
            right[kind, k] = [
                net.accuracy(vector, others)
                for vector, (_, others) in zip(weights[k][kind], drawn, strict=True)
            ]
            told = [None if kind or each is None else (each, each) for each in (loss, held)]
            for what, values, each in zip(
                ("training loss", "held-out accuracy"), (losses, right[kind, k]), told, strict=True
            ):
                title = f"{what}, {width} units, {name} labels"
                yield Row(title, seeds, over(values), each, why if each else "")
    learned = [
        net.accuracy(vector, (examples[0][each], labels[each]))
        for net, vectors in zip(nets[-1:], weights[-1:], strict=True)
        for vector, (examples, _), labels, each in zip(
            vectors[0], drawn, kept.targets[0], wrong, strict=True
        )
    ]
    yield Row("share of its false labels that the widest network gives", seeds, over(learned))
    best = right[0, :-1].mean(axis=1).argmax()
    lower = int((right[0, -1] < right[0, best]).sum())
    yield Row("seeds in which the widest is worse than the best other width", seeds, (lower, lower))
    apart = np.abs(right - kept.accuracies[..., -1]).max()
    yield Row(
        "largest difference of an accuracy from the program's", seeds, (apart, apart), (0, 1e-6)
    )
