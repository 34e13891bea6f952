"""The contract suite: what every adapter must do, our four and those of other people's packages alike.

    from kanal.testing import AdapterContract

    class TestMyNetwork(AdapterContract):
        adapter_type = my_package.Adapter

        @pytest.fixture
        def network(self, tmp_path): ...  # a `kanal.testing.Network`, for example a server on loopback

No product module may import this package.
"""

import pytest

pytest.register_assert_rewrite("kanal.testing.contract")

from kanal.testing.contract import AdapterContract  # noqa: E402 - after the line that makes its assertions speak
from kanal.testing.network import Network  # noqa: E402 - as above

__all__ = ["AdapterContract", "Network"]
