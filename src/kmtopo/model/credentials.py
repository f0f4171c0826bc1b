"""What is a credential by its name."""

from __future__ import annotations

import re

_CREDENTIAL = re.compile(r"(?:^|_)(?:PASSWORD|PASSWD|SECRET|TOKEN|API_KEY|APP_KEY|PRIVATE_KEY)$").search


def is_credential(name: str) -> bool:
    """Tells whether what has this name promises to be a credential, whatever the case and the dashes."""
    return _CREDENTIAL(name.upper().replace("-", "_")) is not None
