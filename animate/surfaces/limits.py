"""Derivatives at the nodes of a grid, held back so that no cell leaves the range of its nodes."""

from itertools import permutations
from typing import NamedTuple

from animate.surfaces.libraries import np

_STEEP = 0.25
"""Of the harmonic mean of the rises on both sides: where both go one way a slope is as steep at
least, so that a slope held back leaves no flat place that the data do not have."""

_ALIKE = 0.15
"""The least share of the largest of four neighbouring bends that the others have in smooth data."""
_MORE = 1.5
"""A spline's vertex may be so many times as deep as a parabola's."""
_LEAST = 0.05
"""The least share of a vertex that a cell may have, if not none."""
_BENT = 0.85
"""The share of the way to its bounds that a Bézier point on an edge may take where a cell may have
no vertex: the edge then bends at its lowest node, and leaves no flat floor."""
_AT_ONCE = 1024
"""Cells that are cut at once: 4096 points of each."""
_ROUNDING = 1e-12
"""Of the largest value: what a Bézier point may be beyond the nodes by rounding."""


class _Corner(NamedTuple):
    """The nodes seen from one of the cells around each, all [ny, nx].

    `wide` and `high` are a third of the cell's sides, with the sign of the way from the node into
    the cell. `low` and `top` [3, ny, nx] are the least and the largest that the Bézier points
    along x, along y and between may be above the node; without a cell both are infinite.
    """

    wide: "np.ndarray"
    high: "np.ndarray"
    low: "np.ndarray"
    top: "np.ndarray"


def limited(x: "np.ndarray", y: "np.ndarray", table: "np.ndarray") -> "np.ndarray":
    """`table` [ny, nx, 4] of z, ∂z/∂x, ∂z/∂y and ∂²z/∂x∂y, the derivatives held back where needed.

    No cell leaves the range of its four corners but where the data are smooth and have a vertex
    between their nodes, and none leaves the range of all nodes. Derivatives that fit stay as they
    are. Sides and values are numbers of size 1; a node without a value limits nothing.
    """
    share = np.ones((len(y) - 1, len(x) - 1))
    while True:
        found = _held(x, y, table, share)
        outside = (share > 0) & _outside(x, y, found)
        if not outside.any():
            return found
        share = np.where(outside, share / 2, share)
        share[share < _LEAST] = 0


def _held(
    x: "np.ndarray", y: "np.ndarray", table: "np.ndarray", share: "np.ndarray"
) -> "np.ndarray":
    """`table`, the derivatives held back; `share` is that of its vertex that each cell may have.

    A bicubic cell lies between the least and the largest of its 16 Bézier points, of which each
    corner has four: z, z + ⅓ h z_x, z + ⅓ k z_y and z + ⅓ h z_x + ⅓ k z_y + ⅑ h k z_xy, with the
    sides h and k of the cell towards it. Those of all four cells at a node are kept within the
    bounds of the cell: the slopes first (in one dimension this is the limit of F. N. Fritsch and
    R. E. Carlson, 1980, as J. M. Hyman, 1983, applies it to the slopes of a spline), then the mixed
    derivative; where none fits, both slopes shrink by the same share.
    """
    z, slope_x, slope_y, mixed = np.moveaxis(table, -1, 0)
    corners = _corners(x, y, z, share)
    slope_x = _clipped(
        _rising(x, z.T, slope_x.T).T, [(each.wide, each.low[0], each.top[0]) for each in corners]
    )
    slope_y = _clipped(
        _rising(y, z, slope_y), [(each.high, each.low[1], each.top[1]) for each in corners]
    )
    steps = [each.wide * slope_x + each.high * slope_y for each in corners]
    share = _share(corners, steps)
    mixed = _clipped(
        mixed,
        [
            (each.wide * each.high, each.low[2] - share * step, each.top[2] - share * step)
            for each, step in zip(corners, steps, strict=True)
        ],
    )
    return np.stack([z, share * slope_x, share * slope_y, mixed], axis=-1)


