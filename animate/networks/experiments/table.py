"""The table of experiments, and how one is run: from disk where it was run before."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_type_hints

from animate import networks
from animate.networks.cache import cached, key_of
from animate.networks.experiments import slices, work
from animate.networks.experiments.bad_minima import bad_minima
from animate.networks.experiments.escape_directions import escape_directions
from animate.networks.experiments.mode_connectivity import mode_connectivity
from animate.networks.experiments.saddles import saddles
from animate.networks.experiments.same_loss import same_loss
from animate.networks.experiments.sharpness import sharpness
from animate.networks.experiments.skip_connections import skip_connections
from animate.networks.experiments.swa import swa
from animate.networks.experiments.trainability import trainability
from animate.networks.experiments.width import width
from animate.registry import Registry

EXPERIMENTS = Registry("experiment")
for _claim, _work in (
    (saddles, work.saddles),
    (same_loss, work.same_loss),
    (escape_directions, work.escape_directions),
    (bad_minima, work.bad_minima),
    (mode_connectivity, work.mode_connectivity),
    (sharpness, work.sharpness),
    (skip_connections, work.skip_connections),
    (width, work.width),
    (trainability, work.trainability),
    (swa, work.swa),
):
    EXPERIMENTS.add(_claim, work=_work, offers=frozenset({_claim.__name__}))

PACKAGES = ("numpy", "jax", "jaxlib", "optax", "equinox", "scikit-learn")


def run_experiment(name: str, options: Mapping[str, Any]) -> Any:
    """The result of the experiment `name`, a frozen dataclass of arrays and facts.

    It is kept on disk under its options, the source of the experiments and networks, and the
    versions of the libraries. Raises UnknownName, and UsageError as the experiment does.
    """
    entry = EXPERIMENTS[name]
    values = {key: option.default for key, option in entry.options.items()} | dict(options)
    key = key_of(name, values, sources(entry.make), PACKAGES)
    return cached(key, get_type_hints(entry.make)["return"], lambda: entry.make(**values))


def sources(make: Callable[..., Any]) -> list[Path]:
    """Every file whose change may change what `make` computes."""
    shared = [Path(str(networks.__file__)).parent, Path(slices.__file__)]
    files = [*shared[0].glob("*.py"), shared[1], Path(inspect.getfile(make))]
    return sorted(set(files))
