"""The colours of minima, which tell where runs end."""

import numpy as np
from jaxtyping import Float

from animate.figure.view import View


def hues(view: View, minima: Float[np.ndarray, "minimum axis"], places: int) -> list[str]:
    """A colour for each of the `minima`, and of the `places` beyond them that have no point.

    Where there are more than colours, each of the others has that whose own minima are farthest
    away, in shares of the window: neighbours differ.
    """
    count = len(view.theme.trails)
    span = np.ptp(np.array(view.terrain.window, float), axis=1)
    chosen = list(range(min(count, places)))
    for k in range(count, places):
        nearest = [np.inf] * count
        if k < len(minima):
            away = np.linalg.norm((minima[:k] - minima[k]) / span, axis=1)
            for number, distance in zip(chosen, away, strict=True):
                nearest[number] = min(nearest[number], float(distance))
        chosen.append(int(np.argmax(nearest)) if k < len(minima) else k % count)
    return [view.theme.trail(number) for number in chosen]
