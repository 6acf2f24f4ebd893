"""What pictures and descriptions say in English, and how its numbers are written."""

from collections.abc import Mapping

DECIMAL: str = "."
THOUSANDS: str = ","


def plural(number: int) -> int:
    """The form that goes with a count: 0 for one, 1 for all others."""
    return int(number != 1)


WORDS: Mapping[str, str] = {
    # legend
    "learning rate": "learning rate",
    "schedule": "schedule",
    "of total": "of {total}",
    "lost": "✕ step {step}",
    "and more": "and {count} more",
    "log scale": "{what}, log scale",
    "arrow gradient": "gradient step",
    "arrow momentum": "momentum",
    "arrow update": "whole step",
    "arrow lookahead": "look-ahead",
    # axes
    "step": "step",
    "loss": "loss",
    "symlog scale": "{what}, symlog scale",
    "median and quartiles": "{what}: median and quartiles",
    "diverged as infinite": "{what}; {count} of {total} runs diverge and count as ∞",
    "diverged left out": "{what}; {count} of {total} runs diverge and are left out",
    "steps taken": "steps",
    "gradient norm": "gradient norm",
    "distance": "distance to the minimum",
    "distance to the nearest": "distance to the nearest minimum",
    "coordinates": "coordinates",
    "curvature": "curvature",
    "larger": "larger",
    "smaller": "smaller",
    "ways down": "directions bending down:",
    "effective rate": "effective learning rate",
    "velocity": "velocity",
    "mean": "mean of gradients",
    "squares": "accumulated squared gradients",
    "steps": "accumulated squared steps",
    "length of": "{what}, length",
    "along the step": "along the step (its length = 1)",
    "along the gradient": "down the gradient (length of the step = 1)",
    # descriptions
    "runs from one start": "{title}: {optimizers} from {start}, {steps}.",
    "runs from several starts": "{title}: {optimizers}, {starts}, {steps}.",
    "training of a network": "{title}: {optimizers}, {steps}.",
    "point": "({x}, {y})",
    "and others": "{count} more",
    "last of list": "{before} and {last}",
    "at step": "{name} (step {step})",
    "in steps": "{name} (steps {first}–{last})",
    "saddle": "the saddle {place}",
    "maximum": "the maximum {place}",
    "far away": "At the end the distance to the minimum {place} is {each}.",
    "last loss": "At the end the loss is {each}.",
    "each": "{value} for {name}",
    "shares": "The runs of {name} end: {parts}.",
    "share in minimum": "{share} in the minimum {place}",
    "share elsewhere": "{share} elsewhere",
    "share lost": "{share} diverge",
    "percent": "{value}%",
    "out of": "{count} of {total}",
    # a network on a plane
    "network title": "A network's loss on a plane",
    "network finding": (
        "A plane through the space of {parameters} weights. It holds {share} of the paths' "
        "variance (the best plane of equally long random walks {walk}); the paths go up to "
        "{length} far and lie up to {distance} off it, so the true loss may differ from the "
        "plane's."
    ),
    "axis of variance": "{axis} ({share} of variance)",
    "principal component": "PC {number}",
    "random direction": "random {number}",
    "filter normalised direction": "filter-normalised {number}",
    "hessian direction": "Hessian, λ = {value}",
    "towards the second": "first to second point",
    "towards the third": "towards the third",
    "true loss": "true loss; dotted: on the plane",
    # saddles
    "saddles title": "From saddle to saddle",
    "saddles finding": (
        "From weights of about 10⁻⁶ each of {starts} starts comes down past saddles with {ladder} "
        "directions of escape, within {farthest} of their losses. The rungs are exact: {points} "
        "critical points, one for each choice of principal components (Baldi & Hornik 1989). On "
        "its way past a saddle a path counts a few directions more than there are at it."
    ),
    "start number": "start {number}",
    "minimum rung": "minimum",
    "rung": "{index} ways down",
    "directions down": "directions that lead down",
    # same_loss
    "same_loss title": "As good, and far apart",
    "same_loss finding": (
        "{runs} independent runs end at held-out accuracies of {accuracy}, and yet {apart} apart "
        "from each other, farther than any of them went ({lengths}). The best plane of a path "
        "holds {share} of its variance; that of a random walk of as many points holds {walk} "
        "already."
    ),
    "run number": "run {number}",
    "distance between two ends": "run; in the cells: the distance between two ends",
    "accuracy of each run": "held-out accuracy of each run",
    # escape_directions
    "escape title": "The higher, the more ways down",
    "escape finding": (
        "{distinct} distinct critical points of a network of {parameters} weights (|gradient| < "
        "10⁻⁸). The higher the loss, the more directions lead down: over {draws} draws of examples "
        "and starts Spearman's rank correlation is {correlation}, the plateau where the network "
        "ignores its input left out; {solved} of {starts} searches ended at a critical point."
    ),
    "points found": "points found",
    "critical point": "point",
    "directions down spread": "directions that lead down (dots spread sideways)",
    "plateau": "plateau: the input is ignored",
    # bad_minima
    "bad_minima title": "Bad end points belong to small networks",
    "bad_minima finding": (
        "{starts} starts of a network with one hidden layer on two spirals: over {draws} draws "
        "their end points differ by {small} with {fewest} units and by {large} with {most}. End "
        "points of {steps} steps, not proven minima: the median gradient there is {gradient}."
    ),
    "units": "{number} units",
    "hidden units": "hidden units",
    "training loss": "training loss",
    # mode_connectivity
    "connection title": "Two minima, a wall, and a way around it",
    "connection finding": (
        "Between two trained networks the straight line meets a wall: loss {wall}, held-out "
        "accuracy {accuracy} over {pairs} pairs. A curve trained between the same two stays at "
        "loss {curve} or less, accuracy {kept}. The plane is that of the last curve; on the way "
        "its middle lay up to {distance} off it."
    ),
    "highest loss on the way": "highest loss on the way",
    "along the line": "distance in weights, along the line",
    "across the line": "across it",
    "between the minima": "from one minimum to the other",
    "said of the line": "the straight line:\naccuracy down to {accuracy}",
    "said of the curve": "the curve: loss up to {loss},\naccuracy down to {accuracy}",
    # sharpness
    "sharpness title": "Flat, sharp, and what it is worth",
    "sharpness finding": (
        "At equal loss the largest Hessian eigenvalue is {small} after batches of {few} and "
        "{large} after {many}: lower in {flatter} of {seeds} seeds. The gap depends on the "
        "learning rate: here it is {rate}, at {other} the eigenvalues are {other_small} and "
        "{other_large}. Better generalisation did not reproduce ({better} of {seeds}). Rescaling "
        "two layers moves one network's eigenvalue from {before} to {after}, and no example's loss "
        "by more than {change}; along filter-normalised directions the curvature stays."
    ),
    "eigenvalue": "eigenvalue",
    "filter normalised": "filter-normalised",
    "rescaling": "rescaling",
    "said of a batch": "batch {size}\naccuracy\n{accuracy}",
    "said of a rate": "learning rate {rate}",
    "eigenvalue at equal loss": "largest eigenvalue at equal loss",
    "same outputs": "α, log scale: the same outputs",
    "sharpness": "sharpness",
    # skip_connections and width
    "skip title": "Skip connections straighten the slice",
    "skip finding": (
        "The share of a slice that bends down, at equal loss, over {seeds} seeds: plain {plain}, "
        "skip with a small start {small}, skip with an equal start {equal}. What the skips do to "
        "convexity survives equal initial weights. The lower rim does not: its mean loss is "
        "{plain_rim}, {small_rim} and {equal_rim}. One scale of heights and colours for all three."
    ),
    "plain": "plain",
    "skip small": "skip, small start",
    "skip equal": "skip, equal start",
    "seed": "seed",
    "bends down": "bends down: {share}",
    "width title": "Wider is more convex",
    "width finding": (
        "At equal loss the share of a slice that bends down falls from {narrow} with {fewest} "
        "units a layer to {wide} with {most} ({seeds} seeds). Depth beside it, at {units} units: "
        "{shallow} with {least} layers, {deep} with {deepest}, {verdict}."
    ),
    "depth does more": "which is no small effect: more than the width's",
    "depth does less": "less than the width's",
    "units a layer": "{units} units a layer",
    "units a layer axis": "units a layer",
    "layers axis": "layers",
    "share bending down": "share that bends down",
    # trainability
    "trainability title": "Where training begins to fail",
    "trainability finding": (
        "Each pixel is one training, {trainings} in all: blue where it converged, red where it "
        "diverged, darker the slower. On the enlarged levels the boundary's box-counting dimension "
        "is {dimension} over {seeds} seeds; for the control, a convex problem, it is {control}, as "
        "for a plain curve. Between levels the picture is enlarged, not computed."
    ),
    "level": "level",
    "rate of the first layer": "log₁₀ rate of the first layer: {low} … {high}",
    "rate of the second layer": "log₁₀ rate of the second layer: {low} … {high}",
    # swa
    "swa title": "Stochastic weight averaging",
    "swa finding": (
        "Over {seeds} seeds the mean of the weights has a held-out error of {mean}, SGD's last "
        "point {last}: lower in {lower}, equal in {equal}. The mean's training loss is {mean_loss} "
        "against {loss}. The plane holds {share} of the path's variance; the curves beside it are "
        "the true losses."
    ),
    "sgd": "SGD",
    "mean so far": "mean so far",
}

CLAUSES: Mapping[str, tuple[str, str]] = {
    "reaches": ("{names} reaches the minimum {place}", "{names} reach the minimum {place}"),
    "diverges": ("{names} diverges", "{names} diverge"),
    "leaves": (
        "{names} leaves the window and does not return",
        "{names} leave the window and do not return",
    ),
    "stalls at": ("{names} stalls at {at}", "{names} stall at {at}"),
    "lingers at": ("{names} lingers at {at}", "{names} linger at {at}"),
    "stalls on a plateau": ("{names} stalls on a plateau", "{names} stall on a plateau"),
    "lingers on a plateau": ("{names} lingers on a plateau", "{names} linger on a plateau"),
}
"""What one run does, and what several do."""

COUNTED: Mapping[str, tuple[str, ...]] = {
    "step": ("{n} step", "{n} steps"),
    "start": ("{n} start", "{n} starts"),
    "optimizer": ("{n} optimizer", "{n} optimizers"),
}
"""What is counted, in the forms that `plural` tells apart."""

SURFACES: Mapping[str, str] = {}
"""The titles of the built-in surfaces; in English each has its own."""
