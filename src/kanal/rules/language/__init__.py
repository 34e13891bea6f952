"""Everybody understands what the office writes, and nothing unfinished goes out."""
