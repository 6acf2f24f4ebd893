"""Multilayer perceptrons as Equinox modules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import equinox as eqx
import jax
import jax.numpy as jnp
import numpy as np

from animate.errors import UsageError
from animate.networks.data import Data
from animate.networks.problem import Batch, Parameters, Problem
from animate.registry import hint

ACTIVATIONS: dict[str, Callable[[jax.Array], jax.Array]] = {
    "relu": jax.nn.relu,
    "tanh": jnp.tanh,
    "gelu": jax.nn.gelu,
    "silu": jax.nn.silu,
    "softplus": jax.nn.softplus,
    "elu": jax.nn.elu,
}
Examples = jax.Array | np.ndarray

# The variance of a weight times its fan-in: He et al. 2015, LeCun et al. 1998. Glorot & Bengio 2010
# divide by the mean of fan-in and fan-out instead.
GAINS = {"he": 2.0, "lecun": 1.0, "glorot": 1.0}


class Layer(eqx.Module):
    """x ↦ W x + b with W [outputs, inputs] and b [outputs]; `x` is [examples, inputs]."""

    weight: jax.Array
    bias: jax.Array

    def __call__(self, x: Examples) -> jax.Array:
        return jnp.matmul(x, self.weight.T) + self.bias


class Mlp(eqx.Module):
    """Layers h ← σ(W h + b), or h ← s h + σ(W h + b) where `residual` and the widths agree, with s
    the `skip`; the last layer is linear."""

    layers: list[Layer]
    activation: Callable[[jax.Array], jax.Array] = eqx.field(static=True)
    residual: bool = eqx.field(static=True)
    skip: float = eqx.field(static=True, default=1.0)

    def __call__(self, x: Examples) -> jax.Array:
        for layer in self.layers[:-1]:
            new = self.activation(layer(x))
            x = self.skip * x + new if self.residual and new.shape == x.shape else new
        return self.layers[-1](x)


def mlp(
    sizes: Sequence[int],
    key: jax.Array,
    *,
    activation: str = "relu",
    residual: bool = False,
    init: str = "he",
    branch: float = 1.0,
    skip: float = 1.0,
) -> Mlp:
    """A network from `sizes[0]` inputs to `sizes[-1]` outputs, biases 0, weights normal.

    `branch` multiplies the weights between equally wide layers, which are the branches that a
    residual network adds, and `skip` what they are added to. Raises UsageError for an unknown
    `activation` or `init`.
    """
    for kind, name, known in (("activation", activation, ACTIVATIONS), ("init", init, GAINS)):
        if name not in known:
            raise UsageError(f"{kind}: there is no {name!r}.{hint(name, list(known))}")
    layers = []
    keys = jax.random.split(key, len(sizes) - 1)
    for index, (fan_in, fan_out) in enumerate(pairwise(sizes)):
        fan = (fan_in + fan_out) / 2 if init == "glorot" else fan_in
        inner = 0 < index < len(sizes) - 2 and fan_in == fan_out
        scale = np.sqrt(GAINS[init] / fan) * (branch if inner else 1.0)
        # In NumPy: JAX would compile every one of these operations for every shape.
        noise = np.asarray(jax.random.normal(keys[index], (fan_out, fan_in)))
        bias = jnp.asarray(np.zeros(fan_out, noise.dtype))
        layers.append(Layer(jnp.asarray(noise.dtype.type(scale) * noise), bias))
    return Mlp(layers, ACTIVATIONS[activation], residual, skip)


def cross_entropy(logits: jax.Array, targets: Examples) -> jax.Array:
    """The mean of −log softmax(logits)[target] over the examples."""
    chosen = jnp.take_along_axis(jax.nn.log_softmax(logits), targets[:, None], axis=1)
    return -jnp.mean(chosen)


def classifier(model: eqx.Module, data: Data) -> Problem:
    """The `Problem` of a module that maps inputs [n, features] to logits [n, classes]."""
    parameters, static = eqx.partition(model, eqx.is_inexact_array)

    def logits(parameters: Parameters, batch: Batch) -> jax.Array:
        return eqx.combine(parameters, static)(batch[0])

    def loss(parameters: Parameters, batch: Batch) -> jax.Array:
        return cross_entropy(logits(parameters, batch), batch[1])

    def accuracy(parameters: Parameters, batch: Batch) -> jax.Array:
        return jnp.mean(jnp.argmax(logits(parameters, batch), axis=1) == batch[1])

    test = data.held_out if len(data.test_targets) else None
    return Problem(loss, parameters, data.train, test, accuracy)
