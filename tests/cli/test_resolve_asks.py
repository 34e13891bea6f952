"""`resolve` holds a person's word against the network: people misread addresses, and “not out” would post it twice."""

from collections.abc import Iterator

import pytest

from kanal.cli.networks import practised
from kanal.compose import compose, content_digest
from kanal.folder import scan
from kanal.ledger import Intent
from kanal.ledger.office import open_practice_ledger
from kanal.model import DeliveryKey
from kanal.platforms import adapter_class
from kanal.sandbox import Fault, FaultKind, Practice, PracticePost
from tests.cli.calls import Answer, Kanal
from tests.conftest import LoadProject

WHO = ("--name", "Erika Mustermann", "--reason", "Auf der Seite nachgesehen")


@pytest.fixture(params=["mastodon", "x", "facebook", "instagram"])
def out(
    practice: Practice, everywhere: str, load_project: LoadProject, request: pytest.FixtureRequest
) -> Iterator[PracticePost]:
    """The post of a run that died before it could write down that it is out."""
    project = load_project()
    channel = project.channels[request.param]
    [entry] = scan(project.root, project.setting, None).entries
    part = compose(entry.load(), channel, project.office.mentions)[0].part
    adapter = adapter_class(channel.platform)(*practised(channel, practice, project))
    ledger = open_practice_ledger(project.state)
    prepared = adapter.prepare(part)
    key = DeliveryKey(channel.name, everywhere)
    ledger.claim([Intent(key, content_digest(part), prepared)], "host/1/dead")
    adapter.commit(prepared, str(key))
    adapter.close()
    ledger.close()
    [post] = practice.posts(request.param)
    yield post
    assert practice.posts() == [post], "whatever is said about it, nothing is posted"


def resolve(kanal: Kanal, post: PracticePost, *word: str) -> Answer:
    return kanal("resolve", "linden", "--channel", post.platform, *WHO, *word)


def events(kanal: Kanal) -> list[str]:
    return [event["event"] for event in kanal.json("log").json["events"]]


def test_the_right_address_is_written_down_as_the_network_has_it(kanal: Kanal, out: PracticePost) -> None:
    answer = resolve(kanal, out, "--published", f"{out.url}/?utm_source=mail#top")
    assert (answer.code, answer.err) == (0, "Written into the ledger.\n")
    last = kanal.json("log").json["events"][-1]
    assert (last["event"], last["by"], last["url"], last["id"]) == ("published", "Erika Mustermann", out.url, out.id)


def test_a_wrong_address_is_refused_with_the_right_one(kanal: Kanal, out: PracticePost) -> None:
    answer = resolve(kanal, out, "--published", f"{out.url}1")
    assert answer.code == 2
    assert f"but elsewhere: {out.url}\n" in answer.err
    assert "--insist" in answer.err
    assert events(kanal) == ["claimed"]


def test_not_out_is_refused_when_it_is_out(kanal: Kanal, out: PracticePost) -> None:
    answer = resolve(kanal, out, "--not-published")
    assert answer.code == 2
    assert f"The network lists it among the account's posts: {out.url}\n" in answer.err
    assert events(kanal) == ["claimed"]


def test_a_network_that_cannot_be_asked_leaves_it_to_the_person(
    kanal: Kanal, practice: Practice, out: PracticePost
) -> None:
    practice.set_fault(out.platform, Fault(FaultKind.DOWN))
    answer = resolve(kanal, out, "--published", out.url)
    assert answer.code == 0
    assert "Nobody could check that: The network could not be asked: " in answer.err
    assert events(kanal) == ["claimed", "taken-over", "published"]
    practice.heal()
