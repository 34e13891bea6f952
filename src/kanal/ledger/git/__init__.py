"""The ledger in a branch of the office's repository, for CI jobs whose disk is thrown away and for several computers.

`store` is the ledger; `branch` adds to the branch on the server, `remote` fetches and pushes, `turn` lets the runs of
a clone take turns, `together` lets threads share a push; `objects` writes commits, `files` says what lies in them,
`book` is what they add up to, `cache` keeps that; `refusals` says why it cannot be used, `commands` calls git.
"""
