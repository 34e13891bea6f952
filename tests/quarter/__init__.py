"""A quarter in the life of an office: two CI systems publish every 15 minutes, by a clock that the test sets.

`calendar` says when what happens, `drafting` and `faults` fill it from a seed, `office` and `staff` do what people do,
`systems` and `worker` are the CI jobs, `simulation` lets the time pass, and `oracle` computes from the calendar alone
what must have become of each post.
"""
