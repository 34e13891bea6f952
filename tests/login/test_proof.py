from kanal.login.proof import Proof
from kanal.model import Secret


def test_the_challenge_is_that_of_the_example_in_rfc_7636() -> None:
    proof = Proof(Secret("state"), Secret("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
    assert proof.challenge == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_each_login_has_its_own_and_shows_none() -> None:
    one, another = Proof.new(), Proof.new()
    assert one.state.reveal() != another.state.reveal()
    assert one.verifier.reveal() != another.verifier.reveal()
    assert one.verifier.reveal() not in repr(one)
    assert len(one.verifier.reveal()) >= 43


def test_only_the_state_that_was_sent_is_an_answer() -> None:
    proof = Proof.new()
    assert proof.is_answered_by(proof.state.reveal())
    assert not proof.is_answered_by(Proof.new().state.reveal())
    assert not proof.is_answered_by("")
    assert not proof.is_answered_by("ä")
