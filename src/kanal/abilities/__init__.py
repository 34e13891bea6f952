"""What some networks can do and others cannot: small protocols, and who lacks an ability lacks its methods.

`kanal.adapter` is what all of them can. It must not know any network.
"""
