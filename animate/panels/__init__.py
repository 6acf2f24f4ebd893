"""What the picture shows: the table of panels. One panel a file, and its line here."""

from animate.panels.contour import Contour
from animate.panels.loss import Loss
from animate.registry import Registry

PANELS = Registry("panel")
PANELS.add(Contour, name="contour")
PANELS.add(Loss, name="loss")
