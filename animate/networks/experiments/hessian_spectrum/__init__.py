"""Claim 5: eigenvalues of the Hessian gather at zero while a network trains."""

from animate.networks.experiments.experiment import Experiment
from animate.networks.experiments.hessian_spectrum.compute import hessian_spectrum
from animate.networks.experiments.hessian_spectrum.panels import (
    EigenvalueShares,
    Spectrum,
    SpectrumLoss,
)

EXPERIMENT = Experiment(
    hessian_spectrum,
    {
        "spectrum": Spectrum,
        "eigenvalue_shares": EigenvalueShares,
        "spectrum_loss": SpectrumLoss,
    },
)
