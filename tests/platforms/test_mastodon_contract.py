"""Mastodon keeps the adapter contract."""

from kanal.testing.practice import PracticeContract


class TestMastodon(PracticeContract):
    platform = "mastodon"
