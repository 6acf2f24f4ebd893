"""The looks are measured: distances between colours as seen with and without colour blindness."""

import pickle
import subprocess
import sys
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.ft2font import FT2Font

from animate.theme import THEMES, theme

# Machado, Oliveira and Fernandes (2009), severity 1, on linear sRGB.
VISIONS = {
    "normal": np.eye(3),
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
}
# Linear sRGB to CIE XYZ (IEC 61966-2-1), and on to OKLab as Ottosson (2020) derives it.
XYZ = np.array(
    [
        [0.4123908, 0.3575843, 0.1804808],
        [0.2126390, 0.7151687, 0.0721923],
        [0.0193308, 0.1191948, 0.9505322],
    ]
)
LMS = np.array(
    [
        [0.8189330101, 0.3618667424, -0.1288597137],
        [0.0329845436, 0.9293118715, 0.0361456387],
        [0.0482003018, 0.2643662691, 0.6338517070],
    ]
)
LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)

every_theme = pytest.mark.parametrize("looks", THEMES.values(), ids=list(THEMES))


def linear(colours):
    srgb = np.array([to_rgb(colour) for colour in colours])
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def seen(colours, vision="normal"):
    """OKLab [n, 3] of the colours as somebody of that vision sees them."""
    light = np.clip(linear(colours) @ np.array(VISIONS[vision]).T, 0, 1)
    return np.cbrt(light @ XYZ.T @ LMS.T) @ LAB.T


def distances(some, others, vision="normal"):
    return np.linalg.norm(seen(some, vision)[:, None] - seen(others, vision)[None], axis=-1)


def nearest_pair(colours, vision="normal"):
    return distances(colours, colours, vision)[np.triu_indices(len(colours), 1)].min()


def contrast(one, other):
    """The contrast of two colours, from 1 to 21 (WCAG 2.2)."""
    dark, bright = sorted((linear([one, other]) @ XYZ[1]).tolist())
    return (bright + 0.05) / (dark + 0.05)


def test_the_measure_knows_what_confuses_the_colour_blind():
    tab10 = matplotlib.colormaps["tab10"].colors
    assert nearest_pair(tab10) > 0.1
    assert nearest_pair(tab10, "protanopia") < 0.01


@every_theme
def test_trails_are_apart(looks):
    assert len(looks.trails) >= 10
    assert nearest_pair(looks.trails[:8]) >= 0.135
    assert nearest_pair(looks.trails) >= 0.125


@every_theme
@pytest.mark.parametrize("vision", ["deuteranopia", "protanopia"])
def test_trails_are_apart_for_the_colour_blind(looks, vision):
    assert nearest_pair(looks.trails[:3], vision) >= 0.09
    assert nearest_pair(looks.trails[:8], vision) >= 0.075
    assert nearest_pair(looks.trails, vision) >= 0.06


@every_theme
@pytest.mark.parametrize("vision", VISIONS)
def test_trails_stand_out_from_the_terrain(looks, vision):
    apart = distances(looks.trails, looks.terrain_colours(64), vision).min(axis=1)
    assert apart[:8].min() >= 0.12
    assert apart.min() >= 0.085


@every_theme
@pytest.mark.parametrize("colormap", ["viridis", "magma", "Greys"])
def test_a_trail_or_its_casing_stands_out_from_any_colormap(looks, colormap):
    terrain = looks.with_colormap(colormap).terrain_colours(64)
    trails, casing = (distances(c, terrain) for c in (looks.trails, [looks.casing]))
    assert np.maximum(trails, casing).min() >= 0.13
    assert distances(looks.trails, [looks.casing]).min() >= 0.2


@every_theme
def test_a_trail_has_three_to_one_against_the_terrain_or_the_casing_around_it(looks):
    for colour in looks.trails:
        ground = min(contrast(colour, each) for each in looks.terrain_colours(64))
        assert max(ground, contrast(colour, looks.casing)) >= 3.0, colour


@every_theme
def test_text_is_readable_on_paper(looks):
    for colour in (looks.ink, looks.muted, *looks.arrows.values()):
        assert contrast(colour, looks.paper) >= 4.5, colour


@every_theme
def test_arrows_and_the_minimum_stand_out(looks):
    assert set(looks.arrows) == {"gradient", "momentum", "update", "lookahead"}
    arrows = list(looks.arrows.values())
    assert nearest_pair(arrows) >= 0.12
    assert distances(arrows, looks.trails[:3]).min() >= 0.12
    assert distances(arrows, looks.trails).min() >= 0.05
    assert distances([*arrows, looks.minimum], looks.terrain_colours(64)).min() >= 0.2


