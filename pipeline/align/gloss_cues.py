"""The words by which a text says that what follows is another name of what stands before."""

HAN_CUES = (
    "以下(?:简称|统称|合称|又称|称)为?|下文(?:简称|统称|称)为?|下称为?|简称为?|又称为?|又名为?|亦称为?|亦名|也称为?|也叫做?|又叫做?|别称|别名|俗称|"
    "曾用名为?|原名为?|原称为?|前身为|前称|旧称|旧名|曾称为?|曾名"
)
"""Chinese cues, longer ones first where one begins another."""
OF_NAME = "(?:译?名称?|全称|简称|缩写|译为)?(?:为|是)?"
"""What follows ``英文`` or ``中文`` in a cue."""
_NAMED = "(?:known as|named|called|styled|titled)"
LATIN_CUES = (
    rf"hereinafter(?: (?:referred to as|called))?|hereafter(?: (?:referred to as|called))?|henceforth(?: (?:referred to as|called))?|"
    rf"(?:(?:commonly|often|usually|sometimes|generally|officially) )?(?:referred to as|abbreviated(?: as| to)?)|"
    rf"(?:also|commonly|better|widely|popularly|officially|sometimes|often|otherwise) {_NAMED}|aka|fka|"
    rf"known in (?:Chinese|English) as|formerly(?: {_NAMED})?|previously(?: {_NAMED})?|originally {_NAMED}"
)
"""English cues, in any case."""
_FORMER = (
    "曾用名", "原", "前身", "前称", "旧称", "旧名", "曾称", "曾名", "former", "previous", "originally", "named", "called", "fka", "f.k.a.", "f/k/a",
)  # fmt: skip


def is_former(cue: str) -> bool:
    """Say whether a cue introduces a name that is no longer used.

    >>> is_former("formerly known as"), is_former("也称")
    (True, False)
    """
    return cue.lower().startswith(_FORMER)
