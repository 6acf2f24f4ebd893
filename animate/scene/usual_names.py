"""What others call optimizers and their options: a hint for who writes them by habit."""

from collections.abc import Mapping

USUAL: Mapping[str, tuple[str, ...]] = {
    usual: meant
    for names, meant in {
        "lr eta step_size stepsize rate max_learning_rate": ("learning_rate",),
        "alpha": ("decay", "learning_rate"),
        "beta1 beta_1 betas β1": ("b1",),
        "beta2 beta_2 β2": ("b2",),
        "beta mu nu": ("momentum", "decay", "b1"),
        "gamma": ("momentum", "decay", "rho"),
        "rho": ("decay",),
        "decay": ("rho",),
        "epsilon ε": ("eps",),
        "wd l2 weightdecay lambda": ("weight_decay",),
        "clipnorm clip_norm global_clipnorm max_norm grad_clip": ("clip",),
        "colour": ("color",),
        "title": ("label",),
    }.items()
    for usual in names.split()
}
"""What papers, PyTorch and Keras call the options: for each those of ours that may be meant."""

METHODS: Mapping[str, str] = {
    usual: meant
    for names, meant in {
        "gradient_descent gd steepest_descent vanilla batch_gradient_descent": "sgd",
        "heavy_ball heavyball polyak sgd_momentum": "momentum",
        "nag nesterov_momentum accelerated_gradient": "nesterov",
        "ams_grad": "amsgrad",
        "adam_w": "adamw",
        "l_bfgs bfgs": "lbfgs",
    }.items()
    for usual in names.split()
}
"""What papers and courses call the methods."""
