"""The Instagram adapter keeps the contract of all adapters, against the practice network."""

from kanal.testing.practice import PracticeContract


class TestInstagram(PracticeContract):
    platform = "instagram"
