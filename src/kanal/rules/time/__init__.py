"""Dates and times that must still be right when the post is read."""
