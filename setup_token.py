"""The server's door: a new random token at each start, and no other key."""

from __future__ import annotations

import secrets
from typing import Any

from jupyter_server.auth.identity import PasswordIdentityProvider


class NewToken(PasswordIdentityProvider):
    """Set aside any token or password of a settings file or variable; make a new token.

    `make lab` names this class on JupyterLab's command line. The token itself stays off that
    line, where other users of the machine could read it. Who types a token or a password after
    `make lab` gets that one: then the class is not used.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.hashed_password = ""
        self.token = secrets.token_hex(24)
        self.token_generated = True  # it may be shown: the printed address carries it
