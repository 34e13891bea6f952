"""The suite itself, one module for each promise of the adapter contract (docs/adding-a-platform.md)."""

from kanal.testing.contract.arriving import PostsArrive
from kanal.testing.contract.carrying import ExtrasArrive
from kanal.testing.contract.correcting import PostsAreCorrected
from kanal.testing.contract.failing import FailuresAreTold
from kanal.testing.contract.filming import VideosArrive
from kanal.testing.contract.refusing import MisfitsAreRefused
from kanal.testing.contract.retracting import PostsAreTakenDown
from kanal.testing.contract.scheduling import PostsAreHandedOver
from kanal.testing.contract.secrecy import SecretsStaySecret
from kanal.testing.contract.settling import DoubtsAreSettled
from kanal.testing.contract.verifying import CredentialsAreVerified


class AdapterContract(
    PostsArrive,
    ExtrasArrive,
    VideosArrive,
    MisfitsAreRefused,
    FailuresAreTold,
    DoubtsAreSettled,
    PostsAreTakenDown,
    PostsAreCorrected,
    PostsAreHandedOver,
    CredentialsAreVerified,
    SecretsStaySecret,
):
    """Everything an adapter must keep. Subclass it, and override the fixture `network`."""
