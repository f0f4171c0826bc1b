"""What a sentence tells of the past, of others, as an offer, or only as possible: no claim of what there is."""

from __future__ import annotations

import re

from kmtopo.documents.sentences import Sentence

_ASIDE = re.compile(
    r"\b(?:until|before|formerly|used to|previously|had|was|were|would|could|might|may|will|if|quot(?:ed|ation)"
    r"|offer(?:s|ed|ing)?|hasta (?:19|20)\d\d|antes|anterior|era|eran|fue|fueron|había|habían|habría|costaba|pagábamos|tenía"
    r"|tenían|cotiz\w+|ofrec\w+|oferta|podría|podrían|propuso|estudi(?:ó|aron)|si|algún día|más adelante|futur\w+|planned"
    r"|planea\w+|prevé\w*)\b",
    re.IGNORECASE,
)
# Who is told of, where it is not us.
_OTHERS = re.compile(
    r"\b(?:friends?|neighbou?rs?|competitors?|partners?|sister|elsewhere|(?:another|other) (?:company|companies|teams?|products?"
    r"|firms?|groups?)|amig[oa]s?|vecin[oa]s?|competidor(?:a|as|es)?|competencia|soci[oa]s?|colegas?|herman[oa]s?"
    r"|otr[oa]s? (?:empresas?|equipos?|productos?|grupos?|negocios?|compañías?))\b",
    re.IGNORECASE,
)
# Who tells of what is there names it; an indefinite subject is somebody's, unless it is of a kind that the topology has.
_INDEFINITE = re.compile(
    r"[\s\"'*_“«]*(?:an?|una?)\s+(?!(?:\w+\s+)?(?:VPS|servidor|server|máquina|machine|nube|cloud|entorno|environment|red|network"
    r"|contenedor|container|empresa|tenencia|tenant|company|zona|zone)\b)",
    re.IGNORECASE,
)
# What leads to a list of what may be chosen, or was not.
_CHOICE = re.compile(
    r"\b(?:options?|alternatives?|candidates?|considered|rejected|discarded|opciones|alternativas?|candidat[oa]s?|considerad[oa]s"
    r"|rechaz\w+|descart\w+)\b",
    re.IGNORECASE,
)


def is_aside(sentence: Sentence, at: int) -> bool:
    """Whether what a sentence tells before a place makes a claim there none."""
    return bool(_ASIDE.search(sentence.prose[:at])) or is_of_others(sentence, at)


def is_of_others(sentence: Sentence, at: int) -> bool:
    """Whether what stands at a place of a sentence is somebody else's, or only one of several to choose from."""
    before = sentence.prose[:at].rpartition(";")[2]
    return bool(_OTHERS.search(before) or _INDEFINITE.match(before) or _CHOICE.search(sentence.lead))
