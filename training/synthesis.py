"""Made sentences: official ones from templates, and given ones with other names in their places."""

import random
import re
from collections.abc import Sequence

from training.names import Names
from training.ner_data import Sentence

_SLOTS = {
    "G": "government", "C": "company", "I": "institution", "A": "association", "P": "person", "L": "place", "N": "plan",
    "B": "publication",
}  # fmt: skip

TEMPLATES = (
    "{G}关于印发《{N}》的通知", "{G}关于印发{N}的通知", "{G}办公厅关于转发《{N}》的函", "{L}{d}，{G}印发《{N}》，提出到{y}年{t}核心产业规模突破{n}亿元。",
    "各区人民政府，各有关部门：现将《{N}》印发给你们，请认真贯彻执行。", "根据《{N}》《{N}》等法律法规，制定本办法。", "本办法由{G}负责解释。",
    "为贯彻落实《{N}》，{G}会同{G}、{G}组织开展{t}示范项目申报工作。", "责任单位：{G}、{G}、{G}，各区人民政府", "（牵头单位：{G}；配合单位：{G}、{G}）",
    "{G} {G} {G}关于实施{N}的意见", "{G} {G}", "{P}任{G}副部长。", "{G}部长{P}会见了{C}首席执行官{P}。", "{G}党组书记、局长{P}主持会议并讲话。",
    "{C}（以下简称“公司”）董事会于{d}审议通过了相关议案。", "{C}董事长{P}在{L}表示，公司将加大{t}研发投入。", "{C}与{C}签署战略合作协议，共同推进{t}落地。",
    "{d}，{C}宣布完成数亿元B轮融资，由{C}领投，{C}、{C}跟投。", "我们维持{C}“买入”评级，目标价{n}元。", "建议关注：{C}、{C}、{C}、{C}。",
    "相关标的：{t}领域的{C}（{c}）、{C}（{c}），以及{C}。", "采购人：{G}", "采购单位：{I}", "中标供应商：{C}", "代理机构：{C}", "中标人：{C}，中标金额：{n}万元。",
    "项目名称：{I}{t}设备采购项目", "供应商地址：{L}", "第一中标候选人为{C}，第二中标候选人为{C}。", "{I}教授{P}、{I}研究员{P}出席论坛并作主旨报告。",
    "由{A}主办、{I}承办的{t}大会在{L}开幕。", "{A}理事长{P}说，我国{t}产业正处于关键期。", "{A}发布《{B}》。", "据《{B}》显示，{L}企业数量居全国首位。",
    "{I}发布的{B}指出，{t}市场规模将达到{n}亿元。", "记者从{G}获悉，{N}已正式启动。", "新华社{L}{d}电（记者{P}、{P}）{G}日前公布{N}。",
    "{L}和{L}是我国{t}产业的主要聚集地。", "项目落地{L}，总投资{n}亿元，由{C}投资建设。", "{C}在{L}、{L}、{L}设有研发中心。",
    "{P}，男，汉族，{y}年生，{L}人，毕业于{I}，现任{C}董事、总经理。", "{P}院士团队依托{I}，在{t}方面取得突破。", "起草单位：{I}、{C}、{C}、{A}。",
    "本标准主要起草人：{P}、{P}、{P}、{P}。", "{L}商务部门将{C}等{n}家中国实体列入清单。", "{G}宣布对{C}实施出口管制。", "依托{N}，{I}牵头承担了{t}课题。",
    "“{N}”提出，到{y}年建成世界科技强国。", "作为{N}的重要组成部分，{t}得到{G}的大力支持。", "{y}年，{G}启动了{N}。", "《{N}》（国发〔{y}〕{n}号）", "附件：{N}",
    "第一条 为了促进{t}发展，根据《{N}》，结合本市实际，制定本条例。", "第{n}条 {G}负责全市{t}工作的统筹协调。", "{G}、{G}按照职责分工，做好{t}相关工作。",
    "{C}、{C}、{I}等单位组成联合体，共建{I}。", "{C}旗下{C}推出新一代{t}产品。", "{C}子公司{C}拟收购{C}{n}%股权。", "上述人士称，{C}和{C}均参与了{t}项目。",
    "{G}与{C}在{L}签约。", "{P}表示：“{L}将落实好{N}。”", "来源：{G}", "作者：{P}，单位：{I}", "{I}、{I}和{I}联合培养{t}人才。", "支持{I}建设{t}创新平台。",
    "{A}、{A}等社会团体应当加强行业自律。", "{P}（{C}创始人）", "{C}CEO{P}说", "经{G}批准，{I}更名为{I}。", "{L}、{L}、{L}等地", "{G}{d}", "{I} {d}",
    "推动{t}与实体经济深度融合，加快发展新质生产力。", "企业应当建立健全{t}安全管理制度，有关部门应当依法履行职责。", "坚持创新驱动，完善{t}标准体系，培育一批骨干企业。",
    "到{y}年，{t}应用场景超过{n}个。", "本公司及董事会全体成员保证公告内容真实、准确、完整。", "各省、自治区、直辖市人民政府，国务院各部委、各直属机构：",
    "{L}{C}", "{C}是{L}一家专注于{t}的企业，由{P}于{y}年创立。", "会上，{P}代表{G}与{P}签署了《{N}》。", "{G}发布{y}年度{t}典型案例，{C}入选。", "（{C}、{I}、{G}供稿）",
    "{G}关于同意设立{I}的批复", "{L}市长{P}率团考察{C}。", "{C}的{t}芯片由{C}代工。", "在{G}指导下，{A}联合{C}、{I}编制了《{B}》。",
)  # fmt: skip


