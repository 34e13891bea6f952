"""Errors as reasons: sentences that stand in the ledger, the table and the log, without tokens."""

from kanal.errors import DeliveryError
from kanal.message import Message, msg


def with_words(error: DeliveryError) -> Message:
    """The reason, with advice and the network's own words."""
    reason = error.message
    if error.words:
        reason = msg("{reason} The network says: “{words}”", reason=reason, words=error.words)
    return msg("{reason} {advice}", reason=reason, advice=error.advice) if error.advice else reason


def surprise(error: Exception) -> Message:
    """A mistake of ours. Its text may hold anything, even a token, so only its kind and place are shown."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    return msg("kanal itself failed ({kind} at {where}). Please report it.", kind=type(error).__name__, where=where)
