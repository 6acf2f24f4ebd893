"""One number of the table, and the results that it comes from."""

import json
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np

from animate.files import cache_folder

Span = tuple[float, float]


@dataclass(frozen=True)
class Row:
    """One number: what is claimed, what was `found` (lowest, highest), the range `asked`."""

    what: str
    seeds: str
    found: Span
    asked: Span | None = None
    why: str = ""

    def line(self, claim: str) -> str:
        inside = self.asked and self.asked[0] <= self.found[0] and self.found[1] <= self.asked[1]
        verdict = "—" if self.asked is None else "inside" if inside else "differs"
        asked = "" if self.asked is None else _span(self.asked)
        cells = (claim, self.what, self.seeds, _span(self.found), asked, verdict, self.why)
        return f"| {' | '.join(cells)} |"


def _span(span: Span) -> str:
    low, high = (f"{value:.3g}" for value in span)
    return low if low == high else f"{low} … {high}"


def over(values) -> Span:
    """The range of some values."""
    return float(np.min(values)), float(np.max(values))


def opened(name: str) -> SimpleNamespace:
    """The newest result of an experiment in the cache."""
    files = sorted(cache_folder().glob(f"{name}-*.npz"), key=lambda file: file.stat().st_mtime)
    if not files:
        raise SystemExit(f"render the scene of {name} first: there is no result of it in the cache")
    with np.load(files[-1]) as archive:
        plain = json.loads(str(archive["__words__"]))
        return SimpleNamespace(**plain, **{k: archive[k] for k in archive.files if k in archive})
