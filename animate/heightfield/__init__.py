"""The picture of a surface in three dimensions, pixel by pixel, with true occlusion, on JAX.

`from_heights` makes the Field of a surface, a Camera looks at it, a Look colours it;
`picture` draws it, `seen` tells which points around it are not hidden behind it.
"""

from animate.heightfield.camera import Camera, View
from animate.heightfield.field import Field, from_heights
from animate.heightfield.render import Picture, picture
from animate.heightfield.shading import Look, look
from animate.heightfield.sight import seen

__all__ = [
    "Camera",
    "Field",
    "Look",
    "Picture",
    "View",
    "from_heights",
    "look",
    "picture",
    "seen",
]
