"""What a sentence tells of the past, as an offer, or only as possible: no claim of what there is."""

from __future__ import annotations

import re

_ASIDE = re.compile(
    r"\b(?:until|before|formerly|used to|previously|had|was|were|would|could|might|may|will|if|quot(?:ed|ation)"
    r"|offer(?:s|ed|ing)?|hasta (?:19|20)\d\d|antes|anterior|era|eran|fue|fueron|había|habían|habría|costaba|pagábamos|tenía"
    r"|tenían|cotiz\w+|ofrec\w+|oferta|podría|podrían|propuso|estudi(?:ó|aron)|si|algún día|más adelante|futur\w+|planned"
    r"|planea\w+|prevé\w*)\b",
    re.IGNORECASE,
)


def is_aside(before: str) -> bool:
    """Whether the words before a claim make it none."""
    return bool(_ASIDE.search(before))
