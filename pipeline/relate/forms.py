"""The inflected forms of English words, so that patterns name a verb once."""

_IRREGULAR = {
    "lead": "leads led leading", "build": "builds built building", "oversee": "oversees oversaw overseen overseeing",
    "buy": "buys bought buying", "hold": "holds held holding", "make": "makes made making", "sit": "sits sat sitting",
    "take": "takes took taken taking", "sell": "sells sold selling", "put": "puts putting", "run": "runs ran running",
    "write": "writes wrote written writing", "draw": "draws drew drawn drawing", "set": "sets setting",
    "belong": "belongs belonged belonging", "fall": "falls fell fallen falling", "be": "is are was were been being",
    "bring": "brings brought bringing", "develop": "develops developed developing", "spin": "spins spun spinning",
    "undertake": "undertakes undertook undertaken undertaking", "administer": "administers administered administering",
    "work": "works worked working", "team": "teams teamed teaming", "host": "hosts hosted hosting",
    "report": "reports reported reporting", "register": "registers registered registering", "author": "authors authored authoring",
    "house": "houses housed housing", "unveil": "unveils unveiled unveiling", "roll": "rolls rolled rolling",
    "specialize": "specializes specialized specializing specialises specialised specialising specialise",
    "cover": "covers covered covering", "center": "centers centered centering", "partner": "partners partnered partnering",
    "deliver": "delivers delivered delivering", "supersede": "supersedes superseded superseding", "join": "joins joined joining",
    "focus": "focuses focused focusing focussed focussing", "debut": "debuts debuted debuting", "co-found": "co-founds co-founded co-founding",
    "leave": "leaves left leaving", "enact": "enacts enacted enacting", "govern": "governs governed governing",
}  # fmt: skip
_VOWELS = "aeiou"


def forms(verb: str) -> frozenset[str]:
    """Return a verb's forms in lower case, itself included.

    >>> sorted(forms("issue"))
    ['issue', 'issued', 'issues', 'issuing']
    >>> sorted(forms("plan"))
    ['plan', 'planned', 'planning', 'plans']
    """
    if verb in _IRREGULAR:
        return frozenset([verb, *_IRREGULAR[verb].split()])
    if verb.endswith("e"):
        return frozenset([verb, verb + "s", verb + "d", verb[:-1] + "ing"])
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return frozenset([verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"])
    stem = verb
    short = sum(c in _VOWELS for c in verb) == 1
    if short and verb[-1] not in "aeiouwxy" and verb[-2] in _VOWELS and len(verb) > 2:
        stem = verb + verb[-1]
    plural = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return frozenset([verb, plural, stem + "ed", stem + "ing"])
