"""Other people's servers between us and the networks, or in a network's place: each in a process of its own."""
