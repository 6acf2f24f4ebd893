"""The picture of a surface in three dimensions, pixel by pixel, with true occlusion, on JAX.

`sampled` or `refined` makes the Field of a surface, a Camera looks at it, a Look colours it;
`picture` draws it, `seen` tells which points around it are not hidden behind it.
"""

from animate.heightfield.camera import Camera, View, fitting_scale
from animate.heightfield.field import Field, Window, from_heights, refined, sampled
from animate.heightfield.render import Picture, picture
from animate.heightfield.shading import Look, look
from animate.heightfield.sight import seen

__all__ = [
    "Camera",
    "Field",
    "Look",
    "Picture",
    "View",
    "Window",
    "fitting_scale",
    "from_heights",
    "look",
    "picture",
    "refined",
    "sampled",
    "seen",
]
