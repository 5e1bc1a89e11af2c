"""Characters that printed type does not tell apart, put right by the word that they stand in."""

import re

_CAPITAL_I = re.compile(
    r"(?<![A-Za-z])(?:Al|lT|loT|llM|APl|GPl|UAl|AGl|GAl|OCl|lPO|lP|lSO|lEEE|lBM|lMF|Ill)(?![A-Za-z'’-])"
)
_ZERO = re.compile(r"(?<=\d)[oO](?=\d)|(?<=\d,)[oO](?=\d{2})")
_ONE = re.compile(r"(?<=\d)[lI|](?=\d)|(?<![A-Za-z\d])[lI|](?=\d{1,3}(?!\d)(?:[年月日,.]|st\b))")


def corrected(text: str) -> str:
    """Return a line with letters and digits of one shape put right; its length never changes.

    A small l stands for I in words of capitals that are abbreviations (Al, loT, APl: AI, IoT, API;
    not before an apostrophe or a hyphen, as in Al-Jazeera); o and l inside numbers are 0 and 1.
    """
    text = _CAPITAL_I.sub(lambda m: m.group().replace("l", "I") if m.group() != "Ill" else "III", text)
    text = _ZERO.sub("0", text)
    return _ONE.sub("1", text)
