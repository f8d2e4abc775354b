"""Put on the path of kernels under test: any connection that leaves this machine fails loudly."""

import socket

_connect = socket.socket.connect


def _local_only(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise RuntimeError(f"A notebook tried to reach {address[0]!r}; the course runs without network.")
    return _connect(self, address)


socket.socket.connect = _local_only
