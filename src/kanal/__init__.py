"""kanal: drafts in git, checked against rules, published once on every network."""

__version__ = "0.1.0"
