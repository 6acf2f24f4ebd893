"""The picture of a surface in three dimensions, pixel by pixel, with true occlusion, on JAX.

`from_heights` makes the Field of a surface, a Camera looks at it, a Look colours it;
`picture` draws it, `visible` finds the points around it that it does not hide.
"""

from animate.panels.relief.raytrace.camera import Camera, Projection
from animate.panels.relief.raytrace.field import Field, from_heights
from animate.panels.relief.raytrace.render import Picture, picture
from animate.panels.relief.raytrace.shading import Look, look, underside_on
from animate.panels.relief.raytrace.visibility import visible

__all__ = [
    "Camera",
    "Field",
    "Look",
    "Picture",
    "Projection",
    "from_heights",
    "look",
    "picture",
    "underside_on",
    "visible",
]
