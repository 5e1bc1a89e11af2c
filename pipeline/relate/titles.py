"""Posts and titles in both languages, as regular expressions for patterns."""

_ZH_HEADS = (
    "主任|部长|司长|局长|厅长|处长|署长|科长|院长|校长|所长|馆长|会长|理事长|秘书长|书记|省长|市长|区长|县长|州长|行长|社长|台长|"
    "总长|组长|队长|团长|司令员|司令|参谋长|政委|政治委员|总统|总理|首相|国王|国务卿|外长|防长|大臣|主席|委员长|议长|"
    "董事长|总裁|总经理|经理|总监|董事|监事|理事|监事长|首席执行官|首席财务官|首席技术官|首席科学家|首席运营官|首席信息官|"
    "首席经济学家|首席分析师|首席架构师|CEO|CTO|CFO|COO|CIO|CMO|创始人兼CEO|合伙人|负责人|掌门人|院士|教授|研究员|工程师|总工程师|"
    "总设计师|设计师|讲师|博士后|分析师|策略师|经济学家|记者|编辑|主编|总编辑|总编|发言人|大使|总领事|领事|代表|委员|专家|顾问|"
    "校监代表|高级主管|主管|主理人|站长|掌门|主委|委员会主席|干事|馆员|总督|专员|助理|秘书|董秘"
)
_ZH_PREFIX = "副|常务|执行|首席|总|代|前|原|名誉|荣誉|高级|资深|特约|联席|联合|兼|候任|时任|现任|高级别|第一|党组|党委|纪委|全媒体|实习|本报"
ZH_TITLE = rf"(?:(?:{_ZH_PREFIX}){{0,3}}(?:{_ZH_HEADS})(?:(?:兼|、|和|、?兼任)(?:{_ZH_PREFIX}){{0,3}}(?:{_ZH_HEADS}))*)"
"""A Chinese title, several joined by 兼 included."""
ZH_MEMBER = frozenset({"委员", "院士", "成员", "会员", "常委", "理事", "党员", "候补委员", "政治局委员"})
STATE_HEADS = r"(?:副?总统|副?总理|首相|国王|女王|国家主席|主席|外长|外交部长|副总理兼外长|国务卿|防长|省长|市长|州长|区长|县长|副省长|副市长|天皇|大公)"
"""Titles that a person holds in a country, province or city itself."""

_EN_HEADS = (
    "president|chairman|chairwoman|chairperson|chair|co-chair|cochair|director|director-general|dean|head|minister|"
    "secretary|secretary-general|chief executive officer|chief executive|ceo|cto|cfo|coo|cio|chief scientist|"
    "chief technology officer|chief financial officer|chief operating officer|chief economist|chief engineer|"
    "founder|co-founder|cofounder|partner|manager|governor|mayor|commissioner|administrator|ambassador|spokesman|"
    "spokeswoman|spokesperson|editor|editor-in-chief|professor|researcher|fellow|scientist|analyst|engineer|premier|"
    "prime minister|chancellor|provost|leader|commander|expert|adviser|advisor|economist|lecturer|correspondent|reporter|"
    "academician|principal|rector|curator|coordinator|officer|counsel|representative|general manager"
)
_EN_PREFIX = (
    "deputy|vice|executive|acting|assistant|associate|former|ex|senior|general|managing|founding|honorary|interim|"
    "then|current|incoming|outgoing|chief|principal|lead|first|under|permanent|standing|party|board|distinguished|"
    "visiting|adjunct|emeritus|research|policy|program|country|regional|global|national"
)
EN_TITLE = rf"(?:(?:(?:{_EN_PREFIX})[ -]){{0,3}}(?:{_EN_HEADS})(?: emeritus| general)?)(?![\w-])"
"""An English title; match it without regard to case."""
