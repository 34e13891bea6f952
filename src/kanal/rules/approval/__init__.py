"""Who agreed to a post, and whether somebody is there to answer.

That it is kept for the files takes no rule: nothing goes out without the ledger, which holds what was said and shown,
where, when, and who approved it (`kanal ledger check`, `kanal ledger export`).
"""
