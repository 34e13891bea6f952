"""Warnings: what they must say, where they must stand, and that everything else waits meanwhile."""
