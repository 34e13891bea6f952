"""Whether everything is in order before something goes out: this computer, the office's folder, and each account.

One thing a file; each gives observations, which say what was seen and what to do about it. Nothing is posted, and no
observation holds a secret. This package must not know any single network, nor how observations are shown.
"""

from kanal.doctor.examining import Patient, Surroundings, of_channels, of_this_computer
from kanal.doctor.observation import Check, Observation, State

__all__ = ["Check", "Observation", "Patient", "State", "Surroundings", "of_channels", "of_this_computer"]
