"""Waivers: findings that somebody answers for must be real, and say which rule they mean."""
