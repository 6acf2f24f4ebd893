"""What pictures and descriptions say in English, and how its numbers are written."""

from collections.abc import Mapping

from animate.text.en_experiments import EXPERIMENTS
from animate.text.en_networks import NETWORK_CLAUSES, NETWORKS
from animate.text.en_page import PAGE
from animate.text.en_workshop import WORKSHOP

DECIMAL: str = "."
THOUSANDS: str = ","


def plural(number: int) -> int:
    """The form that goes with a count: 0 for one, 1 for all others."""
    return int(number != 1)


WORDS: Mapping[str, str] = {
    # legend
    "learning rate": "learning rate",
    "schedule": "schedule",
    "rate at bound": "{rate}, end of range",
    "any rate": "nothing moves",
    "of total": "of {total}",
    "lost": "✕ step {step}",
    "arrived": "★ {step}",
    "arrivals": "★ step of arrival",
    "held out end": "{loss}, held out {held}",
    "share of starts": "share of starts",
    "no minimum": "in no minimum",
    "valley floor": "valley floor",
    "higher valley floor": "higher valley floor",
    "and more": "and {count} more",
    "height": "height above lowest",
    "log scale": "{what}, log scale",
    "log above": "{what}, log of height above lowest",
    "arrow gradient": "gradient step",
    "arrow momentum": "momentum",
    "arrow update": "whole step",
    "arrow lookahead": "look-ahead",
    # axes
    "step": "step",
    "loss": "loss",
    "loss of the dots": "loss of the dots",
    "loss in view": "loss in view",
    "symlog scale": "{what}, symlog scale",
    "median and quartiles": "{what}: median and quartiles",
    "ended as infinite": "{what}; {count} of {total} runs {ended} and count as ∞",
    "ended left out": "{what}; {count} of {total} runs {ended} and are left out",
    "ended by divergence": "diverge",
    "ended off the surface": "leave the surface",
    "ended either way": "diverge or leave the surface",
    "steps taken": "steps",
    "gradient norm": "gradient norm",
    "distance": "distance to the minimum",
    "distance to the nearest": "distance to the nearest minimum",
    "coordinates": "coordinates",
    "curvature": "curvature",
    "curvature of all weights": "Hessian eigenvalues",
    "larger": "larger",
    "smaller": "smaller",
    "largest": "largest",
    "smallest": "smallest",
    "no rule": "rule not known: {names}",
    "ways down": "negative curvatures:",
    "effective rate": "effective learning rate",
    "velocity": "velocity",
    "mean": "mean of gradients",
    "squares": "remembered squared gradients",
    "steps": "remembered squared steps",
    "angle of gradients": "angle to the last gradient, °",
    "step over rate": "step ÷ learning rate",
    "grey gradient": "grey: gradient",
    "grey gradient to scale": "grey: gradient, up to {largest}",
    "length of": "{what}, length",
    "along the step": "along the step (step length = 1)",
    "along the gradient": "along the negative gradient (step length = 1)",
    # descriptions
    "runs from one start": "{title}: {optimizers} from {start}, {steps}.",
    "runs from own starts": "{title}: {optimizers}, {steps}. The start is {each}.",
    "swept": "{name} with {values}",
    "swept values": "{values} of {option}, {low} to {high} (told: {told})",
    "swept beside": "{values} of {option}",
    "beside swept": "{optimizers}, {swept}",
    "own start": "{place} for {names}",
    "runs from several starts": "{title}: {optimizers}, {starts}, {steps}.",
    "training of a network": "{title}: {optimizers}, {steps}.",
    "point": "({x}, {y})",
    "place on a line": "{axis} = {x}",
    "and others": "{count} more",
    "last of list": "{before} and {last}",
    "at step": "{name} (step {step})",
    "in steps": "{name} (steps {first}–{last})",
    "in several steps": "{name} (steps {spans})",
    "a minimum": "minimum",
    "a local minimum": "local minimum",
    "a saddle": "saddle",
    "a maximum": "maximum",
    "saddle": "the saddle {place}",
    "maximum": "the maximum {place}",
    "far away": "At the end the distance to the minimum {place} is {each}.",
    "far from local": "At the end the distance to the local minimum {place} is {each}.",
    "recording ends": "The recording ends before the others for {each}.",
    "last loss": "At the end the loss is {each}.",
    "each": "{value} for {name}",
    "answers to a signal": "{title}: {optimizers}, {steps}.",
    "longest step": "{name} ({value}, step {step})",
    "longest steps": "The longest steps, over the learning rate: {each}.",
    "shares": "The runs of {name} end: {parts}.",
    "share in minimum": "{share} in the minimum {place}",
    "share in local": "{share} in the local minimum {place}",
    "share in local basin": "{share} in the basin of the local minimum {place}",
    "share in basin": "{share} in the basin of the minimum {place}",
    "share on floor": "{share} at the floor of a valley of equal minima",
    "share on higher floor": "{share} at the floor of a higher valley of equal minima",
    "share in others": "{share} in other minima",
    "share elsewhere": "{share} elsewhere",
    "share lost": "{share} diverge",
    "share strayed": "{share} leave the surface",
    "percent": "{value}%",
    "out of": "{count} of {total}",
    "in some of": "in {count} of {total}",
    "in none of": "in none of {total}",
    "none": "none",
    "all": "all\N{NO-BREAK SPACE}{total}",
    # a network on a plane
    "network title": "A network’s loss on a plane",
    "statistics recomputed": "Batch normalisation’s statistics are computed anew at every point.",
    "statistics kept": "Batch normalisation’s statistics on the plane are those of one checkpoint.",
    "plane of samples": (
        "The plane is of {samples} of the {examples} examples: at the paths’ ends its standard "
        "error is at most {error}."
    ),
    "ends on both": "Last {what}, training / held out: {each}.",
    "ends on train": "Last {what}: {each}.",
    "accuracy": "accuracy",
    "own metric": "own metric",
    "on held out": "{what}, held out",
    "network title of": "A network on a plane: {what}",
    "axis of variance": "{axis} ({share} of variance)",
    "principal component": "PC {number}",
    "random direction": "random direction {number}",
    "filter normalised direction": "filter-normalised {number}",
    "own direction": "direction {number}",
    "hessian direction": "Hessian, λ = {value}",
    "towards the second": "first to second point",
    "towards the third": "towards the third point",
    "true loss": "true loss; dotted: on the plane",
    **NETWORKS,
    **EXPERIMENTS,
    **PAGE,
    **WORKSHOP,
}

