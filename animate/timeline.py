"""The clock: seconds to frames, frames to steps, and a GIF's whole hundredths of a second."""

from dataclasses import dataclass
from typing import Literal

Pace = Literal["steps", "slowing"]


@dataclass(frozen=True)
class Timeline:
    """How `steps` optimizer updates become `seconds` of movement and `hold` seconds of rest.

    Frame i is shown from i/fps; the first frame shows step 0 and the last one step `steps`.
    The last frame stays until `seconds + hold`, which is exactly how long the clip lasts.
    """

    steps: int
    seconds: float = 6.0
    fps: float = 25.0
    hold: float = 1.5
    loop: bool = True
    pace: Pace = "steps"

    @property
    def frames(self) -> int:
        """The number of frames of movement; at least 1."""
        return max(1, round(self.seconds * self.fps))

    @property
    def duration(self) -> float:
        """Seconds that the whole clip lasts."""
        return self.seconds + self.hold

    def step_at(self, frame: int) -> float:
        """The step, with its fraction, that `frame` shows."""
        if self.frames == 1:
            return float(self.steps)
        share = frame / (self.frames - 1)
        return self.steps * (share if self.pace == "steps" else share**2)

    def share_at(self, step: float) -> float:
        """The share of the movement that is over when `step` is shown: `step_at` turned round."""
        share = step / self.steps if self.steps else 1.0
        return share if self.pace == "steps" else share**0.5

    def frame_at(self, seconds: float) -> int:
        """The frame that is on the screen at `seconds`."""
        return min(max(int(seconds * self.fps + 1e-9), 0), self.frames - 1)
