"""What all tests share: compiled code is kept, and annotations of shapes are checked.

What JAX has compiled is kept from one run of the tests to the next, in one cache in the user's
cache folder for the workers of a run and the processes that tests start.
"""

import os

from jaxtyping import install_import_hook
from platformdirs import user_cache_path

CHECKED = (
    "animate.figure.paths",
    "animate.networks",
    "animate.panels.relief.raytrace",
    "animate.simulate",
    "animate.surfaces",
)
"""Packages whose functions check shapes and types of what they are given and what they return."""

os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(user_cache_path("animate") / "tests"))
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")

# An int is a float to Python's own type checkers, so it is one here.
install_import_hook(CHECKED, "beartype.beartype(conf=beartype.BeartypeConf(is_pep484_tower=True))")
