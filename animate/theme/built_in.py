"""The four themes. Their distances between colours are measured in the tests."""

from collections.abc import Mapping
from dataclasses import replace

from animate.theme.value import Theme

_LIGHT = Theme(
    name="light",
    about="white paper, airy terrain from blue valleys to cream heights",
    paper="#ffffff",
    ink="#1b2330",
    muted="#5a6675",
    faint="#c9d1da",
    casing="#ffffff",
    trails=(
        "#d3101a",  # red
        "#0d7bf2",  # blue
        "#dd7b0a",  # orange
        "#5510a3",  # violet
        "#06722a",  # green
        "#0a1124",  # ink
        "#9c4480",  # mauve
        "#5c2306",  # brown
        "#1c87a5",  # teal
        "#f733a8",  # pink
    ),
    colormap=("#9bbdd1", "#b0ceda", "#c7dee5", "#e0ebea", "#fcfaf1"),
    minimum="#1b2330",
    arrows={
        "gradient": "#20262f",  # black
        "momentum": "#8a0074",  # magenta
        "update": "#00574d",  # dark teal
        "lookahead": "#6b5a00",  # olive
    },
)

_DARK = Theme(
    name="dark",
    about="night blue with luminous trails, for dark pages and screens",
    paper="#0d121b",
    ink="#eef2f7",
    muted="#9aa7b6",
    faint="#35404f",
    casing="#090d14",
    trails=(
        "#f66d66",  # red
        "#4a82ff",  # blue
        "#f4a23a",  # orange
        "#b497ff",  # violet
        "#78f79a",  # green
        "#ffffff",  # white
        "#ffbdf0",  # pink
        "#a9811c",  # bronze
        "#0abdb6",  # teal
        "#eeee36",  # yellow
    ),
    colormap=("#080f1c", "#162538", "#253d53", "#32576d"),
    minimum="#ffffff",
    shades=(0.6, 0.92),
    arrows={
        "gradient": "#cdd3dc",  # silver
        "momentum": "#e27bf0",  # orchid
        "update": "#3fefef",  # aqua
        "lookahead": "#e3feb5",  # pale lime
    },
)

# Trails of like lightness have unlike dashes, so that they stay apart without colour.
_SOLID, _DASHED, _DOTTED, _DASH_DOT = (), (4.0, 1.6), (1.2, 1.4), (6.0, 1.4, 1.2, 1.4)

_PAPER = replace(
    _LIGHT,
    name="paper",
    about="serif type, grey terrain and line styles, for print without colour",
    ink="#000000",
    muted="#4a4a4a",
    faint="#bdbdbd",
    trails=(*_LIGHT.trails[:8], "#2a96b5", "#f733a8"),  # a lighter teal: its grey is its own
    colormap=("#bdbdbd", "#d2d2d2", "#e8e8e8", "#ffffff"),
    minimum="#000000",
    dashes=(
        _SOLID,
        _DASHED,
        _SOLID,
        _DASHED,
        _DOTTED,
        _SOLID,
        _DASH_DOT,
        _DOTTED,
        _DOTTED,
        _DASH_DOT,
    ),
    colourless=True,
    font=("DejaVu Serif",),
)

_POSTER = replace(
    _LIGHT,
    name="poster",
    about="large type and bold lines, for a projector and the last row",
    muted="#46515f",
    text=1.35,
    line=1.45,
)

THEMES: Mapping[str, Theme] = {each.name: each for each in (_LIGHT, _DARK, _PAPER, _POSTER)}
