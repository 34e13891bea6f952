"""The ledger in PostgreSQL, for offices that publish from several machines: one unique row for each delivery.

`store` is the ledger; `rows` reads and writes many lines at once, `tables` makes the tables and brings them up to date,
`session` makes a broken connection anew and tries again, `wire` is one connection, `connection` makes it, `address`
keeps its password to itself, `saying` puts the server's errors into words.
"""
