"""The office's ledger is guarded: made once, by name, and refused when it is not the one that is meant."""

import os
from pathlib import Path

import pytest

from kanal.config.office import LedgerName
from kanal.errors import LedgerRefused
from kanal.ledger.office import fresh_name, new_office_ledger, office_ledger, open_practice_ledger
from kanal.ledger.stores import OFFICE_FILE, Site
from kanal.message import msg
from kanal.model import DeliveryKey

KEY = DeliveryKey("mastodon", "baustelle")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "kanal.yaml"
    file.write_bytes(b"# Wer?\noffice: Landkreis\n")
    return file


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / ".kanal"


def site(state: Path, environ: dict[str, str] | None = None) -> Site:
    """The office above `state`; without git's settings and CI's variables."""
    return Site(state.parent, state, {"PATH": os.environ["PATH"], **(environ or {})})


def made(state: Path, config: Path, name: str = "Presse") -> LedgerName:
    state.parent.mkdir(exist_ok=True)
    with new_office_ledger(site(state), config, None, fresh_name(name, "sqlite", None)) as ledger:
        return LedgerName(ledger.name, ledger.id)


def refusal(state: Path, named: LedgerName | None, environ: dict[str, str]) -> str:
    with pytest.raises(LedgerRefused) as caught, office_ledger(site(state, environ), named):
        raise AssertionError(state)
    assert caught.value.advice is not None
    return str(caught.value)


def test_the_ledger_that_was_made_is_the_one_that_opens(state: Path, config: Path) -> None:
    named = made(state, config)
    with office_ledger(site(state), named) as ledger:
        assert (ledger.name, ledger.id) == (named.name, named.id)
    block = f"\nledger:\n  name: 'Presse'\n  id: {named.id}\n  store: sqlite\n"
    assert config.read_text(encoding="utf-8") == f"# Wer?\noffice: Landkreis\n{block}"


def test_two_offices_get_different_identities(tmp_path: Path, config: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_bytes(config.read_bytes())
    assert made(tmp_path / "a", config).id != made(tmp_path / "b", other).id


def test_the_configuration_names_the_ledger_only_when_the_block_ends_well(state: Path, config: Path) -> None:
    """Else a crash between making it and vouching for the archive would publish the archive."""
    before = config.read_bytes()

    def broken_off() -> None:
        with new_office_ledger(site(state), config, None, fresh_name("Presse", "sqlite", None)) as ledger:
            assert config.read_bytes() == before
            ledger.vouch([KEY], msg("There is nothing to do."), "test")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert config.read_bytes() == before
    assert not list(state.glob("ledger*"))
    assert made(state, config).name == "Presse"


def test_a_name_in_the_configuration_refuses_a_second_ledger(state: Path, config: Path) -> None:
    named = made(state, config)
    before = config.read_bytes()
    with pytest.raises(LedgerRefused, match="names a ledger already: “Presse”"):
        new_office_ledger(site(state), config, named, fresh_name("Zweite", "sqlite", None)).__enter__()
    assert config.read_bytes() == before


def test_a_file_in_its_place_refuses_a_second_ledger(state: Path, config: Path) -> None:
    made(state, config)
    before = (state / OFFICE_FILE).read_bytes()
    config.write_bytes(b"office: Landkreis\n")
    with pytest.raises(LedgerRefused, match="There is a ledger already"):
        new_office_ledger(site(state), config, None, fresh_name("Zweite", "sqlite", None)).__enter__()
    assert (state / OFFICE_FILE).read_bytes() == before
    assert config.read_bytes() == b"office: Landkreis\n"


def test_without_a_name_nothing_opens(state: Path, config: Path) -> None:
    made(state, config)
    assert "kanal ledger init --name NAME" in refusal(state, None, {})


def test_a_missing_file_is_refused_and_not_made(state: Path) -> None:
    assert "is not on this computer" in refusal(state, LedgerName("Presse", "4711"), {})
    assert not state.exists()


def test_another_ledger_in_its_place_is_refused(state: Path, config: Path) -> None:
    made(state, config)
    assert "This is another ledger (“Presse”)" in refusal(state, LedgerName("Presse", "4711"), {})


@pytest.mark.parametrize("value", ["1", "true", "TRUE", "github"])
def test_a_ci_job_is_refused_even_with_the_right_file(state: Path, config: Path, value: str) -> None:
    named = made(state, config)
    assert "CI is set" in refusal(state, named, {"CI": value})


@pytest.mark.parametrize("value", ["", "0", "false", "False"])
def test_ci_that_is_switched_off_is_none(state: Path, config: Path, value: str) -> None:
    named = made(state, config)
    with office_ledger(site(state, {"CI": value}), named) as ledger:
        assert ledger.states() == {}


def test_the_practice_ledger_is_made_when_missing_and_kept(state: Path) -> None:
    ledger = open_practice_ledger(state)
    assert ledger.vouch([KEY], msg("There is nothing to do."), "test") == 1
    ledger.close()
    again = open_practice_ledger(state)
    assert list(again.states()) == [KEY]
    again.close()
