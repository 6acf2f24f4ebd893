"""What pictures of networks of one's own say in English."""

from collections.abc import Mapping

NETWORKS: Mapping[str, str] = {
    # straight lines and curves between networks
    "lines title": "On the line between networks",
    "models title": "Three networks on a plane",
    "curve title": "A curve of low loss between two networks",
    "from one to the other": "{first} → {second}",
    "along the line of weights": "α, the share of the way",
    "share of the way": "α, %",
    "from the first to the second": "from {first} to {second}",
    "towards": "towards {name}",
    "wall": (
        "From {first} to {second}, {distance} apart, the training loss rises to {highest} at "
        "α = {at}, {height} above the higher end."
    ),
    "no wall": (
        "From {first} to {second}, {distance} apart, the training loss never rises above the "
        "higher end."
    ),
    "before alignment": (
        "{told} Before hidden units were put in the same order, they were {before} apart, and it "
        "rose {height} above the higher end."
    ),
    "before alignment without a wall": (
        "{told} Before hidden units were put in the same order, they were {before} apart, and it "
        "never rose above the higher end."
    ),
    "walls of runs": (
        "On the straight line from start to end the training loss rises above the higher end by "
        "{each}."
    ),
    "no walls of runs": (
        "On the straight line from start to end the training loss never rises above the higher end."
    ),
    "curve finding": (
        "On the straight line from {first} to {second}, {distance} apart, the training loss rises "
        "to {barrier}; on a curve, trained for {steps}, it is at most {curve}. The plane is the "
        "final curve’s: before, its control point lay up to {off} off it."
    ),
    "accuracy of the curve": (
        "{told} Held-out accuracy falls to {line} on the line, on the curve to {curve}."
    ),
    "direction in a layer": "{axis} of {layer}",
    "loss on the curve": "curve: loss up to {loss}",
    # the density of the Hessian's eigenvalues
    "spectral density": "spectral density",
    "estimated by probes": "{probes} probes × {iterations} Lanczos iterations",
    "smoothed at step": "at step {step}, smoothed: σ = {width}",
}

NETWORK_CLAUSES: Mapping[str, tuple[str, str]] = {
    "network finding": (
        (
            "A plane among {parameters} weights explains {share} of the path’s variance (the best "
            "plane of an equally long random walk explains {walk}). The path reaches up to "
            "{length} from the start"
        ),
        (
            "A plane among {parameters} weights explains {share} of the paths’ variance (the best "
            "plane of equally long random walks explains {walk}). The paths reach up to {length} "
            "from the start"
        ),
    ),
    "on the plane": (
        "{plane} and lies on the plane, to within a millionth of that.",
        "{plane} and lie on the plane, to within a millionth of that.",
    ),
    "off the plane": (
        (
            "{plane} and lies up to {distance} off the plane, so the true loss may differ from "
            "that on it."
        ),
        (
            "{plane} and lie up to {distance} off the plane, so the true loss may differ from "
            "that on it."
        ),
    ),
    "through the end": (
        (
            "{plane} and lies up to {distance} off the plane. The plane goes through {name}’s "
            "trained network, the dot, which moves by {moved} of the window at most."
        ),
        (
            "{plane} and lie up to {distance} off the plane. The plane goes through {name}’s "
            "trained network, the dot, which moves by {moved} of the window at most."
        ),
    ),
}
"""What one network does on a plane, and what several do."""
