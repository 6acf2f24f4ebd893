"""What the picture shows: the table of panels. One panel a file, and its line here.

`animate.networks.experiments` adds its own panels to the table when they are asked for.
"""

from animate.panels.angle import Angle
from animate.panels.basins import BasinMap
from animate.panels.contour import Contour
from animate.panels.coordinates import Coordinates
from animate.panels.curvature import Curvature
from animate.panels.curve import Curve
from animate.panels.distance import Distance
from animate.panels.formula import Formula
from animate.panels.gradient_norm import GradientNorm
from animate.panels.learning_rate import LearningRate
from animate.panels.loss import Loss
from animate.panels.memory import Memory
from animate.panels.relief import Relief
from animate.panels.response import Response
from animate.panels.slice import Slice
from animate.panels.step_size import StepSize
from animate.panels.text import Text
from animate.registry import Registry

PANELS = Registry("panel")
PANELS.add(Contour, name="contour")
PANELS.add(Relief, name="relief")
PANELS.add(Curve, name="curve")
PANELS.add(BasinMap, name="basins")
PANELS.add(Loss, name="loss")
PANELS.add(GradientNorm, name="gradient_norm")
PANELS.add(Distance, name="distance")
PANELS.add(Coordinates, name="coordinates")
PANELS.add(Curvature, name="curvature")
PANELS.add(Angle, name="angle")
PANELS.add(LearningRate, name="learning_rate")
PANELS.add(StepSize, name="step_size")
PANELS.add(Memory, name="memory")
PANELS.add(Response, name="response")
PANELS.add(Slice, name="slice")
PANELS.add(Text, name="text")
PANELS.add(Formula, name="formula")
