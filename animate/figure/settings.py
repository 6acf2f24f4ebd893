"""matplotlib's global parameters while we draw: its own defaults, whatever the user has set.

A matplotlibrc and a caller's `rcParams` change no picture, and are as before afterwards.
"""

# pyright: reportUnknownMemberType=false

from collections.abc import Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from threading import RLock
from typing import cast

from animate.figure.view import View
from animate.theme.fonts import GENERAL, HOUSE, bring_house_font

_ALONE = RLock()
"""Held by the thread whose parameters are set."""
_WINDOWS = frozenset({"backend", "backend_fallback", "interactive", "toolbar", "timezone"})
"""Parameters of matplotlib's windows, which have no part in our pictures."""


def composing(view: View) -> AbstractContextManager[None]:
    """A context in which the figure of `view` is composed, and drawn as far as it stands still."""
    bring_house_font()
    return _set(
        {
            **_defaults(),
            **_type(view),
            "path.simplify": False,
            "axes.unicode_minus": True,
            "svg.fonttype": "none",
            "svg.hashsalt": "animate",
            "pdf.fonttype": 42,
        }
    )


def drawing(view: View) -> AbstractContextManager[None]:
    """A context in which a frame of `view` is drawn over what stands still."""
    return _set({**_defaults(), **_type(view)})


def _type(view: View) -> Mapping[str, object]:
    """The parameters of the type, and of mathematics that go with it."""
    first = view.theme.font[0]
    families = [*dict.fromkeys([*view.theme.font, GENERAL])]  # which has the glyphs others lack
    if first != HOUSE:
        matching = "dejavuserif" if "Serif" in first else "dejavusans"
        return {"font.family": families, "mathtext.fontset": matching}
    upright = dict.fromkeys((f"mathtext.{kind}" for kind in ("rm", "sf", "tt", "cal")), HOUSE)
    return {
        **upright,
        "font.family": families,
        "mathtext.fontset": "custom",
        "mathtext.it": f"{HOUSE}:italic",
        "mathtext.bf": f"{HOUSE}:bold",
        "mathtext.bfit": f"{HOUSE}:italic:bold",
        "mathtext.fallback": "stixsans",
    }


@cache
def _defaults() -> Mapping[str, object]:
    import matplotlib

    own = cast("dict[str, object]", matplotlib.rcParamsDefault)
    return {name: own[name] for name in own if name not in _WINDOWS}


@contextmanager
def _set(wanted: Mapping[str, object]) -> Generator[None]:
    """A context with these parameters, one thread at a time: they are those of the whole process,
    and who leaves would take them from who has just come.

    It sets only those that differ, without RcParams' own checks: matplotlib's context copies all of
    them, which takes as long as a quarter of a small frame.
    """
    import matplotlib

    # The newest stubs list every name of a parameter, older ones have text.
    present = cast("dict[str, object]", matplotlib.rcParams)
    with _ALONE:
        before: dict[str, object] = {k: dict.__getitem__(present, k) for k in wanted}
        changed = {k: v for k, v in wanted.items() if before[k] != v}
        dict.update(present, changed)
        try:
            yield
        finally:
            dict.update(present, {k: before[k] for k in changed})
