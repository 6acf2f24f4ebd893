"""Colour, light and lines at the points that the rays meet."""

import math
from typing import NamedTuple

import numpy as np

from animate.panels.relief.raytrace.camera import Projection
from animate.panels.relief.raytrace.columns import ground
from animate.panels.relief.raytrace.rays import Hit
from animate.panels.relief.raytrace.tables import read
from animate.simulate.libraries import Array, jnp, lax

Colour = tuple[float, float, float, float]
"""sRGB and an opacity, each in [0, 1]."""

AMBIENT = 0.55
"""Brightness of the sky's light on level ground."""
KEY = 0.75
"""Brightness of the lamp's light where it falls straight down."""
SHINE = 0.10
"""Brightness of a glint."""
VEIL = 0.55
"""How much of the shade is taken from an underside, which is not what a picture is about."""
GLOSS = 24
"""The exponent of a glint (Blinn, 1977): the larger, the smaller."""
_ENTRIES = 4096
"""Heights that the table of colours has entries for."""


class Look(NamedTuple):
    """What the surface looks like, as numbers for the renderer. Widths are pixels.

    `scale` [5, 4096] holds what belongs to t in [0, 1]: the colour's red, green and blue, and the
    levels next below and above; `lamp` [3] points to the light as (right, up, toward the
    viewer). `ink` [4] is the lines' colour and `edge` [4] that of the rim, as displayed, since a
    line is drawn, not lit; `underside` [4] the plain colour that the surface fades to when seen
    from below. The terrain's colours and the underside's are linear light; fourth numbers are
    shares.
    """

    scale: np.ndarray
    lamp: np.ndarray
    ink: np.ndarray
    edge: np.ndarray
    underside: np.ndarray
    line_width: np.ndarray
    edge_width: np.ndarray


def look(
    colours: np.ndarray,
    levels: np.ndarray,
    *,
    light: float = 315.0,
    height: float = 50.0,
    ink: Colour = (0.0, 0.0, 0.0, 0.35),
    edge: Colour = (0.0, 0.0, 0.0, 0.55),
    underside: Colour = (0.94, 0.97, 1.0, 0.6),
    line_width: float = 0.8,
    edge_width: float = 1.0,
) -> Look:
    """A look from sRGB `colours` [n, 3] and the heights t of the lines, `levels`.

    The colours are those of n equal bands of t in [0, 1]: each shows in the middle of its band.

    `light` is the lamp's direction in degrees clockwise from the picture's upward direction, 315
    the upper left, as on a shaded map; `height` its angle above the picture's plane.
    """
    a, h = math.radians(light), math.radians(height)
    lamp = (math.sin(a) * math.cos(h), math.cos(a) * math.cos(h), math.sin(h))
    t = (np.arange(_ENTRIES) + 0.5) / _ENTRIES
    bounds = np.concatenate([[-1e6], np.sort(np.asarray(levels, float)), [1e6]])
    above = np.searchsorted(bounds, t)
    knots = (np.arange(len(colours)) + 0.5) / len(colours)
    channels = (np.interp(t, knots, np.asarray(colours)[:, k]) ** 2 for k in range(3))
    return Look(
        np.array([*channels, bounds[above - 1], bounds[above]], np.float32),
        np.array(lamp, np.float32),
        np.array(ink, np.float32),
        np.array(edge, np.float32),
        _linear(underside),
        np.asarray(line_width, np.float32),
        np.asarray(edge_width, np.float32),
    )


def underside_on(paper: tuple[float, float, float]) -> Colour:
    """What an underside fades to on `paper`, in sRGB: a cooler paper, by the greater part."""
    red, green, blue = paper
    return 0.94 * red, 0.97 * green, blue, 0.6


def _linear(colour: Colour) -> np.ndarray:
    """Light from a display value, with gamma 2: close to sRGB's, and a root leads back."""
    return np.array([*(c * c for c in colour[:3]), colour[3]], np.float32)


class Tint(NamedTuple):
    """What belongs to a height: red, green and blue as linear light, and the levels about it."""

    red: Array
    green: Array
    blue: Array
    under: Array
    over: Array


def tint(style: Look, t: Array) -> Tint:
    """What the style has for heights t."""
    entry = jnp.clip(t * _ENTRIES, 0.0, _ENTRIES - 1.0).astype(jnp.int32)
    return Tint(*(read(style.scale, k * _ENTRIES + entry) for k in range(5)))


