"""What stands in a picture, and what of it is English."""

import re

from matplotlib.text import Text

from animate.optimizers import OPTIMIZERS
from animate.pipeline import stage
from animate.scene.load import read_text


def said(scene):
    """All words of the last picture."""
    ready = stage(read_text(scene, "x.yaml").scene)
    ready.picture(ready.view.timeline.frames - 1)
    return [text.get_text() for text in ready.figure.findobj(Text) if text.get_text()]


def english(texts):
    """Those with a word in Latin letters or a decimal point, but formulas and optimizers' names."""
    names = "|".join(re.escape(entry.facts["title"]) for entry in OPTIMIZERS.values())
    bare = [re.sub(rf"\$[^$]*\$|\b({names})\b", "", text) for text in texts]
    return [text for text in bare if re.search(r"[A-Za-z]{2,}|\d\.\d", text)]
