import pytest

from kanal.model import Place
from kanal.rules import LooksAt
from kanal.rules.security.token_in_file import check as rule

META = "EAA" + "GmB4x9Q2" * 12
INSTAGRAM = "IGQV" + "JXa-b_9K" * 12
X_ACCESS = "1234567890-" + "AbCdEf1234" * 4
X_BEARER = "A" * 22 + "bC3dE%2F" * 8
MIXED = "q8Zr2LmT0vBx7KpW4nYc9HsD"


def _found(text: str) -> list[tuple[Place, str]]:
    assert rule.looks_at is LooksAt.FILE
    return [(place, str(message)) for place, message in rule.check(text)]


@pytest.mark.parametrize(
    ("token", "network"), [(META, "Meta"), (INSTAGRAM, "Instagram"), (X_ACCESS, "X"), (X_BEARER, "X")]
)
@pytest.mark.parametrize("line", ["{}", "x: {}", "  key = '{}'", "curl -H 'Authorization: Bearer {}'"])
def test_a_networks_token_is_found_by_its_shape_anywhere(token: str, network: str, line: str) -> None:
    text = f"erste Zeile\r\n{line.format(token)}\r\n"
    assert _found(text) == [
        (
            Place(2, line.index("{}") + 1),
            f"This looks like an access token for {network}. Take it out, and revoke it.",
        )
    ]


@pytest.mark.parametrize(
    "line",
    [
        "KANAL_MASTODON_ACCESS_TOKEN={}",
        "export KANAL_X_CONSUMER_SECRET='{}'",
        "client_secret: {}",
        '"access_token": "{}"',
        "password = {}",
        "api-key: {}",
        "Consumer_Key={}",
    ],
)
def test_a_random_value_behind_a_telling_key_is_found(line: str) -> None:
    assert _found(line.format(MIXED)) == [
        (Place(1, line.index("{}") + 1), "This looks like a credential. Take it out of the file, and make a new one.")
    ]


def test_every_line_with_a_token_is_named() -> None:
    assert [place.line for place, _ in _found(f"{META}\n\ntoken: {MIXED}\n{X_ACCESS}\n")] == [1, 3, 4]


@pytest.mark.parametrize("token", [META, INSTAGRAM, X_ACCESS, X_BEARER, f"token={MIXED}"])
def test_no_finding_shows_any_part_of_the_token(token: str) -> None:
    for _, message in _found(token):
        assert not any(token[start : start + 6] in message for start in range(len(token) - 6))


@pytest.mark.parametrize(
    "line",
    [
        "text: Die Linden an der Allee werden nachgepflanzt, der Zugang zum Rathaus bleibt frei.",
        "text: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
        "text: Rindfleischetikettierungsueberwachungsaufgabenuebertragungsgesetz2026",
        "Ihr Passwort: Bitte wählen Sie mindestens 24 Zeichen mit Ziffern.",
        "password: Donaudampfschifffahrtselektrizitaetenhauptbetriebswerk",
        "token: siehe-Dienstanweisung-Nummer-zwei-der-Pressestelle",
        "sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "--hash=sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
        "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
        "id: 123e4567-e89b-12d3-a456-426614174000",
        "token_digest: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "KANAL_X_ACCESS_TOKEN=${{ secrets.KANAL_X_ACCESS_TOKEN }}",
        "KANAL_X_ACCESS_TOKEN_FILE=/run/secrets/kanal_x_access_token",
        "KANAL_X_ACCESS_TOKEN=$(pass show kanal/x)",
        "link: https://www.landkreis-musterland.example/aktuelles/2026/strassensperrung-k12",
        'account: "17840000000000001"',
        "Telefon 03771 123-4567890, Aktenzeichen 2026-4711-0815",
    ],
)
def test_ordinary_text_hashes_and_references_to_secrets_are_not_flagged(line: str) -> None:
    assert _found(f"{line}\n") == []
