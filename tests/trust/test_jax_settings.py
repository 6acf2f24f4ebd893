"""JAX's environment changes no number, whether the program is a command or a library."""

import os
import subprocess
import sys
from pathlib import Path

import jax
import numpy as np
import pytest

import animate

SCENES = {
    "race": """
surface: beale
steps: 20
noise: {std: 1, kind: heavy_tailed}
start: {count: 3}
optimizers:
- {name: sgd, learning_rate: 0.01}
- {name: perturbed_gradient_descent, learning_rate: 0.01}
- {name: adam, learning_rate: {schedule: linear_schedule, init_value: 0.1,
   end_value: 0.0, transition_steps: 20}}
""",
    "network": """
surface: {network: {hidden: [8]}, resolution: 16}
optimizers: [{name: adam, learning_rate: 0.01}]
steps: 20
""",
    "experiment": "experiment: {name: saddles, hidden: 2, steps: 50, kept: 5, seeds: [0]}\n",
}
SETTINGS = [
    {"JAX_DEFAULT_PRNG_IMPL": "rbg"},
    {"JAX_THREEFRY_PARTITIONABLE": "0"},
    {"JAX_ENABLE_X64": "1"},
    {"JAX_DISABLE_JIT": "1"},
    {"JAX_DEFAULT_MATMUL_PRECISION": "bfloat16"},
    {
        "JAX_DEBUG_NANS": "1",
        "JAX_NUMPY_RANK_PROMOTION": "raise",
        "JAX_NUMPY_DTYPE_PROMOTION": "strict",
        "JAX_TRANSFER_GUARD": "disallow",
        "JAX_PLATFORMS": "cpu",
    },
]
TRACE = """
import hashlib, sys, warnings
from pathlib import Path
import animate
warnings.simplefilter("ignore")
for path in sys.argv[1:]:
    paths = animate.trace(path)
    arrays = paths.positions, paths.losses, paths.gradients
    print(hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest())
"""


def run(folder: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command in `folder`, which keeps no result of another one."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JAX_")}
    cache = {name: value for name, value in os.environ.items() if "_CACHE_" in name}
    root = str(Path(__file__).parents[2])
    own = {"ANIMATE_CACHE": str(folder / "results"), "PYTHONPATH": root}
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**kept, **cache, **own, **settings},
        capture_output=True,
        text=True,
    )


def traced(folder: Path, **settings: str) -> dict[str, str]:
    """The hash of the numbers of every scene."""
    for name, text in SCENES.items():
        (folder / f"{name}.yaml").write_text(text)
    found = run(folder, "-c", TRACE, *(f"{name}.yaml" for name in SCENES), **settings)
    assert found.returncode == 0, found.stderr
    return dict(zip(SCENES, found.stdout.split(), strict=True))


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return traced(tmp_path_factory.mktemp("usual"))


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda each: next(iter(each)))
def test_no_number_changes(settings: dict[str, str], usual: dict[str, str], tmp_path: Path) -> None:
    assert traced(tmp_path, **settings) == usual


@pytest.mark.parametrize("platforms", ["cuda", "tpu", "nonsense"])
def test_without_a_processor_a_library_says_so(platforms: str, tmp_path: Path) -> None:
    (tmp_path / "race.yaml").write_text(SCENES["race"])
    program = (
        "import animate, sys\n"
        "try:\n    animate.trace('race.yaml')\n"
        "except animate.errors.AnimateError as error:\n    print(error)\n"
    )
    found = run(tmp_path, "-c", program, JAX_PLATFORMS=platforms)
    assert found.stdout.splitlines() == [
        f"JAX cannot start its processor with JAX_PLATFORMS={platforms}; let cpu be one of the "
        "platforms, or leave it out"
    ]


def test_the_command_line_needs_none_of_jaxs_settings(tmp_path: Path) -> None:
    (tmp_path / "race.yaml").write_text(SCENES["race"])
    texts = set()
    for settings in (
        {},
        {"XLA_FLAGS": "--nope"},
        {"JAX_PLATFORMS": "cuda", "JAX_RANDOM_SEED_OFFSET": "5", "JAX_ENABLE_X64": "perhaps"},
    ):
        found = run(tmp_path, "-m", "animate", "trace", "race.yaml", "-o", "a.csv", **settings)
        assert (found.returncode, found.stderr) == (0, "")
        texts.add((tmp_path / "a.csv").read_bytes())
    assert len(texts) == 1


def test_the_importing_programs_settings_change_nothing_and_stay(tmp_path: Path) -> None:
    (tmp_path / "race.yaml").write_text(SCENES["race"])
    before = animate.trace(tmp_path / "race.yaml").positions
    with jax.default_prng_impl("rbg"), jax.enable_x64(True), jax.disable_jit():
        found = animate.trace(tmp_path / "race.yaml").positions
        np.testing.assert_array_equal(found, before)
        assert jax.config.jax_default_prng_impl == "rbg"
        assert jax.config.jax_enable_x64
