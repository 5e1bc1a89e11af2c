"""Whether an ordinary phrase names a field of technology, told by its last word."""

import re

from pipeline.normal import has_han

_EN = frozenset(
    "intelligence learning computing computation vision recognition reality cryptography communication communications robotics "
    "processing printing interface interfaces sensing twin twins encryption lidar internet network networks circuit circuits "
    "unit memory automation identification semiconductor semiconductors transistor transistors imaging translation "
    "manufacturing blockchain ledger spectroscopy lithography deposition sequencing editing model models graph graphs array arrays "
    "vehicle vehicles aircraft fusion photovoltaics battery batteries generation synthesis mining".split()
)
_BEFORE = frozenset(
    "artificial machine deep reinforcement federated supervised transfer natural computer visual speech image face facial voice virtual "
    "augmented mixed extended quantum cloud edge fog neural convolutional generative large optical integrated graphics central tensor "
    "processing field programmable random access dynamic brain human digital distributed additive radio magnetic electronic electric "
    "unmanned autonomous connected hybrid industrial mobile wireless local wide internet robotic process automated intelligent data text "
    "knowledge character language sensor satellite gene molecular chemical vapor extreme ultraviolet autonomous nuclear solar thermal".split()
)
"""Words that a field's name begins with or has; a phrase without any of them is not taken for one."""
_ZH = re.compile(
    r"(?:人工智能|现实|学习|计算|视觉|识别|通信技术|移动通信|自然语言处理|图像处理|信号处理|机器翻译|神经网络|互联网|物联网|车联网|区块链|接口|孪生|加密|"
    r"处理器|集成电路|门阵列|语言模型|知识图谱|增材制造|光刻|基因编辑|雷达)(?:技术)?"
)


def is_field(name: str) -> bool:
    """Say whether a phrase names a field of technology by its form.

    >>> is_field("natural language processing"), is_field("Internet of Things"), is_field("gross domestic product")
    (True, True, False)
    >>> is_field("增强现实"), is_field("市场监管总局")
    (True, False)
    """
    if has_han(name):
        return len(name) <= 12 and re.search(_ZH.pattern + "$", name) is not None
    words = re.findall(r"[a-z]+", name.lower())
    if "of" in words:
        words = words[: words.index("of")]
        return words == ["internet"]
    return 2 <= len(words) <= 5 and words[-1] in _EN and bool(_BEFORE & set(words[:-1]))
