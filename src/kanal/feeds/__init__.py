"""Press releases of the office's website as drafts: a feed is fetched, read, and compared with what came before.

A feed comes from outside and may be hostile: nothing in it is trusted, run, or posted. `reaching` decides where kanal
goes, `fetching` how much it takes, `reading` what counts as an entry, `plain_text` what is left of its HTML, `drafting`
what a person gets to edit, `remembering` what was seen before. None of it knows networks, rules or the ledger.
"""
