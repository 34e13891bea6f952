"""Which cases of the contract suite do not apply to mastodon_mock 0.6.1, each with the reason.

They are left out of the collection: a skip would say that something is missing on this machine.
"""

import re
from collections.abc import Mapping

_NOT_STORED = "the mock can refuse, but cannot store a status and then fail"
_OWN_SOFTWARE = "the mock names its own source code, so the adapter does not rely on its memory for keys (see below)"
_NO_SUCH_FAULT = "faults that the mock does not have"
_KEEPS = "the mock keeps pictures that an edit takes away"
_NOT_KNOWN_TO_WAIT = "the mock names its own source code, so nothing is handed over to it (see below)"
_ALWAYS_UP = "the mock cannot close its port and open it again"

NOT_APPLICABLE: Mapping[str, str] = {
    r"test_an_unclear_answer_is_uncertain\[(5xx-after|cut-after|html)": _NOT_STORED,
    r"test_an_unclear_answer_is_uncertain_and_the_same_again_finishes_it\[(5xx-after|cut-after|html)": _NOT_STORED,
    r"test_a_slow_deletion_is_waited_for\[fault0\]": "the mock cannot drip",
    r"test_a_question_that_is_not_answered_is_unavailable\[\w+-(html|cut-after)\]": _NO_SUCH_FAULT,
    r"test_no_secret_is_shown_while_a_post_is_taken_down\[(5xx-after|cut-after|html|drip|down)\]": _NO_SUCH_FAULT,
    r"test_what_the_network_cannot_express_is_refused_before_anything_is_sent\[quote\]": _OWN_SOFTWARE,
    r"test_a_quotation_arrives": _OWN_SOFTWARE,
    r"test_no_secret_is_shown_while_a_post_is_corrected\[(5xx-after|cut-after|html|drip|down)\]": _NO_SUCH_FAULT,
    r"test_an_unclear_answer_to_an_edit_is_uncertain_and_the_same_again_finishes_it\[(5xx|cut|html)": _NOT_STORED,
    r"test_an_edit_that_the_network_does_not_take_now_is_unavailable\[down\]": _ALWAYS_UP,
    r"test_a_question_what_it_says_that_is_not_answered_is_unavailable\[(html|cut-after)\]": _NO_SUCH_FAULT,
    r"test_what_cannot_be_changed_is_told_without_a_request_and_refused": _KEEPS,
    r"test_no_secret_is_shown_while_the_network_is_asked_whose_they_are\[(5xx|cut|html|drip|down)": _NO_SUCH_FAULT,
    r"test_a_network_that_tells_nothing_accuses_nobody\[(5xx-after|cut-after|down)\]": _NO_SUCH_FAULT,
    r"test_an_answer_that_cannot_be_read_is_no_answer": "the mock cannot answer with HTML",
    r"test_a_video_whose_answer_was_lost_is_found_if_it_is_out\[(5xx-after|cut-after)\]": _NOT_STORED,
    r"test_an_interrupted_upload_goes_on": "Mastodon lets no upload go on",
    r"test_a_stored_post_is_found": f"{_NOT_STORED}; test_a_lost_delivery_is_found stands in",
    r"test_repeating_an_uncertain_delivery": _OWN_SOFTWARE,
    r"test_a_repeated_delivery_is_the_same_post": _OWN_SOFTWARE,
    r"test_a_repetition_that_fails_never_claims": _OWN_SOFTWARE,
    r"test_a_slow_answer_is_waited_for\[fault0\]": "the mock cannot drip",
    r"test_preparing_is_never_uncertain\[(html|cut-after)\]": "the mock can neither answer with HTML nor hang up",
    r"test_no_secret_is_shown\[(5xx-after|cut-after|html|drip|down)\]": _NO_SUCH_FAULT,
    r"_down_": f"{_ALWAYS_UP}; test_a_server_that_is_gone stands in",
    r"test_too_few_pictures_are_refused": "Mastodon takes posts without pictures",
    r"test_public_addresses_are_located": "Mastodon's answer holds the address already",
    **dict.fromkeys(
        (
            r"test_it_waits_unseen_and_comes_out_at_its_time",
            r"test_it_is_found_without_a_receipt",
            r"test_what_says_the_same_at_another_time_is_another_one",
            r"test_other_words_are_another_one",
            r"test_preparing_publishes_nothing_and_hands_nothing_over",
            r"test_what_is_cancelled_never_comes_out",
            r"test_what_was_cancelled_can_be_handed_over_or_published_again",
            r"test_cancelling_leaves_others_alone",
            r"test_another_adapter_goes_by_the_receipt_alone",
            r"test_a_time_that_is_too_near_is_refused_and_nothing_is_published",
            r"test_the_farthest_time_is_taken",
            r"test_an_unclear_answer_is_uncertain_and_the_network_tells",
            r"test_an_unclear_answer_while_cancelling_is_uncertain_and_the_same_again_finishes_it",
            r"test_an_expired_token_changes_nothing_and_needs_a_person",
            r"test_at_a_network_that_is_down_nothing_is_handed_over_and_nothing_known",
            r"test_a_question_about_what_waits_that_is_not_answered_is_unavailable",
            r"test_what_is_no_id_is_never_called_cancelled",
            r"test_what_does_not_fit_is_refused_before_it_is_handed_over",
        ),
        _NOT_KNOWN_TO_WAIT,
    ),
    r"test_tidying_twice_does_no_harm": "nothing is staged for Mastodon",
}


def is_applicable(name: str) -> bool:
    """Whether the contract case of that name is one for the mock."""
    return not any(re.search(pattern, name) for pattern in NOT_APPLICABLE)
