"""Functions are compiled sooner than JAX would, to the same numbers, by any XLA."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from animate.simulate.compiled import compiled


def _path(start, rate, steps):
    def step(_, at):
        return at - rate * jnp.cos(at) * jnp.exp(-at * at)

    return jax.lax.fori_loop(0, steps, step, start)


@pytest.mark.parametrize("steps", [1, 40])
def test_the_numbers_are_those_of_jit(steps):
    start = np.linspace(-2, 2, 33)
    usual, sooner = (how(_path)(start, 0.1, steps) for how in (jax.jit, compiled))
    np.testing.assert_array_equal(sooner, usual)


def test_an_xla_that_does_not_know_the_option_compiles_in_its_own_way(monkeypatch):
    monkeypatch.setattr("animate.simulate.compiled.OLDER_LOOPS", {"xla_no_such_option": False})
    doubled = compiled(lambda x: 2 * x)
    assert [float(doubled(jnp.asarray(k))) for k in (1.0, 2.0)] == [2.0, 4.0]


def test_what_the_function_raises_comes_through():
    def fails(x):
        raise ValueError(f"no value of shape {x.shape}")

    with pytest.raises(ValueError, match=r"no value of shape \(3,\)"):
        compiled(fails)(np.ones(3))
