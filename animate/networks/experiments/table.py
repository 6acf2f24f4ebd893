"""The table of experiments and of their panels, and how an experiment is run and shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_type_hints

from animate.figure import Panel
from animate.networks.cache import cached, key_of
from animate.networks.experiments import (
    EXPERIMENTS,
    bad_minima,
    degenerate_skips,
    escape_directions,
    hessian_spectrum,
    mode_connectivity,
    saddle_free,
    saddles,
    same_loss,
    segments,
    sharpness,
    skip_connections,
    swa,
    trainability,
    walk,
    wide_and_narrow,
    width,
    width_generalises,
)
from animate.networks.experiments.cut import Cut
from animate.networks.experiments.cut_relief import CutRelief
from animate.networks.experiments.generalization import Generalization
from animate.networks.experiments.interpolation import Interpolation
from animate.networks.experiments.panels import Finding, OffPlane
from animate.networks.experiments.plane import Plane
from animate.networks.experiments.presentation import Presentation
from animate.networks.experiments.spectral_density import SpectralDensity
from animate.panels import PANELS
from animate.text import Words

_panels: dict[str, type[Panel]] = {
    "cut": Cut,
    "cut_relief": CutRelief,
    "finding": Finding,
    "generalization": Generalization,
    "interpolation": Interpolation,
    "off_plane": OffPlane,
    "plane": Plane,
    "spectral_density": SpectralDensity,
}

for _module in (
    saddles,
    same_loss,
    escape_directions,
    bad_minima,
    mode_connectivity,
    sharpness,
    skip_connections,
    width,
    trainability,
    swa,
    hessian_spectrum,
    walk,
    wide_and_narrow,
    segments,
    width_generalises,
    degenerate_skips,
    saddle_free,
):
    _each = _module.EXPERIMENT
    _offers = _each.offers | {_each.compute.__name__}
    _facts = {"cost": _each.cost, "present": _each.present, "unfit": _each.unfit}
    EXPERIMENTS.add(_each.compute, offers=_offers, **_facts)
    _panels |= _each.panels
for _name in sorted(_panels):
    PANELS.add(_panels[_name], name=_name)


def run_experiment(name: str, options: Mapping[str, object], fresh: bool = False) -> object:
    """The result of the experiment `name`, a frozen dataclass of arrays and plain values.

    It is read from disk where the same experiment was run before with these options, unless it is
    to be run `fresh`. Raises UnknownName, and UsageError as the experiment does.
    """
    entry = EXPERIMENTS[name]
    values = {key: option.default for key, option in entry.options.items()} | dict(options)
    key = key_of(name, values, entry.make)
    kind = get_type_hints(entry.make)["return"]
    return cached(key, kind, lambda: entry.make(**values), fresh=fresh)


def present(
    name: str, options: Mapping[str, object], words: Words, *, fresh: bool = False
) -> Presentation:
    """How the experiment `name` is shown, in the language of `words`.

    Raises as `run_experiment` does.
    """
    return EXPERIMENTS[name].facts["present"](run_experiment(name, options, fresh), words)
