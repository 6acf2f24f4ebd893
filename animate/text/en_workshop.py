"""What the page of the workshop says in English."""

from collections.abc import Mapping

WORKSHOP: Mapping[str, str] = {
    "workshop scenes": "Scenes",
    "workshop size": "Size",
    "workshop theme": "Theme",
    "workshop written": "as written",
    "workshop download": "Download",
    "workshop format": "Format",
    "workshop mistakes": "Mistakes",
    "workshop kept": "The picture is the last good one.",
    "workshop remarks": "Remarks",
    "workshop draft": "draft",
    "workshop drawing": "drawing …",
    "workshop current": "up to date",
    "workshop lost": "The program has ended, or cannot be reached.",
    "workshop gone": "The file is not there any more.",
    "workshop line": "line {line}, column {column}",
    "workshop copy": "Copy",
    "workshop copied": "Copied",
    "workshop start": "Start here",
    "workshop hint": "Click in the map for a place and its loss; drag the start to move it.",
    "workshop look": "Loss there",
    "workshop camera": "azimuth {azimuth}°, elevation {elevation}°",
    "workshop turn": "Turn the camera of a relief",
    "workshop preparing": "{file} is being made …",
    "workshop frames": "{done} of {count}",
    "workshop choose": "Previous, next scene",
    "workshop save": "Download",
    "workshop no loss": "no finite loss",
    "workshop none": "There is no scene in this folder yet.",
}
