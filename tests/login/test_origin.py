import pytest

from kanal.login.origin import origin_of


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://API.x.com/2/", "https://api.x.com"),
        ("https://api.x.com:443", "https://api.x.com"),
        ("http://127.0.0.1:8802/v26.0", "http://127.0.0.1:8802"),
        ("http://[::1]:80/", "http://[::1]"),
        ("https://user:pass@api.x.com/", "https://api.x.com"),
    ],
)
def test_an_origin_is_scheme_host_and_port(address: str, origin: str) -> None:
    assert origin_of(address) == origin


@pytest.mark.parametrize("other", ["http://api.x.com", "https://api.x.com:8443", "https://api.x.com.evil.example"])
def test_others_differ(other: str) -> None:
    assert origin_of(other) != origin_of("https://api.x.com")
