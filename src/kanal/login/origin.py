"""The origin of an address: what decides who may see a token (RFC 6454 §4)."""

from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}


def origin_of(address: str) -> str:
    """Scheme, host and port of `address`, in small letters, the port only where it is not the scheme's own."""
    parts = urlsplit(address)
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" + (f":{parts.port}" if parts.port and parts.port != PORTS.get(scheme) else "")