CLAUSES: Mapping[str, tuple[str, str]] = {
    "reaches": ("{names} reaches the minimum {place}", "{names} reach the minimum {place}"),
    "reaches a local minimum": (
        "{names} reaches the local minimum {place}",
        "{names} reach the local minimum {place}",
    ),
    "reaches a floor": (
        "{names} reaches the floor of a valley of equal minima",
        "{names} reach the floor of a valley of equal minima",
    ),
    "reaches a higher floor": (
        "{names} reaches the floor of a higher valley of equal minima",
        "{names} reach the floor of a higher valley of equal minima",
    ),
    "overshoots": (
        "{names} overshoots the minimum {place}",
        "{names} overshoot the minimum {place}",
    ),
    "overshoots a local minimum": (
        "{names} overshoots the local minimum {place}",
        "{names} overshoot the local minimum {place}",
    ),
    "diverges": ("{names} diverges", "{names} diverge"),
    "strays": ("{names} leaves the surface", "{names} leave the surface"),
    "leaves": (
        "{names} leaves the window and does not return",
        "{names} leave the window and do not return",
    ),
    "leaves upwards": (
        "{names} leaves the window, its loss growing",
        "{names} leave the window, their losses growing",
    ),
    "nearer": (
        "{names} ends nearer, but higher",
        "{names} end nearer, but higher",
    ),
    "stalls at": ("{names} stalls at {at}", "{names} stall at {at}"),
    "lingers at": ("{names} lingers at {at}", "{names} linger at {at}"),
    "stalls on a plateau": ("{names} stalls on a plateau", "{names} stall on a plateau"),
    "lingers on a plateau": ("{names} lingers on a plateau", "{names} linger on a plateau"),
    **NETWORK_CLAUSES,
}
"""What one run does, and what several do."""

COUNTED: Mapping[str, tuple[str, ...]] = {
    "step": ("{n} step", "{n} steps"),
    "start": ("{n} start", "{n} starts"),
    "value": ("{n} value", "{n} values"),
    "optimizer": ("{n} optimizer", "{n} optimizers"),
    "over seeds": ("over {n} seed", "over {n} seeds"),
    "critical points": ("{n} distinct critical point", "{n} distinct critical points"),
    "pair": ("{n} pair", "{n} pairs"),
}
"""What is counted, in the forms that `plural` tells apart."""

TITLES: Mapping[str, str] = {}
"""The titles of the built-in surfaces; in English each has its own."""
