"""Panels that show what an experiment found: each knows the result that it is made for."""

from animate.panels.landscape.batches import Batches, Rescaling
from animate.panels.landscape.connection import Connection, Profile
from animate.panels.landscape.cut_relief import CutRelief
from animate.panels.landscape.cuts import Cut, Shares
from animate.panels.landscape.distances import Distances
from animate.panels.landscape.finding import Finding
from animate.panels.landscape.off_plane import OffPlane
from animate.panels.landscape.points import CriticalPoints, EndPoints
from animate.panels.landscape.staircase import Ladder, Staircase
from animate.panels.landscape.zoom import Zoom

LANDSCAPE_PANELS = {
    "batches": Batches,
    "connection": Connection,
    "critical_points": CriticalPoints,
    "cut": Cut,
    "cut_relief": CutRelief,
    "distances": Distances,
    "end_points": EndPoints,
    "finding": Finding,
    "ladder": Ladder,
    "off_plane": OffPlane,
    "profile": Profile,
    "rescaling": Rescaling,
    "shares": Shares,
    "staircase": Staircase,
    "zoom": Zoom,
}

SHOWS = {
    "batches": ("sharpness",),
    "connection": ("mode_connectivity",),
    "critical_points": ("escape_directions",),
    "cut": ("skip_connections", "width"),
    "distances": ("same_loss",),
    "end_points": ("bad_minima",),
    "ladder": ("saddles",),
    "off_plane": ("",),
    "profile": ("mode_connectivity",),
    "rescaling": ("sharpness",),
    "shares": ("width",),
    "staircase": ("saddles",),
    "zoom": ("trainability",),
}
"""The experiments that each is made for; "" is a network's landscape. `finding` is for all."""