def written(names: Names, count: int, rng: random.Random) -> list[Sentence]:
    """Return sentences of official, news and report style with names in the slots."""
    made = []
    for _ in range(count):
        text, spans = "", []
        for part in re.split(r"(\{\w\})", rng.choice(TEMPLATES)):
            slot = part[1:-1] if part.startswith("{") else ""
            if slot in _SLOTS:
                kind = _SLOTS[slot]
                name = names.make(kind)
                if (
                    kind in ("plan", "publication")
                    and name.startswith(("关于", "中华"))
                    and not text.endswith("《")
                ):
                    name = names.make("plan") if name.startswith("中华") else f"《{name}》"
                inside = name.strip("《》")
                if kind in ("plan", "publication"):
                    inside = re.sub(
                        r"(?<=.{4})[（(][^（）()]*[)）]$", "", inside
                    )  # a stage or period stays outside
                at = len(text) + name.find(inside)
                spans.append(
                    (at, at + len(inside), frozenset({"place", "scene"} if kind == "place" else {kind}))
                )
                text += name
            elif slot:
                text += _filler(slot, names, rng)
            else:
                text += part
        made.append(Sentence(text, tuple(spans), frozenset({"generic", "work"}), "written"))
    return made


def _filler(slot: str, names: Names, rng: random.Random) -> str:
    if slot == "t":
        return rng.choice(names.listed["technology"] or ["人工智能", "量子计算"])
    if slot == "y":
        return str(rng.randint(1985, 2035))
    if slot == "n":
        return str(rng.randint(1, 500))
    if slot == "c":
        return f"{rng.randint(0, 699999):06d}.{rng.choice(('SH', 'SZ'))}"
    return rng.choice(
        (
            f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
            f"{rng.randint(2010, 2026)}年{rng.randint(1, 12)}月",
        )
    )


def replaced(sentences: Sequence[Sentence], names: Names, count: int, rng: random.Random) -> list[Sentence]:
    """Return given sentences with some names replaced by others of their type, and commas now and then by spaces."""
    usable = [s for s in sentences if s.spans]
    made = []
    for sentence in rng.sample(usable, min(count, len(usable))):
        text, spans, last = "", [], 0
        for start, end, kinds in sentence.spans:
            text += sentence.text[last:start]
            old = sentence.text[start:end]
            last = end
            kind = (
                "place"
                if kinds <= {"place", "scene"} and "place" in kinds
                else next(iter(kinds))
                if len(kinds) == 1
                else ""
            )
            fits = kind in ("government", "company", "institution", "association", "person", "place")
            if fits and not (kind == "place" and len(old) < 2) and rng.random() < 0.6:
                old = names.make(kind)
            spans.append((len(text), len(text) + len(old), kinds))
            text += old
        text += sentence.text[last:]
        made.append(Sentence(text, tuple(spans), sentence.open, sentence.source))
    return made
