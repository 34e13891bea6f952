import pytest

from kanal.errors import UsageError
from kanal.feeds.reaching import way_to


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/feed",
        "http://localhost/feed",
        "http://10.0.0.1/feed",
        "http://192.168.1.1/feed",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/feed",
        "http://[fe80::1]/feed",
        "http://[fc00::1]/feed",
        "http://[::ffff:10.0.0.1]/feed",
        "http://0.0.0.0/feed",
        "http://2130706433/feed",
        "http://0x7f.1/feed",
        "http://100.64.0.1/feed",
        "http://224.0.0.1/feed",
    ],
)
def test_addresses_behind_the_walls_are_refused(url: str) -> None:
    with pytest.raises(UsageError, match="private network"):
        way_to(url)


def test_an_internal_address_is_taken_when_asked_for() -> None:
    assert way_to("http://127.0.0.1:8080/feed", internal=True).ip == "127.0.0.1"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/feed", "feed:https://a.example", "https://", "http://[::", "data:,x"]
)
def test_only_web_addresses_are_opened(url: str) -> None:
    with pytest.raises(UsageError, match="begins with https"):
        way_to(url)


def test_an_address_with_a_password_is_refused_without_saying_it() -> None:
    with pytest.raises(UsageError) as refused:
        way_to("https://presse:geheim@a.example/feed")
    assert "geheim" not in str(refused.value)


def test_a_name_that_nobody_knows_is_said() -> None:
    with pytest.raises(UsageError, match="no server"):
        way_to("https://gibt-es-nicht.invalid/feed")


def test_a_public_address_is_connected_to_as_it_was_checked() -> None:
    assert way_to("https://93.184.216.34/feed").ip == "93.184.216.34"


def test_behind_a_proxy_private_addresses_are_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.invalid:3128")
    with pytest.raises(UsageError, match="private network"):
        way_to("https://10.0.0.1/feed")
    assert way_to("https://gibt-es-nicht.invalid/feed").ip is None
