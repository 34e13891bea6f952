"""Everybody can take part: people who cannot see, cannot hear, or are read to by a machine."""
