"""A surface that is a function or an array of Python."""

from functools import partial
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import animate
from animate.errors import SceneError
from tests.api.refused import SGD, refusal

WINDOW = [[-2, 2], [-1, 1]]


def bowl(x, y):
    return x**2 + 10 * y**2


def called_back(x, y):
    shape = jax.ShapeDtypeStruct(jnp.shape(x), jnp.result_type(x))
    return jax.pure_callback(lambda x, y: x**2 + y**2, shape, x, y)


def test_a_function_is_a_surface():
    surface = {"python": bowl, "window": WINDOW}
    made = animate.scene(surface=surface, optimizers=[SGD], start=[1.5, 0.5], steps=4)
    paths = made.trace()
    place = np.array([1.5, 0.5])
    for k in range(5):
        np.testing.assert_allclose(paths.positions[0, 0, k], place, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(paths.losses[0, 0, k], bowl(*place), rtol=1e-12, atol=1e-15)
        place = place - 0.05 * np.array([2, 20]) * place
    assert made.describe().startswith("Bowl: SGD from (1.5, 0.5), 4 steps.")
    line = animate.scene(
        surface={"python": jnp.abs, "window": [-2, 2]}, optimizers=[SGD], start=1.0, steps=2
    )
    np.testing.assert_allclose(line.trace().positions[0, 0, :, 0], [1, 0.95, 0.9])


def test_its_text_is_no_scene_and_says_why():
    made = animate.scene(surface={"python": bowl, "window": WINDOW}, optimizers=[SGD])
    assert made.to_yaml().startswith(
        "# The surface was a function of Python, 'bowl', which no text"
    )
    with pytest.raises(SceneError, match="surface: must have exactly one of the keys name"):
        animate.read(made.to_yaml())
    nameless = animate.scene(
        surface={"python": lambda x: x**2, "window": [-1, 1]}, optimizers=[SGD]
    )
    assert "a function of Python, without a name, which" in nameless.to_yaml()


class Bowl:
    """A function whose name is whatever it is given."""

    def __call__(self, x, y):
        return bowl(x, y)


@pytest.mark.parametrize("name", [None, 5, "", " ", "a\nb", "\x1b[31m", "\ud800", "$\\frac$"])
def test_a_function_whose_name_cannot_be_drawn_has_that_of_a_lambda(name):
    function = Bowl()
    function.__name__ = name
    made = animate.scene(surface={"python": function, "window": WINDOW}, optimizers=[SGD])
    assert repr(made).startswith("<animate.Scene: surface a function, optimizers sgd\n")
    assert made.describe().startswith("Function: SGD from (")
    assert "a function of Python, without a name, which" in made.to_yaml()


def test_what_is_held_says_what_its_surface_is():
    def told(surface):
        made = animate.scene(surface=surface, optimizers=[SGD])
        return repr(made).partition(",")[0].removeprefix("<animate.Scene: surface ")

    assert told({"python": bowl, "window": WINDOW}) == "bowl"
    assert told({"python": partial(bowl), "window": WINDOW}) == "a function"
    assert told({"grid": np.eye(5), "window": WINDOW}) == "an array"


def test_an_array_is_a_surface(tmp_path):
    x, y = np.linspace(-2, 2, 41), np.linspace(-1, 1, 21)
    z = bowl(*np.meshgrid(x, y))
    surface = {"grid": z, "window": WINDOW}
    made = animate.scene(surface=surface, optimizers=[SGD], start=[1.5, 0.5], steps=4)
    before = made.trace().losses
    np.testing.assert_allclose(before[0, 0, 0], bowl(1.5, 0.5), rtol=1e-6)
    z[:] = 0
    np.testing.assert_array_equal(made.trace().losses, before)
    np.savez(tmp_path / "grid.npz", x=x, y=y, z=bowl(*np.meshgrid(x, y)))
    (tmp_path / "a.yaml").write_text(
        made.to_yaml().replace("surface:", "surface:\n  grid: grid.npz")
    )
    np.testing.assert_allclose(animate.trace(tmp_path / "a.yaml").losses, before, rtol=1e-12)
    assert made.to_yaml().startswith("# The surface was an array of 21 × 41 numbers, which no text")


def test_there_is_no_surface_where_an_array_is_masked():
    z = np.ma.masked_array(np.outer(np.ones(9), np.arange(9.0)), mask=np.eye(9) > 0)
    surface = {"grid": z, "window": [[0, 8], [0, 8]]}
    made = animate.scene(surface=surface, optimizers=[SGD], start=[4, 4])
    with pytest.raises(
        SceneError, match=r"^start: the loss at the start \[4, 4\] is not a finite number"
    ):
        made.trace()


@pytest.mark.parametrize(
    ("surface", "told"),
    [
        (bowl, "surface: the key 'window' is missing"),
        (np.ones((3, 3)), "surface: the key 'window' is missing"),
        (
            {"python": lambda x: x, "window": WINDOW},
            "surface: function cannot be traced by JAX (write it with jax.numpy, without branching "
            "on values): TypeError: ",
        ),
        (
            {"python": called_back, "window": WINDOW},
            "surface: called_back can be traced by JAX, but not its gradient (write it with "
            "jax.numpy, without callbacks): ValueError: Pure callbacks do not support JVP.",
        ),
        (
            {"python": lambda x, y: jnp.stack([x, y]), "window": WINDOW},
            "surface: function must give one real loss a point: for x and y of shape [] it gave "
            "float64 of shape [2]",
        ),
        (
            {"grid": np.ones(3), "window": WINDOW},
            "surface: must have the shape [ny, nx], each 2 or ",
        ),
        (
            {"grid": np.array(["a"]), "window": WINDOW},
            "surface.grid: must be an array of real numb",
        ),
        (
            {"grid": np.ones((2, 2)) * 1j, "window": WINDOW},
            "surface.grid: must be an array of real",
        ),
        *(
            ({"grid": times, "window": WINDOW}, "surface.grid: must be an array of real numbers")
            for times in (np.ones((3, 3), "datetime64[s]"), np.ones((3, 3), "timedelta64[s]"))
        ),
        (
            {"grid": np.full((3, 3), np.nan), "window": WINDOW},
            "surface: no cell of the grid has a value at all its corners",
        ),
        (
            {"grid": np.ones((1001, 1000)), "window": WINDOW},
            "surface: is too large: a grid has at ",
        ),
        (
            {"grid": np.ones((3, 3)), "window": [0, 1]},
            "surface: the window of an array is two inter",
        ),
        (
            {"python": "os:system", "window": WINDOW},
            "surface.python: this scene runs the code of the module 'os', which can do all that "
            "you can; if you trust it, allow it with allow_code=True",
        ),
        (
            {"grid": Path("/dev/null")},
            "surface.grid: '/dev/null' lies outside of the scene's folder; if you trust the scene, "
            "allow it with allow_outside=True",
        ),
    ],
)
def test_a_surface_that_cannot_be_is_told(surface, told):
    (line,) = refusal(surface=surface)
    assert line.startswith(told)


def test_a_list_of_lists_is_no_grid_in_a_text_nor_here():
    assert refusal(surface={"grid": [[1, 2], [3, 4]], "window": WINDOW}) == [
        "surface.grid: must be text, got a list"
    ]