def _outside(x: "np.ndarray", y: "np.ndarray", table: "np.ndarray") -> "np.ndarray":
    """The cells [ny − 1, nx − 1] that may leave the range of all nodes.

    Those of whose Bézier points some do, also when the cell is cut into 16 × 16.
    """
    z = table[..., 0]
    low, top = (np.nan_to_num(bound.reduce(z, axis=None)) for bound in (np.fmin, np.fmax))
    ends = np.array([[[1, 0], [1, 1 / 3], [0, 0], [0, 0]], [[0, 0], [0, 0], [1, -1 / 3], [1, 0]]])
    width, height = np.diff(x)[None, :], np.diff(y)[:, None]
    net = np.zeros((4, 4, *z[1:, 1:].shape))
    for into_y, rows in ((0, slice(None, -1)), (1, slice(1, None))):
        for into_x, columns in ((0, slice(None, -1)), (1, slice(1, None))):
            node = np.moveaxis(table[rows, columns], -1, 0)
            units = node * np.stack(np.broadcast_arrays(1.0, width, height, width * height))
            jet = units.reshape(2, 2, *units.shape[1:])  # [in y, in x]
            net += np.einsum("ab,cd,bdij->acij", ends[into_y], ends[into_x], jet)
    slack = _ROUNDING * max(abs(low), abs(top))

    def beyond(points: "np.ndarray") -> "np.ndarray":
        return ((points < low - slack) | (points > top + slack)).any(axis=(0, 1))

    outside = beyond(net)
    cells, cut = np.argwhere(outside), _sixteenths()
    for first in range(0, len(cells), _AT_ONCE):
        rows, columns = cells[first : first + _AT_ONCE].T
        parts = np.einsum("ab,cd,bdn->acn", cut, cut, net[:, :, rows, columns])
        outside[rows, columns] = beyond(parts)
    return outside


def _sixteenths() -> "np.ndarray":
    """The Bézier points [64, 4] of the 16 parts of a cubic, by P. de Casteljau's rule."""
    left = np.array([[8, 0, 0, 0], [4, 4, 0, 0], [2, 4, 2, 0], [1, 3, 3, 1]]) / 8
    parts = [np.eye(4)]
    for _ in range(4):
        parts = [half @ part for part in parts for half in (left, left[::-1, ::-1])]
    return np.concatenate(parts)


def _rising(knots: "np.ndarray", z: "np.ndarray", slope: "np.ndarray") -> "np.ndarray":
    """The slopes [n, m] of the columns of z [n, m], the way that the data go where they go one way.

    With the weighted harmonic mean of F. N. Fritsch and J. Butland (1984), which PCHIP takes.
    """
    width = np.diff(knots)[:, None]
    rise = np.diff(z, axis=0) / width
    before, after = rise[:-1], rise[1:]
    same = np.sign(before) * np.sign(after) > 0
    weight_before, weight_after = width[:-1] + 2 * width[1:], 2 * width[:-1] + width[1:]
    total = weight_before + weight_after
    with np.errstate(divide="ignore"):  # where the rises are 0, and nothing is `same`
        least = _STEEP * total / (weight_before / before + weight_after / after)
    inner, way = slope[1:-1], np.sign(before)
    kept = np.where(same, way * np.maximum(way * inner, way * least), inner)
    return np.concatenate([slope[:1], kept, slope[-1:]])


def _corners(
    x: "np.ndarray", y: "np.ndarray", z: "np.ndarray", share: "np.ndarray"
) -> list[_Corner]:
    """The four cells around each node, with their bounds."""
    bounds = _bounds(x, y, z, share)
    parts = _parts(z, share)
    found: list[_Corner] = []
    for into_y in (0, 1):
        for into_x in (0, 1):
            around = (1 - into_y, into_y), (1 - into_x, into_x)
            wide = np.pad(np.diff(x), around[1], mode="edge") * (2 * into_x - 1) / 3
            high = np.pad(np.diff(y), around[0], mode="edge") * (2 * into_y - 1) / 3
            low, top = (
                np.pad(bound, ((0, 0), *around), constant_values=beyond) - z
                for bound, beyond in zip(bounds, (-np.inf, np.inf), strict=True)
            )
            low[:2] *= np.pad(parts, around, constant_values=1.0)
            wide, high = np.broadcast_arrays(wide[None], high[:, None])
            found.append(_Corner(wide, high, low, top))
    return found


