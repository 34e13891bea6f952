"""The exit codes, stable for scripts and CI (README.md#exit-codes)."""

from enum import IntEnum


class Exit(IntEnum):
    """What the caller of kanal learns from its exit code."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    SOME = 3
    NONE = 4
    UNCERTAIN = 5
    STOPPED = 130
    """By Ctrl-C, with nothing under way: 128 and the number of SIGINT, as shells show it."""
