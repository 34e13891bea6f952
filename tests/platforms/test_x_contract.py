"""X keeps the adapter contract."""

from kanal.testing.practice import PracticeContract


class TestX(PracticeContract):
    platform = "x"
