"""What every peer draws: Beale's function, five optimizers, 120 frames at 20 a second, 640×480."""

import os
import sys
from pathlib import Path

import numpy as np

LOW, HIGH = -4.5, 4.5
FRAMES, FPS = int(os.environ.get("FRAMES", "120")), 20
SIZE = {"figsize": (6.4, 4.8), "dpi": 100}
COLORS = {
    "sgd": "#e41a1c",
    "momentum": "#ffffff",
    "nesterov": "#ff7f00",
    "rmsprop": "#f781bf",
    "adam": "#a6ff4d",
}
START, MINIMUM = np.array([1.0, 1.5]), np.array([3.0, 0.5])


def target(default: str) -> Path:
    """The file to write: the first argument, else `default`."""
    return Path(sys.argv[1] if len(sys.argv) > 1 else default)


def beale(x, y):
    """Beale (1958)."""
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3
    return a**2 + b**2 + c**2


def gradient(place):
    """By hand, as one would without automatic differentiation."""
    x, y = place
    a, b, c = 1.5 - x + x * y, 2.25 - x + x * y**2, 2.625 - x + x * y**3
    along_x = 2 * (a * (y - 1) + b * (y**2 - 1) + c * (y**3 - 1))
    along_y = 2 * (a * x + 2 * b * x * y + 3 * c * x * y**2)
    return np.array([along_x, along_y])


def path(name: str) -> np.ndarray:
    """The places of one optimizer, [FRAMES, 2]."""
    place, memory, squares = START.copy(), np.zeros(2), np.zeros(2)
    places = [place]
    for t in range(1, FRAMES):
        slope = gradient(place + 0.9 * memory if name == "nesterov" else place)
        if name == "sgd":
            step = -0.01 * slope
        elif name in ("momentum", "nesterov"):
            memory = 0.9 * memory - 0.003 * slope
            step = memory
        elif name == "rmsprop":
            squares = 0.9 * squares + 0.1 * slope**2
            step = -0.05 * slope / (np.sqrt(squares) + 1e-8)
        else:
            memory = 0.9 * memory + 0.1 * slope
            squares = 0.999 * squares + 0.001 * slope**2
            step = -0.1 * (memory / (1 - 0.9**t)) / (np.sqrt(squares / (1 - 0.999**t)) + 1e-8)
        place = place + step
        places.append(place)
    return np.array(places)


def paths() -> dict[str, np.ndarray]:
    """Every optimizer's places."""
    return {name: path(name) for name in COLORS}


def surface(count: int):
    """x, y and Beale's function there, [count, count] each."""
    axis = np.linspace(LOW, HIGH, count)
    x, y = np.meshgrid(axis, axis)
    return x, y, np.maximum(beale(x, y), 1e-2)


def levels(z) -> np.ndarray:
    """Sixty heights, evenly spread on a logarithmic scale."""
    return np.geomspace(1e-2, z.max(), 60)
