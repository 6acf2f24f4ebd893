"""Two networks of one's own, in plain JAX: a wide perceptron, and a small convolutional one."""

from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np

from animate.networks import Problem
from animate.networks.data import digits


def _cross_entropy(logits, targets):
    return -jnp.take_along_axis(jax.nn.log_softmax(logits), targets[:, None], axis=1).mean()


def perceptron():
    """1.08 million weights, 1000 examples of noise."""
    generator = np.random.default_rng(0)
    sizes = 64, 1000, 1000, 10
    start = [
        {
            "w": (generator.normal(size=(m, n)) / np.sqrt(m)).astype("float32"),
            "b": np.zeros(n, "float32"),
        }
        for m, n in pairwise(sizes)
    ]
    x = generator.normal(size=(1000, 64)).astype("float32")

    def loss(layers, batch):
        hidden = batch[0]
        for each in layers[:-1]:
            hidden = jax.nn.relu(hidden @ each["w"] + each["b"])
        return _cross_entropy(hidden @ layers[-1]["w"] + layers[-1]["b"], batch[1])

    return Problem(loss, start, data=(x, generator.integers(0, 10, 1000).astype("int32")))


def convolutional():
    """1,898 weights, 1437 digits of 8 × 8 pixels."""
    generator, data = np.random.default_rng(0), digits(samples=1797, test=0.2)
    shapes = {"a": (3, 3, 1, 8), "b": (3, 3, 8, 16), "c": (64, 10)}
    start = {
        name: (generator.normal(size=shape) * np.sqrt(2 / np.prod(shape[:-1]))).astype("float32")
        for name, shape in shapes.items()
    }
    biases = {f"{name}0": np.zeros(shape[-1], "float32") for name, shape in shapes.items()}

    def layer(x, kernel, bias):
        numbers = ("NHWC", "HWIO", "NHWC")
        x = jax.lax.conv_general_dilated(x, kernel, (1, 1), "SAME", dimension_numbers=numbers)
        window = (1, 2, 2, 1)
        return jax.lax.reduce_window(
            jax.nn.relu(x + bias), -jnp.inf, jax.lax.max, window, window, "VALID"
        )

    def loss(p, batch):
        x = layer(batch[0].reshape(-1, 8, 8, 1), p["a"], p["a0"])
        x = layer(x, p["b"], p["b0"]).reshape(len(batch[0]), -1)
        return _cross_entropy(x @ p["c"] + p["c0"], batch[1])

    return Problem(loss, start | biases, data=data.train, test=data.held_out, filters=-1)
