"""What `kanal login` keeps: one grant for each channel, in the system's keyring or in a file for this user alone.

A grant is written whole, in one entry, so that a token and the one that renews it can never come from two logins. This
package must not know any network, nor where else credentials come from (`kanal.config.secrets`, which goes before it).
"""

from kanal.credentials.grant import Grant

__all__ = ["Grant"]
