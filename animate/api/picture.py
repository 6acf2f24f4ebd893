"""A picture that a notebook shows."""

from base64 import b64encode
from dataclasses import dataclass, field

Bundle = tuple[dict[str, str], dict[str, dict[str, str]]]
"""What is shown by its MIME types, and what is said beside each."""

_WIDTH, _HEIGHT = slice(16, 20), slice(20, 24)
"""Where a PNG says how large it is (PNG specification, 11.2.2)."""


@dataclass(frozen=True, repr=False)
class Picture:
    """A PNG, and a description of what it shows, as alt text.

    >>> import animate
    >>> picture = animate.scene(surface="beale", optimizers=["adam"], steps=5).still()
    >>> picture, picture.png[1:4]
    (<Picture of 640 × 480 pixels>, b'PNG')
    """

    png: bytes = field(repr=False)
    description: str

    def __repr__(self) -> str:
        width, height = (int.from_bytes(self.png[each]) for each in (_WIDTH, _HEIGHT))
        return f"<Picture of {width} × {height} pixels>"

    def _repr_mimebundle_(self, **_: object) -> Bundle:
        """What a notebook shows, and what is read out of it."""
        shown = {"image/png": b64encode(self.png).decode(), "text/plain": repr(self)}
        return shown, {"image/png": {"alt": self.description}}
