"""The way of a post: plan, prepare, claim, commit, settle; and doubts, settled by evidence only.

`planning` decides what is due, by the rules in `timing`; `gate` holds back what the rules object to; `outlet` carries
one channel's deliveries out in order; `settling` takes open claims over and lets `doubts` ask the network (or leave it
to a person); `running` lets the channels run side by side; `complaints` judges how all of it stands.
"""
