"""A port for a network that wants to know beforehand where the browser comes back to."""

import socket


def free_port() -> int:
    """One that nobody listens on right now; the system does not hand it out again soon."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
