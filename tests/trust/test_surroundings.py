"""The user's own settings of matplotlib and of JAX change no byte."""

import hashlib
from pathlib import Path

import matplotlib as mpl
import pytest

import animate

SCENE = """
title: 'Beale $x_1$ −1'
surface: beale
optimizers: [{name: sgd, learning_rate: 0.01}, {name: adam, learning_rate: 0.1}]
steps: 20
panels: [contour, loss, relief, formula]
style: {size: [960, 300]}
timing: {seconds: 0.3, hold: 0, fps: 10}
"""
SETTINGS = [
    {"text.usetex": True},
    {"font.size": 30, "axes.titlesize": 33, "xtick.labelsize": 20, "axes.labelpad": 50},
    {"font.family": ["serif"], "mathtext.default": "rm", "text.parse_math": False},
    {"lines.linewidth": 9, "lines.marker": "x", "lines.dash_capstyle": "round"},
    {"lines.solid_capstyle": "butt", "lines.antialiased": False, "hatch.linewidth": 9},
    {"text.antialiased": False},
    {"patch.antialiased": False},
    {"path.sketch": (1, 100, 2)},
    {"path.snap": False, "agg.path.chunksize": 10},
    {"text.hinting": "none"},
    {"image.interpolation": "nearest", "image.resample": False, "image.origin": "lower"},
    {"image.composite_image": False, "image.cmap": "jet"},
    {"axes.formatter.use_locale": True, "axes.formatter.useoffset": False},
    {"axes.formatter.limits": [-1, 1], "axes.autolimit_mode": "round_numbers"},
    {"svg.hashsalt": "zzz", "svg.fonttype": "path", "svg.image_inline": False},
    {"pdf.fonttype": 3, "pdf.compression": 0},
    {"savefig.bbox": "tight", "savefig.transparent": True, "savefig.facecolor": "green"},
    {"savefig.dpi": 30, "figure.dpi": 33},
    {"figure.constrained_layout.use": True},
    {"axes.grid": True, "axes.facecolor": "red", "axes.spines.left": False},
    {"xtick.direction": "in", "xtick.minor.visible": True, "xtick.top": True},
    {"contour.negative_linestyle": "dotted", "contour.algorithm": "mpl2005"},
    {"axes.prop_cycle": mpl.cycler(color=["r"]), "axes.axisbelow": False, "axes.xmargin": 0.4},
]
ENDINGS = ("gif", "png", "svg", "pdf")


def rendered(folder: Path) -> list[str]:
    """The hash of the scene in every format."""
    targets = [folder / f"a.{ending}" for ending in ENDINGS]
    animate.render(folder / "a.yaml", *targets)
    return [hashlib.sha256(target.read_bytes()).hexdigest() for target in targets]


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    folder = tmp_path_factory.mktemp("usual")
    (folder / "a.yaml").write_text(SCENE)
    return folder, rendered(folder)


@pytest.mark.parametrize("settings", SETTINGS, ids=lambda each: next(iter(each)))
def test_matplotlibs_settings_change_no_byte(usual, settings):
    folder, before = usual
    with mpl.rc_context(settings):
        assert dict(zip(ENDINGS, rendered(folder), strict=True)) == dict(
            zip(ENDINGS, before, strict=True)
        )