def _parts(z: "np.ndarray", share: "np.ndarray") -> "np.ndarray":
    """The share [ny − 1, nx − 1] of the way down to its bound that a Bézier point on an edge of
    each cell may take: less where a cell at the lowest node may have no vertex."""
    four = np.stack([z[:-1, :-1], z[:-1, 1:], z[1:, :-1], z[1:, 1:]])
    deepest = (four == np.fmin.reduce(z, axis=None)).any(axis=0)
    return np.where(deepest & (share == 0), _BENT, 1.0)


def _bounds(
    x: "np.ndarray", y: "np.ndarray", z: "np.ndarray", share: "np.ndarray"
) -> "tuple[np.ndarray, np.ndarray]":
    """The least and the largest [3, ny − 1, nx − 1] that the Bézier points of each cell may be:
    those along x, those along y and those between.

    They are the range of the cell's corners; where the data are smooth, with `share` of what
    a vertex between the nodes needs.
    """
    four = np.stack([z[:-1, :-1], z[:-1, 1:], z[1:, :-1], z[1:, 1:]])
    known = np.isfinite(four).all(axis=0)
    found: list[np.ndarray] = []
    for sign in (1.0, -1.0):
        along_x, along_y = _vertices(x, sign * z.T).T, _vertices(y, sign * z)
        along_x = np.maximum(along_x[:-1], along_x[1:])
        along_y = np.maximum(along_y[:, :-1], along_y[:, 1:])
        more = share * np.stack([along_x, along_y, along_x + along_y])
        found.append(sign * np.where(known, (sign * four).min(axis=0) - more, -np.inf))
    return found[0], found[1]


def _vertices(knots: "np.ndarray", z: "np.ndarray") -> "np.ndarray":
    """By how much Bézier points may be below both ends of each edge [n − 1, m], for columns of z.

    As much as those of the parabola through the ends that bends most as the nodes around them do,
    and half as much again. It is 0 where these bend very differently, or down: there the data are
    not smooth, and a spline through them may swing.
    """
    width = np.diff(knots)[:, None]
    rise = np.diff(z, axis=0) / width
    bend = 2 * np.diff(rise, axis=0) / (width[:-1] + width[1:])
    bend = np.pad(bend, ((2, 2), (0, 0)), constant_values=np.nan)
    around = np.stack([bend[k : len(bend) - 3 + k] for k in range(4)])
    least, most = np.fmin.reduce(around), np.fmax.reduce(around)
    smooth = least >= _ALIKE * most
    below = most * width**2 / 6 - np.abs(rise) * width / 3
    return np.where(smooth & (below > 0), _MORE * below, 0.0)


def _clipped(
    value: "np.ndarray", bounds: "list[tuple[np.ndarray, np.ndarray, np.ndarray]]"
) -> "np.ndarray":
    """The nearest to `value` for which unit · value lies from low to top, for all (unit, low, top)
    of `bounds`."""
    ends = [np.sort(np.stack([low / unit, top / unit]), axis=0) for unit, low, top in bounds]
    lowest = np.max([low for low, _ in ends], axis=0)
    highest = np.min([top for _, top in ends], axis=0)
    return np.minimum(np.maximum(value, lowest), highest)


def _share(corners: list[_Corner], steps: "list[np.ndarray]") -> "np.ndarray":
    """The largest share of both slopes, up to 1, with which some mixed derivative fits all cells.

    Cell i allows it from lᵢ − λ gᵢ to uᵢ − λ gᵢ, with g = step/(wide · high): so lᵢ − λ gᵢ must be
    at most uⱼ − λ gⱼ for every two of the cells, and 0 is always a share that does.
    """
    areas = [each.wide * each.high for each in corners]
    bends = [step / area for step, area in zip(steps, areas, strict=True)]
    ends = [
        np.sort(np.stack([each.low[2] / area, each.top[2] / area]), axis=0)
        for each, area in zip(corners, areas, strict=True)
    ]
    share = np.ones_like(steps[0])
    for i, j in permutations(range(len(corners)), 2):
        room, needed = ends[j][1] - ends[i][0], bends[j] - bends[i]
        tight = needed > room
        share = np.where(tight, np.minimum(share, room / np.where(tight, needed, 1.0)), share)
    return share
