"""What is said of a network's landscape: its axes, its heights, and what was found."""

from collections.abc import Sequence

import numpy as np

from animate.networks.landscape import Landscape
from animate.networks.plane_files import PlaneFacts
from animate.networks.quantity import LOSS, Metric, Quantity, called, metric_names
from animate.sources.between_words import runs_told, samples_told
from animate.text import Words

_ON_PLANE = 1e-6
"""A path is on the plane within this share of its distance from the start: weights are float32."""
_THROUGH_THE_END = frozenset({"filter_normalized", "random", "hessian"})
"""The planes that go through the end of the first path."""
_STILL = 0.02
"""A head that moves by no more than this share of the window is not seen to move."""


def title_of(quantity: str, words: Words) -> str:
    """The title of a scene that has none of its own, by what its heights are called."""
    return words("network title of", what=quantity) if quantity else words("network title")


def quantity_of(shown: Quantity, words: Words) -> str:
    """What the heights are called; "" for the loss."""
    return "" if shown == LOSS else called(shown, words)


def recorded_quantity(facts: PlaneFacts, words: Words) -> str:
    """What the heights of a file are called; "" for the loss over what is trained on."""
    if (facts.quantity, facts.on) == ("loss", "train"):
        return ""
    known: dict[str, str] = {**metric_names(words)}
    what = known.get(facts.quantity, facts.quantity)
    return words("on held out", what=what) if facts.on == "test" else what


def finding_of(result: Landscape, names: Sequence[str], words: Words) -> str:
    """How much of the paths the plane holds, how far they are from it, what the head of the first
    one is, where it stands still, of which examples the plane is, and where each path ends."""
    told = [_of_plane(result, names, words)]
    if "samples" in result.facts:
        told.append(samples_told(result.facts, words))
    if result.lines is not None and LOSS in result.lines.values:
        told.append(runs_told(result.lines, names, words))
    return " ".join([*told, *ends_of(result, names, words)])


def ends_of(result: Landscape, names: Sequence[str], words: Words) -> list[str]:
    """A sentence on the ends of all paths for each metric that the problem brings."""
    sentences: list[str] = []
    for metric in ("loss", "accuracy", "own"):
        train, test = (result.finals.get(Quantity(metric, on)) for on in ("train", "test"))
        if train is None or (metric == "loss" and test is None):
            continue
        each = [
            _end(
                name, metric, [float(part[k]) for part in (train, test) if part is not None], words
            )
            for k, name in enumerate(names)
        ]
        what, ends = metric_names(words)[metric], "; ".join(each)
        if test is not None:
            sentences.append(words("ends on both", what=what, each=ends))
        else:
            sentences.append(words("ends on train", what=what, each=ends))
    return sentences


def _end(name: str, metric: Metric, values: Sequence[float], words: Words) -> str:
    said = [
        words.percent(value, 1) if metric == "accuracy" else words.number(value, 3)
        for value in values
    ]
    return words("each", name=name, value=" / ".join(said))


def _of_plane(result: Landscape, names: Sequence[str], words: Words) -> str:
    facts, count = result.facts, len(names)
    distance = facts["distance"]
    plane = words.clause(
        "network finding",
        count,
        parameters=facts["parameters"],
        share=words.percent(facts["share"]),
        walk=words.percent(facts["walk_share"]),
        length=words.number(facts["length"], 3),
    )
    if distance <= _ON_PLANE * facts["length"]:
        return words.clause("on the plane", count, plane=plane)
    off = words.number(distance, 3)
    moved = _moved(result)
    if result.plane in _THROUGH_THE_END and moved <= _STILL:
        share = words.percent(moved, 1)
        return words.clause(
            "through the end", count, plane=plane, distance=off, name=names[0], moved=share
        )
    return words.clause("off the plane", count, plane=plane, distance=off)


def _moved(result: Landscape) -> float:
    """How far the first head is from its last place at most, as a share of the window."""
    path = result.positions[0][np.isfinite(result.losses[0])]
    window = np.array([np.ptp(result.x), np.ptp(result.y)])
    return float((np.abs(path - path[-1]) / window).max())


def axes_of(result: Landscape, words: Words) -> tuple[str, str]:
    """What the plane's directions are called, each with its share of the paths' variance."""
    match result.plane:
        case "parameters" if len(result.of) == 2:
            names = [*result.of]
        case "through":
            names = [words("towards the second"), words("towards the third")]
        case "hessian":
            values = (words.number(value, 3) for value in result.eigenvalues)
            names = [words("hessian direction", value=value) for value in values]
        case "pca":
            names = [words("principal component", number=k) for k in (1, 2)]
        case "directions":
            names = [words("own direction", number=k) for k in (1, 2)]
        case "random":
            names = [words("random direction", number=k) for k in (1, 2)]
        case _:
            names = [words("filter normalised direction", number=k) for k in (1, 2)]
    if len(result.of) == 1:
        names = [words("direction in a layer", axis=each, layer=result.of[0]) for each in names]
    if result.plane == "parameters" and result.facts["parameters"] == 2:
        return names[0], names[1]  # all of the variance
    first, second = (
        words("axis of variance", axis=axis, share=words.percent(share))
        for axis, share in zip(names, result.share, strict=True)
    )
    return first, second
