"""Four eyes: which content an approval holds for, who wrote that content, and who approved it, according to git.

`digest` names what a draft says, `asking` puts the question to git, `strands` follows it through the commits, `signing`
asks who signed one, `writing` puts an approval into a file. It must not know rules, channels or the ledger.
"""
