"""Following drafts through commits stops as early as it can."""

from kanal.approval.git import Commit, Older
from kanal.approval.strands import Aspect, Piece, Question, Strand, follow

QUESTION = Question("posts/a.yaml", approval=False)
STRAND = Strand(QUESTION, (Piece(Aspect.BYTES, "posts/a.yaml", "new"),))


def test_the_walk_ends_as_soon_as_everything_is_known() -> None:
    commits = iter(
        [
            Commit("3", ("2",), {}),
            Commit("other", ("1",), {}),
            Commit("2", ("1",), {"posts/a.yaml": Older("posts/a.yaml", "old")}),
            Commit("1", (), {"posts/a.yaml": None}),
        ]
    )
    found = follow(commits, "3", [STRAND], lambda _, old, new: old == new, lambda *_: None)
    assert found.commits == {QUESTION: ["2"]}
    assert next(commits).id == "1"


def test_a_history_that_breaks_off_answers_nothing() -> None:
    found = follow([Commit("3", ("2",), {})], "3", [STRAND], lambda *_: True, lambda *_: None)
    assert not found.commits
    assert found.lost == {QUESTION}
