"""Three small networks on moons, as files and as scenes that compare them."""

import numpy as np

from animate.networks.checkpoints import shapes_of
from animate.networks.data import moons
from animate.networks.network import initial_weights

DATA = moons(samples=120, test=0.3)
SURFACE = (
    "surface: {network: {hidden: [6, 6], activation: tanh}, "
    "data: {name: moons, samples: 120, test: 0.3}, resolution: 5}\n"
)
PROBLEM, STARTS = initial_weights(DATA, [0, 1, 2], hidden=(6, 6), activation="tanh")


def save(file, vector):
    arrays, place = {}, 0
    for name, shape in shapes_of(PROBLEM).items():
        size = int(np.prod(shape))
        arrays[name] = vector[place : place + size].reshape(shape)
        place += size
    np.savez(file, **arrays)
