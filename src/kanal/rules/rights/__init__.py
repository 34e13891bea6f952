"""Other people's rights: pictures, music, the press, and what only the official gazette may announce."""
