"""Whether a statement is denied, planned, thought possible or only reported."""

import re
from typing import Literal

Modality = Literal["planned", "possible", "reported"]

_DENIED_ZH = re.compile(
    r"(?:未|没有?|并非|并不|不(?:会|再|是|予|得|可|能|拟|属)?|否认|尚未|从未|无意|无法|拒绝|放弃|终止|取消|停止)[^,。，；\ue000-\uf8ff]{0,6}$"
)
_PLANNED_ZH = re.compile(
    r"(?:拟|(?<!现)将(?!军)|计划(?!司|处|部|局|委|单列|生育|财务|经济|体制|管理)|准备(?!金)|有意|打算|谋求|筹备|预计|力争)[^。；]{0,24}$"
)
_POSSIBLE_ZH = re.compile(
    r"(?:可能|或将|有望|或许|也许|大概|疑似|据悉或|如果|假如|假设|倘若|倘使|设若)[^。；]{0,24}$"
)
_REPORTED_ZH = re.compile(
    r"(?:据[^,。]{0,20}(?:报道|消息|透露|传)|有传(?:闻|言)|传(?:闻|言)|(?:媒体|报道)称|有消息称|消息人士)"
)
_DENIAL_ZH = re.compile(r"(?:谣言|不实|假消息|并非事实|辟谣|纯属虚构|否认)")
_DENIED_EN = re.compile(
    r"\b(?:not|never|no longer|neither|nor|denied|denies|declined|refused|failed|without)\b|n't\b"
)
_PLANNED_EN = re.compile(
    r"\b(?:will|would|shall|plans?|planned|planning|intends?|intended|aims?|hopes?|wants?|seeks?|set|proposes?|"
    r"proposed|agreed|preparing|going|scheduled|due|about)\b(?: \w+)? (?:to )?$|\bwill\b|\bplans? to\b|\bintends? to\b"
)
_POSSIBLE_EN = re.compile(
    r"\b(?:may|might|could|possibly|probably|perhaps|likely|expected to|appears? to|seems? to|were to)\b|\b(?:if|unless)\b"
)
_REPORTED_EN = re.compile(
    r"\b(?:reportedly|allegedly|rumou?red|is said to|was said to|according to (?:reports|rumou?rs|sources|media))\b",
    re.IGNORECASE,
)


def chinese_modality(sentence: str, at: int) -> Modality | Literal["denied"] | None:
    """Judge a trigger at an offset of a Chinese sentence.

    >>> chinese_modality("广汇汽车拟收购X", 5)
    'planned'
    >>> chinese_modality("该公司并未收购X", 5)
    'denied'
    """
    clause = re.split(r"[,。;:]", sentence[:at])[-1]
    if _DENIED_ZH.search(clause) or _DENIAL_ZH.search(sentence):
        return "denied"
    if _POSSIBLE_ZH.search(clause):
        return "possible"
    if _PLANNED_ZH.search(clause):
        return "planned"
    return "reported" if _REPORTED_ZH.search(sentence[:at]) else None


def english_modality(sentence: str, at: int) -> Modality | Literal["denied"] | None:
    """Judge a trigger at an offset of an English sentence, by the words shortly before it."""
    words = sentence[max(0, at - 60) : at]
    near = re.split(r"[,;:]| that | and | but ", words)[-1].lower()
    if _DENIED_EN.search(near):
        return "denied"
    if _POSSIBLE_EN.search(near):
        return "possible"
    if _PLANNED_EN.search(near):
        return "planned"
    return "reported" if _REPORTED_EN.search(sentence[:at]) else None
