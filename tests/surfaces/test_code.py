"""Surfaces from a module: where it is looked for, what is tried, and what is said when it fails."""

import sys

import jax
import numpy as np
import pytest

from animate.errors import UsageError
from animate.surfaces.code import load_function, source_files

WINDOW = ((-1.0, 1.0), (-1.0, 1.0))


def load(folder, reference, **files):
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return load_function(reference, folder=folder, window=WINDOW, start=(0.5, 0.5))


def refused(folder, reference, **files):
    with pytest.raises(UsageError) as caught:
        load(folder, reference, **files)
    return str(caught.value)


def test_a_function_becomes_a_surface(tmp_path):
    surface = load(
        tmp_path,
        "losses:cliff",
        losses="import jax.numpy as jnp\nfrom helper import scale\n"
        "def cliff(x, y):\n    return scale * jnp.tanh(x) + y**2\n",
        helper="scale = 3.0",
    )
    with jax.enable_x64(True):
        assert float(surface.function(np.float64(1), np.float64(2))) == 3 * np.tanh(1) + 4
    assert (surface.name, surface.window, surface.start) == ("cliff", WINDOW, (0.5, 0.5))


def test_each_folder_has_its_own_modules_and_leaves_none_behind(tmp_path):
    before, path = dict(sys.modules), list(sys.path)
    for number in (1, 2):
        folder = tmp_path / str(number)
        folder.mkdir()
        surface = load(
            folder,
            "losses:f",
            losses="from helper import k\ndef f(x, y): return k * (x + y)",
            helper=f"k = {number}.0",
        )
        assert float(surface.function(np.float32(1), np.float32(1))) == 2 * number
    assert sys.path == path
    assert not {"losses", "helper"} & (set(sys.modules) - set(before))


def test_a_file_of_the_folder_goes_before_a_loaded_module_of_that_name(tmp_path):
    import string

    surface = load(tmp_path, "string:f", string="def f(x, y): return x - y")
    assert surface.name == "f"
    assert sys.modules["string"] is string


def test_an_installed_module_and_a_package_beside_the_scene_are_found(tmp_path):
    assert load(tmp_path, "jax.numpy:hypot").name == "hypot"
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "part.py").write_text("def f(x, y): return x * y")
    assert load(tmp_path, "pack.part:f").name == "f"


def written(folder, **files):
    for name, text in files.items():
        file = folder / f"{name.replace('__', '/')}.py"
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(text)


def test_what_is_imported_from_folders_without_an_init_file_counts(tmp_path):
    written(
        tmp_path,
        top="from models.deep.net import f\nimport models.other",
        models__deep__net="from models.scale import k\ndef f(x, y): return k * (x + y)",
        models__scale="k = 2.0",
        models__other="",
        models__unused="",
    )
    assert load(tmp_path, "top:f").name == "f"
    names = ["top", "models/deep/net", "models/scale", "models/other"]
    assert source_files("top:f", tmp_path) == sorted(tmp_path / f"{name}.py" for name in names)
    assert not [name for name in sys.modules if name.partition(".")[0] == "models"]


def test_a_folder_of_files_may_have_the_name_of_a_library(tmp_path):
    (tmp_path / "jax").mkdir()
    before = dict(sys.modules)
    written(
        tmp_path,
        mine="import jax.experimental.jet\nimport jax.numpy as jnp\n"
        "def f(x, y): return jnp.hypot(x, y)",
    )
    assert load(tmp_path, "mine:f").name == "f"
    assert source_files("mine:f", tmp_path) == [tmp_path / "mine.py"]
    assert sys.modules["jax"] is before["jax"]
    assert "jax.experimental.jet" in sys.modules


BAD = """
import numpy as np
three = 3.0
def cliff(x, y): return x
def branching(x, y): return x if x > y else y
def whole(x, y): return (x + y).sum()
def integer(x, y): return (x > y) + 1
def plain(x, y): return 1.0
def nothing(x, y): pass
"""


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("bad", "python must be 'module:function', got 'bad'"),
        ("bad:", "python must be 'module:function', got 'bad:'"),
        ("../bad:f", "python must be 'module:function', got '../bad:f'"),
        ("bad:clif", "bad has no function named 'clif'. Did you mean 'cliff'?"),
        ("bad:three", "bad:three is not a function but a float"),
        (
            "bad:nothing",
            "bad:nothing must give one real loss a point: for x and y of shape [] "
            "it gave a NoneType",
        ),
        (
            "bad:plain",
            "bad:plain must give one real loss a point: for x and y of shape [2, 3] "
            "it gave float64 of shape []",
        ),
        (
            "bad:whole",
            "bad:whole must give one real loss a point: for x and y of shape [2, 3] "
            "it gave float64 of shape []",
        ),
        (
            "bad:integer",
            "bad:integer must give one real loss a point: for x and y of shape [] "
            "it gave int64 of shape []",
        ),
    ],
)
def test_what_is_no_surface_is_refused(tmp_path, reference, sentence):
    assert refused(tmp_path, reference, bad=BAD) == sentence


def test_a_function_that_jax_cannot_trace_is_refused_with_a_remedy(tmp_path):
    sentence = refused(tmp_path, "bad:branching", bad=BAD)
    assert sentence.startswith(
        "bad:branching cannot be traced by JAX (write it with jax.numpy, without branching on "
        "values): TracerBoolConversionError: "
    )
    assert "\n" not in sentence


UNDERIVED = """
import jax
import jax.numpy as jnp

def loop(x, y):
    return jax.lax.while_loop(lambda z: jnp.any(z > 1), lambda z: z / 2, x**2 + y**2)

@jax.custom_vjp
def own(x, y):
    return x**2 + y**2

own.defvjp(lambda x, y: (own(x, y), (x, y)), lambda at, z: (2 * z * at[0], 2 * z * at[1]))
"""


def test_a_function_without_a_gradient_is_refused_and_one_with_its_own_is_not(tmp_path):
    assert refused(tmp_path, "under:loop", under=UNDERIVED).startswith(
        "under:loop can be traced by JAX, but not its gradient (write it with jax.numpy, without "
        "callbacks): ValueError: Reverse-mode differentiation does not work for lax.while_loop"
    )
    assert load(tmp_path, "under:own").name == "own"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import nothing_like_this", "ModuleNotFoundError: No module named 'nothing_like_this'"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("def f(:", "SyntaxError: invalid syntax (bad.py, line 1)"),
        ("import sys; sys.exit(3)", "SystemExit: 3"),
        ("raise ValueError", "ValueError"),
    ],
)
def test_a_module_that_fails_is_told_in_one_sentence(tmp_path, text, reason):
    assert refused(tmp_path, "bad:f", bad=text) == f"importing bad failed: {reason}"


def test_a_module_that_is_nowhere_is_told_with_its_folder(tmp_path):
    assert refused(tmp_path, "nowhere.deep:f") == (
        f"there is no module named 'nowhere.deep', neither in {str(tmp_path)!r} nor installed"
    )
