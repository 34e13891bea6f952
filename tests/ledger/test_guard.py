"""Wherever the ledger lies: a missing, empty, foreign or moved one, and one that went back in time, is refused."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from kanal.errors import ConfigError, KanalError, LedgerRefused, LedgerWentBack
from kanal.ledger import Ledger
from kanal.ledger.git.commands import Git, own_folder
from kanal.ledger.office import new_office_ledger, office_ledger, open_named
from kanal.ledger.stores import Site, chosen
from kanal.testing.ledger_contract.subject import ALICE, BOB, KEY, OTHER, RECEIPT, intent
from tests.ledger.git.clones import git
from tests.ledger.places import STORES, Place, place

__all__ = ["place"]
pytestmark = pytest.mark.parametrize("store", STORES)
SHARED = [store for store in STORES if store != "sqlite"]


@contextmanager
def refused(kind: type[KanalError], match: str | None = None) -> Iterator[None]:
    with pytest.raises(kind, match=match) as caught:
        yield
    assert caught.value.advice is not None


def use(ledger: Ledger) -> None:
    ledger.claim([intent()], ALICE)
    ledger.settle(KEY, RECEIPT, ALICE)


def test_the_ledger_that_was_made_opens(place: Place, store: str) -> None:
    named = place.make(store)
    with office_ledger(place.site(), named) as ledger:
        assert (ledger.name, ledger.id) == (named.name, named.id)
        assert ledger.shared is (store in SHARED)
        use(ledger)
    with office_ledger(place.site(), named) as ledger:
        assert ledger.claim([intent(), intent(OTHER)], BOB) == {OTHER}


def test_another_computer_never_begins_from_nothing(place: Place, store: str) -> None:
    """It works with the same ledger, or it does not work."""
    named = place.make(store)
    with office_ledger(place.site(), named) as ledger:
        use(ledger)
    if store in SHARED:
        with office_ledger(place.site("zweiter-laptop"), named) as ledger:
            assert ledger.claim([intent()], BOB) == frozenset()
    else:
        with refused(LedgerRefused, "is not on this computer"), office_ledger(place.site("zweiter-laptop"), named):
            pass


def test_a_fresh_ci_disk_never_begins_from_nothing(place: Place, store: str) -> None:
    named = place.make(store)
    with office_ledger(place.site(), named) as ledger:
        use(ledger)
    job = place.site("job", CI="true")
    if store in SHARED:
        with office_ledger(job, named) as ledger:
            assert ledger.claim([intent()], BOB) == frozenset()
    else:
        with refused(LedgerRefused, "This is a CI job"), office_ledger(place.site(CI="true"), named):
            pass


def test_a_missing_ledger_is_refused_and_not_made(place: Place, store: str) -> None:
    named = place.make(store)
    place.lose(store)
    for clone in ("redaktion", "frisch"):
        with refused(LedgerRefused), office_ledger(place.site(clone), named):
            pass


def test_another_ledger_in_its_place_is_refused(place: Place, store: str) -> None:
    named = place.make(store)
    place.lose(store)
    place.make(store)
    with (
        refused(LedgerRefused, "This is another ledger"),
        office_ledger(place.site("frisch" if store in SHARED else "redaktion"), named),
    ):
        pass


def test_without_a_name_nothing_opens(place: Place, store: str) -> None:
    place.make(store)
    with refused(LedgerRefused, "No ledger has been set up"), office_ledger(place.site(), None):
        pass


def test_a_ledger_that_went_back_in_time_is_refused(place: Place, store: str) -> None:
    named = place.make(store)
    with office_ledger(place.site(), named) as ledger:
        ledger.claim([intent(OTHER)], ALICE)
    restore = place.back_up(store)
    with office_ledger(place.site(), named) as ledger:
        use(ledger)
    restore()
    with refused(LedgerWentBack, "it ends at event 1, and 3 were seen here"), office_ledger(place.site(), named):
        pass


def test_it_is_refused_still_when_something_else_was_written_since(place: Place, store: str) -> None:
    named = place.make(store)
    restore = place.back_up(store)
    with office_ledger(place.site(), named) as ledger:
        use(ledger)
    restore()
    other = open_named(place.site() if store == "sqlite" else place.site("ahnungslos"), named)
    other.claim([intent(OTHER)], BOB)
    other.settle(OTHER, RECEIPT, BOB)
    other.close()
    with refused(LedgerWentBack, "has another past"), office_ledger(place.site(), named):
        pass


def test_what_was_seen_is_kept_where_a_backup_of_the_ledger_does_not_reach(place: Place, store: str) -> None:
    with office_ledger(place.site(), place.make(store)) as ledger:
        use(ledger)
    seen = own_folder(Git(place.site().root, place.environ))
    assert [file.suffix for file in seen.glob("seen-*")] == [".json"]
    assert git(place.site().root, "status", "--porcelain", "--", ".git") == ""


def test_a_ledger_that_was_moved_away_is_refused(place: Place, store: str) -> None:
    named = place.make(store)
    with office_ledger(place.site(), named) as ledger:
        assert ledger.retire(ledger.head(), "elsewhere")
    with refused(LedgerRefused, "was moved to elsewhere"), office_ledger(place.site(), named):
        pass


def test_a_ledger_that_could_not_be_named_is_taken_back(place: Place, store: str) -> None:
    before = "office: Landkreis\n"
    place.config.write_text(before, encoding="utf-8")

    def broken_off() -> None:
        from kanal.ledger.office import fresh_name

        with new_office_ledger(place.site(), place.config, None, fresh_name("Presse", store, None)) as ledger:
            use(ledger)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert place.config.read_text(encoding="utf-8") == before
    place.make(store)


def test_auto_is_git_where_there_is_a_remote(place: Place, store: str) -> None:
    site = place.site()
    assert chosen("auto", site) == "git"
    assert chosen(store, site) == store
    git(site.root, "remote", "remove", "origin")
    assert chosen("auto", site) == "sqlite"
    assert chosen("auto", Site(place.office.folder, site.state, site.environ)) == "sqlite"
    assert chosen("auto", Site(site.root, site.state, {"PATH": ""})) == "sqlite"


def test_what_a_store_needs_is_asked_for(place: Place, store: str) -> None:
    named = place.make(store)
    site = place.site()
    if store == "git":
        git(site.root, "checkout", "--quiet", "--detach")
        git(site.root, "remote", "rename", "origin", "amt")
        git(site.root, "remote", "add", "privat", str(place.office.folder))
        with refused(LedgerRefused, "needs a remote"), office_ledger(site, named):
            pass
        with office_ledger(site, named._replace(remote="amt")) as ledger:
            assert ledger.id == named.id
        for wrong in ("nirgends", "--upload-pack=sh"):
            with refused(LedgerRefused, "There is no git remote"), office_ledger(site, named._replace(remote=wrong)):
                pass
    elif store == "postgres":
        environ = {name: value for name, value in site.environ.items() if name != "KANAL_LEDGER_URL"}
        with refused(ConfigError, "KANAL_LEDGER_URL"), office_ledger(Site(site.root, site.state, environ), named):
            pass
        file = place.office.folder / "url"
        file.write_text(site.environ["KANAL_LEDGER_URL"], encoding="utf-8")
        elsewhere = Site(site.root, site.state, {**environ, "KANAL_LEDGER_URL_FILE": str(file)})
        with office_ledger(elsewhere, named) as ledger:
            assert ledger.id == named.id
    else:
        assert site.file.exists()
