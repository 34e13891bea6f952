"""Neutrality before elections: an office informs about the vote and takes no part in it."""
