"""What kind each optimizer of optax is: which work anywhere, and which only where there is what
they are about, the layers of a network."""

from collections.abc import Callable, Collection, Mapping

from animate.simulate.libraries import Pytree, jax, optax

ANYWHERE = frozenset(
    {
        "optax.adabelief",
        "optax.adadelta",
        "optax.adagrad",
        "optax.adam",
        "optax.adamax",
        "optax.adamaxw",
        "optax.adamw",
        "optax.adan",
        "optax.amsgrad",
        "optax.lbfgs",
        "optax.lion",
        "optax.nadam",
        "optax.nadamw",
        "optax.noisy_sgd",
        "optax.optimistic_adam",
        "optax.optimistic_adam_v2",
        "optax.optimistic_gradient_descent",
        "optax.polyak_sgd",
        "optax.radam",
        "optax.rmsprop",
        "optax.rprop",
        "optax.sgd",
        "optax.sign_sgd",
        "optax.signum",
        "optax.sm3",
        "optax.yogi",
        "optax.contrib.acprop",
        "optax.contrib.ademamix",
        "optax.contrib.adopt",
        "optax.contrib.cocob",
        "optax.contrib.dadapt_adamw",
        "optax.contrib.dog",
        "optax.contrib.dowg",
        "optax.contrib.madgrad",
        "optax.contrib.momo",
        "optax.contrib.momo_adam",
        "optax.contrib.prodigy",
        "optax.contrib.schedule_free_adamw",
        "optax.contrib.schedule_free_sgd",
        "optax.contrib.simplified_ademamix",
        "optax.contrib.sophia",
    }
)
"""Methods of one vector, or of any arrays: SM3 shares rates along the rows and columns of matrices,
and on a vector each coordinate has its own, as in Adagrad (Anil et al., 2019)."""

BY_LAYERS: Mapping[str, str] = {
    "optax.adafactor": "rmsprop",
    "optax.fromage": "sgd",
    "optax.lamb": "adam",
    "optax.lars": "momentum",
    "optax.novograd": "adam",
}
"""Methods whose step depends on how the parameters are divided into arrays, one a layer, and which
methods they come from, that know no layers."""

BY_MATRICES: Mapping[str, str] = {"optax.contrib.galore": "adam", "optax.contrib.muon": "nadam"}
"""Methods that are about matrices of weights, and what they are on all else."""

REFUSED: Mapping[str, str] = {
    "optax.lookahead": "goes around another optimizer, which a scene cannot hand over; choose one "
    "by itself, such as adam",
    "optax.contrib.dpsgd": "needs the gradient of each example by itself, and is given that of "
    "all; choose optax.noisy_sgd, which adds noise to that",
    "optax.contrib.mechanize": "goes around another optimizer, which a scene cannot hand over; "
    "choose optax.contrib.prodigy, which finds its rate by itself too",
    "optax.contrib.sam": "goes around another optimizer, which a scene cannot hand over; choose "
    "sam",
    "optax.contrib.schedule_free": "goes around another optimizer, which a scene cannot hand over; "
    "choose optax.contrib.schedule_free_sgd or optax.contrib.schedule_free_adamw",
}
"""What cannot run in a scene, and why."""

KERNELS: Mapping[str, str] = {"optax.contrib.muon": "muon_weight_dimension_numbers"}
"""The argument by which a method learns how `matrices_of` makes matrices of kernels."""

RENAMED: Mapping[str, Mapping[str, str]] = {"optax.contrib.sophia": {"obj_fn": "value_fn"}}
"""What some methods call otherwise of what every update is given by name."""


def in_optax(name: str) -> str | None:
    """The full name of optax's method that is called `name`, alone or in another module."""
    last = name.rpartition(".")[2]
    every = (*ANYWHERE, *BY_LAYERS, *BY_MATRICES)
    return min((each for each in every if each.rpartition(".")[2] == last), key=len, default=None)


_TRAIN = "train a network by it (surface: {network: {}}), or choose"


def why_unfit(name: str, shapes: Collection[tuple[int, ...]] | None) -> str | None:
    """Why optax's optimizer of that name would be another method for a network's arrays of those
    `shapes`, or with None for the coordinates of a surface, and what to do; None: it is itself."""
    if shapes is None and name in BY_LAYERS:
        return (
            f"{name} treats each layer of a network by itself, and coordinates have no layers; "
            f"{_TRAIN} {BY_LAYERS[name]}, which knows no layers"
        )
    if name not in BY_MATRICES:
        return None
    axes = {len(shape) for shape in shapes or () if 0 not in shape}
    if 2 in axes or (name in KERNELS and max(axes, default=0) > 2):
        return None
    why = f"and coordinates are none; {_TRAIN}" if shapes is None else "and here are none; choose"
    return (
        f"{name} is about matrices of weights, {why} {BY_MATRICES[name]}, which it is on all else"
    )


def matrices_of(filters: int) -> Callable[[Pytree], Pytree]:
    """For Muon's `muon_weight_dimension_numbers`: which axes of each array make a matrix.

    A matrix is taken as it is; an array with nothing in it is none. Of a kernel with more axes the
    one that counts the outputs, `filters`, is one side, and all others together are the other
    (Jordan, 2024).
    """
    numbers = optax.contrib.MuonDimensionNumbers

    def of(leaf):
        if leaf.ndim < 2 or not leaf.size:
            return None
        if leaf.ndim == 2:
            return numbers()
        output = filters % leaf.ndim
        return numbers(tuple(axis for axis in range(leaf.ndim) if axis != output), output)

    return lambda parameters: jax.tree.map(of, parameters)
