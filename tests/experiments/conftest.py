"""Experiments made so small that they take a second, each run once."""

from functools import cache

import pytest

from animate.networks.experiments import EXPERIMENTS

SMALL = {
    "saddles": {"steps": 1500, "kept": 150, "seeds": (0,)},
    "same_loss": {"runs": 3, "hidden": (8,), "steps": 300, "kept": 20},
    "escape_directions": {"hidden": 2, "samples": 60, "paths": 4, "iterations": 60, "seeds": (0,)},
    "bad_minima": {
        "widths": (2, 8),
        "starts_each": 6,
        "samples": 60,
        "steps": 400,
        "kept": 5,
        "seeds": (0, 1),
    },
    "mode_connectivity": {
        "pairs": 2,
        "hidden": (12, 12),
        "steps": 600,
        "curve_steps": 300,
        "kept": 6,
        "resolution": 9,
    },
    "sharpness": {
        "hidden": (8,),
        "learning_rate": 0.5,
        "target": 0.3,
        "steps": 300,
        "seeds": (0, 1),
        "alphas": (1.0, 3.0),
        "other_rate": 0.25,
    },
    "skip_connections": {
        "depth": 3,
        "width": 8,
        "target": 0.5,
        "resolution": 9,
        "parts": 1,
        "seeds": (0,),
    },
    "width": {
        "widths": (4, 8),
        "depths": (2,),
        "depth_width": 8,
        "depth": 2,
        "target": 0.8,
        "resolution": 9,
        "samples": 100,
        "seeds": (0,),
    },
    "trainability": {"steps": 40, "resolution": 45, "levels": 2, "seeds": (0, 1)},
    "swa": {"hidden": (8,), "begins": 100, "steps": 200, "resolution": 9, "seeds": (0, 1)},
    "hessian_spectrum": {
        "hidden": (3, 2),
        "samples": 60,
        "steps": 60,
        "kept": 6,
        "seeds": (0, 1),
    },
    "segments": {
        "hidden": (6,),
        "samples": 80,
        "batch": 16,
        "steps": 120,
        "change": 40,
        "kept": 5,
        "seeds": (0, 1),
    },
    "wide_and_narrow": {
        "hidden": (6,),
        "batches": (32, 256),
        "learning_rate": 0.3,
        "decay": 0.01,
        "epochs": 20,
        "level": 0.9,
        "kept": 4,
        "seeds": (0, 1),
    },
    "walk": {"hidden": (3,), "samples": 60, "steps": 60, "batch": 8, "seeds": (0, 1)},
    "width_generalises": {
        "widths": (2, 12),
        "samples": 40,
        "steps": 60,
        "kept": 6,
        "seeds": (0, 1),
    },
    "degenerate_skips": {
        "depth": 3,
        "width": 3,
        "samples": 60,
        "steps": 60,
        "kept": 5,
        "seeds": (0, 1),
    },
    "saddle_free": {"hidden": (3,), "samples": 60, "steps": 12, "seeds": (0, 1)},
}


@cache
def small_result(name):
    return EXPERIMENTS[name].make(**SMALL[name])


@pytest.fixture
def small():
    return small_result
