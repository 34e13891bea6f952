"""The way of a post: plan, prepare, claim, commit, settle; and doubts, settled by evidence only.

`planning` decides what is due, `outlet` carries one channel's deliveries out in order, `doubts` asks the network (or
a person) about what nobody knows, `running` lets the channels run side by side.
"""
