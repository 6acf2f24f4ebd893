"""What the pictures of experiments say in English."""

from collections.abc import Mapping

EXPERIMENTS: Mapping[str, str] = {
    "too few steps": "So few steps ({count}) of training tell nothing here; take more.",
    # saddles
    "saddles title": "A linear autoencoder of digits, from small weights",
    "saddles claim": "A linear autoencoder of digits goes from saddle to saddle",
    "saddles finding": (
        "From weights of about 10⁻⁶ each of {starts} runs passes saddles (rings) of index "
        "{ladder}, the number of their descent directions, within {farthest} of each saddle’s "
        "loss. The levels are exact: {points} critical points (grey), one for each choice of "
        "principal components. Near a saddle a run has a few descent directions more than the "
        "saddle itself."
    ),
    "minimum": "minimum",
    "index of a saddle": "index {index}",
    "descent directions": "descent directions",
    # same_loss
    "same_loss title": "Small MLPs on digits from different starts",
    "same_loss claim": "Small MLPs on digits: equally good, and far apart",
    "same_loss finding": (
        "{runs} independent runs end at held-out accuracies of {accuracy}, yet {apart} apart; "
        "their starts were {starts} apart, and each moved by {lengths}. With hidden units in the "
        "same order, which computes the same, {aligned} remain. The best plane of a path explains "
        "{share} of its variance; that of a random walk with as many points already explains "
        "{walk}."
    ),
    "run number": "run {number}",
    "true from the middle": "in the middle each run in turn;\nonly distances from there are true",
    "loss of each": "training loss of each: {loss}",
    "from its start": "{distance} from its start",
    "from the middle": "{distance} apart",
    "distance of weights": "distance between weights",
    "between any two": "between any two: {distance}",
    "between aligned": "with hidden units aligned: {distance}",
    "each from its start": "each from its start: {distance}",
    # escape_directions
    "escape_directions title": "Loss and descent directions of a small MLP on digits",
    "escape_directions claim": (
        "The higher a small MLP’s loss on digits, the more descent directions"
    ),
    "escape_directions finding": (
        "{distinct} of a network with {parameters} weights "
        "(|gradient|\N{NO-BREAK SPACE}<\N{NO-BREAK SPACE}10⁻⁸), apart from the plateau where it "
        "ignores its input. Spearman’s rank correlation of loss and number of descent directions "
        "is {correlation} {draws}; {solved} of {starts} searches ended at a critical point."
    ),
    "points found": "points found",
    "critical point": "point",
    "strokes": "critical points, the highest first; strokes: descent directions",
    "at most drawn": (
        "critical points, the highest first; strokes: descent directions, at most {number}"
    ),
    "ways down of a point": "descent directions: {count}",
    "plateau": "plateau: the input is ignored",
    "eigenvalues by size": "eigenvalues, the smallest first",
    "loss and descent": "loss {loss}, {down} below zero",
    # bad_minima
    "bad_minima title": "Two spirals: where the training of MLPs ends, by width",
    "bad_minima claim": "Two spirals: bad end points belong to the smallest MLPs",
    "bad_minima finding": (
        "{starts} runs of a network with one hidden layer on two spirals: {draws}, the middle "
        "{middle} of their final losses lie within {small} of each other with {fewest} units and "
        "within {large} with {most}. These are end points after {steps} steps, not proven minima: "
        "the median gradient norm is {gradient}."
    ),
    "units": "{number} units",
    "hidden units": "hidden units",
    "training loss": "training loss",
    # mode_connectivity
    "mode_connectivity title": "Between two small MLPs on digits",
    "mode_connectivity claim": "Two small MLPs on digits, a barrier, and a path around it",
    "mode_connectivity finding": (
        "On the straight line between two trained networks the loss rises to {barrier} and "
        "held-out accuracy falls to {accuracy} ({pairs}); with their hidden units aligned, which "
        "computes the same, to {aligned} and {aligned_accuracy}. On a trained curve the loss is at "
        "most {curve}, accuracy at least {kept}. The plane is the final curve’s: before, its "
        "control point lay up to {distance} off it."
    ),
    "highest loss along the curve": "highest loss along the curve",
    "along the line": "distance along the straight line",
    "across the line": "distance across it",
    "between the networks": "from one network to the other",
    "aligned line": "hidden units aligned:\nloss up to {loss}",
    "accuracy on the line": "straight line:\naccuracy down to {accuracy}",
    "loss and accuracy on the curve": "curve: loss up to {loss},\naccuracy down to {accuracy}",
    # sharpness
    "sharpness title": "What flat minima of small MLPs on digits are worth",
    "sharpness finding": (
        "The first layer times α, the second divided by it, α = {factor}: the same outputs, but "
        "for rounding, the same filter-normalised curvature, and a largest Hessian eigenvalue of "
        "{after} instead of {before}. Batches of {few} end flatter than {many} at a rate of {rate} "
        "in {flatter} of {seeds} seeds ({small} against {large}), and generalise better {better}."
    ),
    "rescaling": "rescaling",
    "as trained": "as trained",
    "rescaled by": "the same network: layer 1 × α, layer 2 ÷ α, α = {factor}",
    "rescaled by, briefly": "α = {factor}",
    "sharpest curvature": "largest eigenvalue {value}",
    "largest λ": "largest λ {value}",
    "distance along one direction": "distance in the weights",
    "outputs and their change": (
        "the least sure held-out digit of each class, its probabilities as bars; no loss changes "
        "by more than {change}"
    ),
    "accuracy of a batch size": "batch {size}\naccuracy\n{accuracy}",
    "at a learning rate": "learning rate {rate}",
    "eigenvalue at equal loss": "largest eigenvalue at equal loss",
    # skip_connections and width
    "skip_connections title": "Slices of small MLPs on digits, with and without skip connections",
    "skip_connections claim": "Skip connections make slices of small MLPs on digits more convex",
    "skip_connections finding": (
        "The non-convex share of a slice at equal loss, {seeds}: {plain} without skips, {equal} "
        "with skips from equal initial weights, {small} from small ones. The mean loss on its rim "
        "is {plain_rim}, {equal_rim} and {small_rim}. Every network is trained anew."
    ),
    "heights and blends": (
        "height: the loss, up to each slice’s highest; between two networks a blend, no network"
    ),
    "plain": "plain",
    "skip small": "skip, small init",
    "skip equal": "skip, equal init",
    "shares of seeds": "{seeds}: {shares}",
    "skip times": "skip × {skip}",
    "weights times": "skip, weights × {branch}",
    "network": "network",
    "seed": "seed",
    "non-convex": "non-convex: {share}",
    "width title": "Slices of small MLPs on digits, by width",
    "width claim": "Of small MLPs on digits, wider ones have more convex slices",
    "width finding": (
        "The non-convex share of a slice at equal loss is {narrow} with {fewest} units per layer "
        "and {wide} with {most} ({seeds}). For comparison, depth at {units} units per "
        "layer: {shallow} with {least} layers, {deep} with {deepest}, {verdict}. But every layer "
        "is moved by as much as its weights, so deeper networks are moved more."
    ),
    "depth does more": "a larger effect than that of width",
    "depth does less": "a smaller effect than that of width",
    "width of a network": "width {units}",
    "units per layer": "units per layer",
    "layers": "layers",
    "non-convex share": "non-convex share",
    # trainability
    "trainability title": "Where training a small network begins to fail",
    "trainability finding": (
        "{trainings} trainings, a pixel each: blue where it converged, red where it diverged, the "
        "darker the slower. On the magnified levels, the boundary’s box-counting dimension is "
        "{dimension} {seeds}; for the control, a convex problem, it is {control}, as for a smooth "
        "curve. Between levels the middle is already shown finer. This is one small network; "
        "repeats and control are coarser than the picture, and in places rounding decides: sums in "
        "another order send the zoom elsewhere."
    ),
    "level": "level",
    "rate of the first layer": "log₁₀ rate of the first layer: {low} … {high}",
    "rate of the second layer": "log₁₀ rate of the second layer: {low} … {high}",
    # swa
    "swa title": "Stochastic weight averaging of small MLPs on digits",
    "swa finding": (
        "The mean of the weights has a held-out error of {mean}, SGD’s last weights {last}: lower "
        "in {lower} of {seeds} seeds, equal in {equal}. But the same run with its rate annealed to "
        "zero has {annealed}: more than the mean in {above}, equal in {same}. The training losses "
        "are {mean_loss}, {loss} and {annealed_loss}. The plane holds {share} of SGD’s variance, "
        "so its losses are not the runs’; the curves show those."
    ),
    # hessian_spectrum
    "hessian_spectrum title": "The eigenvalues of a network’s Hessian",
    "hessian_spectrum claim": "Training gathers the Hessian’s eigenvalues at zero",
    "hessian_spectrum finding": (
        "Of all {parameters} eigenvalues, {seeds}, {near} are near zero at first (|λ| below a "
        "thousandth of the first λmax) and {near_end} at the end, {relative_end} by the end’s own "
        "λmax. Clearly negative are {clear}, then {clear_end}. Faint: other seeds."
    ),
    "eigenvalues near zero": "near zero",
    "negative eigenvalues": "clearly negative",
    "eigenvalue of the Hessian": "eigenvalue λ of the Hessian",
    "eigenvalues in a bar": "eigenvalues per bar",
    "ends of the spectrum": "λ from {low} to {high}",
    "share of eigenvalues": "share of eigenvalues",
    # walk
    "walk title": "Angles along a walk with SGD",
    "walk claim": "At a large rate the path bounces between a valley’s walls",
    "walk finding": (
        "Successive gradients, {seeds}, are on average {large}° apart in the last {late} steps at "
        "rate {rate} ({first}° in the first {early}), {small}° at {small_rate}, {noisy}° with "
        "batches of {batch}. Between them the loss dips in {valleys}, {small_valleys} and "
        "{noisy_valleys} of cases."
    ),
    "walk": "rate {rate}, batch {batch}",
    "angle between gradients": "angle between neighbouring gradients",
    "loss over the first": "relative loss",
    # wide_and_narrow
    "wide_and_narrow title": "A wide and a narrow minimum on one line",
    "wide_and_narrow finding": (
        "Without decay the valley of batches of {few} is wider (bars) {wider} seeds; a decay of "
        "{decay} swaps the two {swapped}. Held-out loss (rings: lowest) is lower in the wider "
        "{better}, with decay {better_decayed}. Faint: other seeds."
    ),
    "end of a batch size": "batch {size}",
    "along the line, and": "along the line, {how}",
    "without weight decay": "without weight decay",
    "weight decay": "weight decay {decay}",
    "in training": "training",
    "held out": "held out",
    "curve before alignment": "before alignment",
    "epoch": "epoch",
    # segments
    "segments title": "Walls between optimizers",
    "segments finding": (
        "How far the loss rises on a segment, {seeds}: {sgd} to {adam} {sgd_adam}, to {rmsprop} "
        "{sgd_rmsprop}, to {sgd} with other batches {again}. To a run changed to {adam} at step "
        "{change}: {changed} from {sgd}, {from_start} from {adam}. Faint: other seeds."
    ),
    "run again": "again",
    "segments between optimizers": "segments between the ends",
    "segments from a change": "change of optimizer at step {step}",
    # width_generalises
    "width_generalises title": "Wide networks and false labels",
    "width_generalises claim": "False labels learned by heart cost accuracy; width does not",
    "width_generalises finding": (
        "With {examples} digits, {false} of the labels false, {seeds}: {most} units end at a "
        "training loss of {wide_loss} at most and repeat {learned} of the false labels. Of "
        "{held_out} held-out digits {wide} are right, {best} with {best_units} units, {narrow} "
        "with {fewest}: {verdict}. True labels: {control}."
    ),
    "width does no harm": "width alone does no harm here",
    "width harms": "too much width does harm here",
    "false labels": "{share} false labels",
    "true labels": "true labels",
    "held-out accuracy": "held-out accuracy",
    # degenerate_skips
    "degenerate_skips title": "Skip connections and degenerate directions",
    "degenerate_skips claim": "Skip connections leave fewer degenerate directions",
    "degenerate_skips finding": (
        "At equal loss {degenerate_plain} of {parameters} eigenvalues are degenerate (|λ| below "
        "a thousandth of the largest) without skips and {degenerate_skip} with them, fewer "
        "{degenerate_fewer} seeds. Negative are {negative_plain} and {negative_skip}, fewer "
        "{negative_fewer}. Faint: other seeds."
    ),
    "without skips": "without skips",
    "with skips": "with skips",
    "eigenvalue over largest": "|λ| / largest |λ|",
    "share of smaller ones": "share below",
    "degenerate share": "degenerate share",
    "negative share": "negative share",
    # saddle_free
    "saddle_free title": "The way out of a saddle",
    "saddle_free finding": (
        "At the saddle after {steps} steps, of {seeds} runs: Newton with damping "
        "δ\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{damping} {newton} (loss {newton_loss}), with "
        "the best δ each step {damped} ({damped_loss}), saddle-free {free} (up to {free_loss}, "
        "lower {lower}), gradient descent {descent} ({descent_loss})."
    ),
    "newton, damping": "Newton, δ = {damping}",
    "damped newton": "Newton, best δ",
    "saddle-free newton": "saddle-free, best δ",
    "smallest over largest": "least λ / largest λ",
    "negative count": "negative eigenvalues",
    "gradient descent": "gradient descent",
    "running mean": "running mean",
    "annealed rate": "annealed rate",
    "held-out error": "held-out error",
}
