"""The loss landscape of a PyTorch module, as files for a scene: `landscape`, and a `Recorder`.

PyTorch is the user's own; it is imported when something is computed, and by nothing else here.
"""

from animate.torch.landscape import landscape
from animate.torch.recorder import Recorder

__all__ = ["Recorder", "landscape"]
