"""What a page around a picture says in English."""

from collections.abc import Mapping

PAGE: Mapping[str, str] = {
    "page controls": "Controls",
    "page play": "Play",
    "page pause": "Pause",
    "page back": "One frame back",
    "page forward": "One frame forward",
    "page value back": "Previous value",
    "page value forward": "Next value",
    "page previous": "Previous caption",
    "page next": "Next caption",
    "page start": "To the start",
    "page end": "To the end",
    "page position": "Position",
    "page speed": "Speed",
    "page slower": "Slower, faster",
    "page loop": "Repeat",
    "page screen": "Full screen",
    "page help": "Keys",
    "page close": "Close",
    "page space": "Space",
    "page runs": "Runs",
    "page run": "{name}, run {run}",
    "page name": "run",
    "page paths": "Paths as a table",
    "page thinned": "{shown} of {total} steps of each run; {command} writes them all.",
    "page description": "What happens, in words",
    "page no script": "This picture is played by {language}, which is switched off here.",
    "page too old": "This browser cannot unpack the picture: {browsers} and newer ones can.",
}