def shaded(projection: Projection, style: Look, hit: Hit, tint: Tint, pixel: Array) -> Array:
    """The sRGB colour of each hit, opaque, or nothing; `pixel` is a sample's size in pixels.

    One word of four bytes, red lowest: so every intermediate value is computed but once.
    """
    slope_x, slope_y = hit.slope
    slope_u = slope_x * projection.right[0] + slope_y * projection.right[1]
    slope_v = slope_x * projection.into[0] + slope_y * projection.into[1]
    brightness, shine = _light(projection, style, slope_u, slope_v, hit.below)
    rise = projection.sine + projection.vertical * projection.cosine * slope_v
    rise = jnp.where(jnp.abs(rise) < 1e-4, 1e-4, rise)
    *colour, under, over = tint
    steepness = jnp.sqrt((slope_u * projection.sine) ** 2 + slope_v**2) / (
        jnp.abs(rise) * projection.scale
    )
    lines = _lines(style, hit, under, over, steepness, pixel)
    rim = _rim(projection, style, hit, slope_u, rise, pixel)
    glint = shine * (0.1 + sum(colour) / 3.0)
    plain = jnp.where(hit.below, style.underside[3], 0.0)

    def channel(k: int) -> Array:
        light = _mix(colour[k], style.underside[k], plain) * brightness + glint
        value = _mix(jnp.sqrt(jnp.clip(light, 0.0, 1.0)), style.ink[k], lines * style.ink[3])
        return _mix(value, style.edge[k], rim * style.edge[3])

    red, green, blue = ((channel(k) * 255.0 + 0.5).astype(jnp.uint32) for k in range(3))
    word = red | green << 8 | blue << 16 | jnp.uint32(255 << 24)
    return jnp.where(hit.met, word, 0)


def _mix(colour: Array, other: Array, share: Array) -> Array:
    return colour + (other - colour) * share


def _light(
    projection: Projection, style: Look, slope_u: Array, slope_v: Array, below: Array
) -> tuple[Array, Array]:
    """(brightness, shine): a lamp wrapped softly around, and a sky brighter than the ground.

    Brightness is 1 on level ground, so that the colours keep their meaning. An underside is paler.
    """
    right, up, toward = style.lamp
    lamp = (
        right,
        up * projection.sine - toward * projection.cosine,
        up * projection.cosine + toward * projection.sine,
    )
    side = jnp.where(below, -1.0, 1.0)
    nz = side / jnp.sqrt(1.0 + projection.vertical**2 * (slope_u**2 + slope_v**2))
    nu, nv = -projection.vertical * slope_u * nz, -projection.vertical * slope_v * nz

    def lit(facing: Array, upward: Array | float) -> Array:
        return AMBIENT * (0.7 + 0.3 * upward) + KEY * jnp.maximum(0.3 + 0.7 * facing, 0.0)

    brightness = lit(nu * lamp[0] + nv * lamp[1] + nz * lamp[2], nz) / lit(lamp[2], 1.0)
    brightness = jnp.where(below, brightness + VEIL * (1.0 - brightness), brightness)
    half = (lamp[0], lamp[1] - projection.cosine, lamp[2] + projection.sine)
    length = jnp.sqrt(half[0] ** 2 + half[1] ** 2 + half[2] ** 2)
    glint = jnp.maximum(nu * half[0] + nv * half[1] + nz * half[2], 0.0) / length
    return brightness, SHINE * lax.integer_pow(glint, GLOSS)


def _lines(
    style: Look,
    hit: Hit,
    under: Array,
    over: Array,
    steepness: Array,
    pixel: Array,
) -> Array:
    """How much of a sample the nearest level line covers; steepness is |dt| a pixel on the screen.

    Where lines stand closer than the pixels can tell apart they fade to their mean.
    """
    per_pixel = 1.0 / jnp.maximum(steepness, 1e-9)
    away = jnp.minimum(jnp.abs(hit.t - under), jnp.abs(over - hit.t)) * per_pixel
    spacing = (over - under) * per_pixel
    line = jnp.clip(((style.line_width + pixel) / 2.0 - away) / pixel, 0.0, 1.0)
    mean = jnp.minimum(style.line_width / jnp.maximum(spacing, 1e-3), 0.3)
    cover = _mix(mean, line, jnp.clip((spacing - 1.5) / 3.0, 0.0, 1.0))
    return jnp.where(hit.below, 0.0, cover)


def _rim(
    projection: Projection,
    style: Look,
    hit: Hit,
    slope_u: Array,
    rise: Array,
    pixel: Array,
) -> Array:
    """How much of a sample the line along the window's border covers."""
    across = -projection.vertical * projection.cosine * slope_u / rise
    place = ground(projection, hit.u, hit.v)
    cover = jnp.zeros_like(rise)
    for axis in (0, 1):
        along, inward = (
            projection.right[axis] + projection.into[axis] * across,
            projection.into[axis] / rise,
        )
        pixels = (
            (0.5 - jnp.abs(place[axis])) * projection.scale / jnp.sqrt(along**2 + inward**2 + 1e-12)
        )
        cover = jnp.maximum(cover, jnp.clip((style.edge_width - pixels) / pixel + 0.5, 0.0, 1.0))
    return cover
