"""Many runners, killed at random and started again, publish the same drafts with one ledger: each delivery once.

`office` writes the drafts, `runner` is one process, `crowd` starts, kills and restarts them; the tests bring the
stores.
"""
