"""How the experiment wide_and_narrow is shown."""

import numpy as np

from animate.networks.experiments.presentation import Presentation, in_how_many, trajectories_of
from animate.networks.experiments.wide_and_narrow.compute import WideAndNarrow
from animate.text import Words


def present(result: WideAndNarrow, words: Words) -> Presentation:
    """The line through both ends, without weight decay and with it, epoch by epoch."""
    names = (words("without weight decay"), words("weight decay", decay=result.decay))
    highest = result.films[:, 0, :, (result.t >= 0) & (result.t <= 1)].max(axis=0)
    return Presentation(
        title=words("wide_and_narrow title"),
        result=result,
        trajectories=trajectories_of(names, result.epochs, highest),
        panels=(
            ({"batch_line": {"of": "plain"}}, {"batch_line": {"of": "decayed"}}),
            ("finding",),
        ),
        finding=_finding(result, words),
        clock=words("epoch"),
    )


def _finding(result: WideAndNarrow, words: Words) -> str:
    """In how many seeds which valley is wider, and in which the held-out loss is lower."""
    plain, decayed = result.widths
    wider, narrower = plain[0] > plain[1], decayed[0] < decayed[1]
    better = _differences(result.widths) * _differences(_at_ends(result)) < 0
    return words(
        "wide_and_narrow finding",
        few=int(result.batches[0]),
        wider=in_how_many(words, int(wider.sum()), len(wider)),
        decay=result.decay,
        swapped=in_how_many(words, int((wider & narrower).sum()), len(wider)),
        better=in_how_many(words, int(better[0].sum()), len(wider)),
        better_decayed=in_how_many(words, int(better[1].sum()), len(wider)),
    )


def _at_ends(result: WideAndNarrow) -> np.ndarray:
    """The held-out loss at the ends, [decay, batch, seed]."""
    ends = [int(np.abs(result.t - end).argmin()) for end in (0.0, 1.0)]
    return np.moveaxis(result.held_out[..., ends], -1, 1)


def _differences(values: np.ndarray) -> np.ndarray:
    """Those of the small batches minus those of the large, [decay, seed], of `values`
    [decay, batch, seed]."""
    return values[:, 0] - values[:, 1]