@every_theme
def test_the_terrain_is_calm_and_its_lightness_climbs_evenly(looks):
    lab = seen(looks.terrain_colours(33))
    steps = np.diff(lab[:, 0])
    assert steps.min() > 0
    assert steps.max() / steps.min() < 1.6
    assert np.hypot(lab[:, 1], lab[:, 2]).max() <= 0.075


def test_paper_tells_trails_apart_without_colour():
    looks = THEMES["paper"]
    assert len(looks.dashes) == len(looks.trails)
    lightness = np.cbrt(linear(looks.trails) @ XYZ[1])
    for i, j in combinations(range(len(looks.trails)), 2):
        if looks.dashes[i] == looks.dashes[j]:
            assert abs(lightness[i] - lightness[j]) >= 0.1, (i, j)
    assert np.ptp(looks.terrain_colours(9), axis=1).max() < 1e-6


def test_the_terrain_takes_matplotlibs_colours_as_they_are():
    ours = THEMES["light"].with_colormap("viridis").terrain_colours(256)
    theirs = matplotlib.colormaps["viridis"](np.arange(256))[:, :3]
    np.testing.assert_allclose(ours, theirs, atol=0.5 / 255 + 1e-6)


@every_theme
def test_the_terrain_runs_from_its_first_stop_to_its_last(looks):
    ends = [to_rgb(looks.colormap[k]) for k in (0, -1)]
    np.testing.assert_allclose(looks.terrain_colours(7)[[0, -1]], ends, atol=1e-5)


def test_light_and_paper_are_white_to_the_last_bit():
    assert THEMES["light"].paper == THEMES["paper"].paper == "#ffffff"


SIZES = ((320, 240), (640, 480), (1920, 1080))


@every_theme
def test_type_is_readable_and_grows_more_slowly_than_the_picture(looks):
    for role in ("title", "label", "tick", "legend", "note"):
        small, base, large = (looks.type_size(role, size) for size in SIZES)
        assert 8 <= small <= base < large
        assert large / base < (1920 * 1080 / (640 * 480)) ** 0.5
    sizes = [looks.type_size(role, SIZES[-1]) for role in ("title", "label", "legend", "tick")]
    assert sizes == sorted(sizes, reverse=True)
    assert min(sizes) >= 18


@every_theme
def test_lines_grow_with_the_picture(looks):
    for role in ("trail", "casing", "head", "star", "arrow", "level", "hairline"):
        small, base, large = (looks.line_width(role, size) for size in SIZES)
        assert 0 < small < base < large


def test_the_poster_is_larger_than_the_base():
    light, poster = THEMES["light"], THEMES["poster"]
    assert light.type_size("title", (640, 480)) == 20
    assert light.type_size("tick", (480, 640)) == 12
    assert poster.type_size("title", (640, 480)) == pytest.approx(20 * 1.35)
    assert poster.line_width("trail", (640, 480)) > light.line_width("trail", (640, 480))


@every_theme
def test_fonts_ship_with_matplotlib_or_with_the_font_of_the_house(looks):
    package = Path(find_spec("font_source_sans_pro").submodule_search_locations[0])
    files = [*(Path(matplotlib.get_data_path()) / "fonts" / "ttf").glob("*.ttf")]
    files += (package / "files").glob("*.ttf")
    assert set(looks.font) <= {FT2Font(str(file)).family_name for file in files}


@every_theme
def test_a_theme_is_a_value(looks):
    again = pickle.loads(pickle.dumps(looks))
    assert again == looks
    assert hash(again) == hash(looks)
    assert looks.about
    assert looks.trail(len(looks.trails)) == looks.trails[0]
    assert theme(looks.name) is looks


def test_dashes_are_taken_in_step_with_trails():
    paper = THEMES["paper"]
    assert [paper.dash(k) for k in range(10)] == list(paper.dashes)
    assert paper.dash(10) == paper.dashes[0]
    assert THEMES["light"].dash(4) == ()


def test_themes_are_imported_without_anything_heavy():
    code = (
        "import sys, animate.theme as t; t.theme('dark').type_size('title', (640, 480));"
        "print(sorted({'numpy', 'matplotlib', 'jax'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
