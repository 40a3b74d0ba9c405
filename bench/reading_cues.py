"""Rules that guess the tone of a sentence: the teacher of the model in scraper/reports/tone.json, not used in reading."""

import re

HARMLESS = re.compile(
    r"""\b(?:
 without\s+(?:unnecessary\s+|undue\s+|any\s+)?(?:delay|hesitation|exception|question)\w*
|(?:no|little|minimal|any|avoid\w*|prevent\w*|reduc\w+|minimis\w+|eliminat\w+|unnecessary)\s+
 (?:the\s+risk\s+of\s+|any\s+|unnecessary\s+|further\s+|potential\s+|undue\s+|drift\s+(?:and|or)\s+)*
 (?:delay|drift|concern|gap|barrier|disruption|duplication|evidence\s+of\s+(?:drift|delay))\w*
|not\s+(?:only|just|least|limited\s+to)|never\s+give\s+up
|not\s+in\s+(?:education|employment|school|full-time|mainstream)\b[^,.;]*
|(?:cannot|can\s+no\s+longer|could\s+not|unable\s+to|not\s+able\s+to|not\s+possible\s+(?:for\s+\w+\s+)?to|not\s+safe\s+(?:for\s+\w+\s+)?to)
 \s+(?:safely\s+)?(?:live|remain|return|stay|be\s+(?:cared\s+for|looked\s+after))\b[^,.;]*
|do\s+not\s+(?:have\s+to\s+|need\s+to\s+)?wait\b
|(?:do|does|did|are|is|were)\s+not\s+
 (?:drift|delayed|unnecessarily|subjected\s+to|experience\s+(?:unnecessary\s+)?(?:delay|drift)|lose|left|overwhelmed|subject\s+to|have\s+to\s+repeat)\b
|(?:when|where|if|whenever|those\s+who|children\s+who|parents\s+who|people\s+who|families\s+who|cases\s+that)\s+(?:[\w’'-]+\s+){0,12}?
 (?:not|cannot|no|deteriorat\w*|fail\w*|poor|increase\w*|escalat\w*|weak\w*|delay\w*)\b[^,.;]*(?=,|;|\.)
|(?:despite|notwithstanding|in\s+spite\s+of|regardless\s+of)\b[^,.;]*,
|(?:address\w*|tackl\w+|challeng\w+|identif\w+|resolv\w+|recognis\w+|rectif\w+|overcom\w+|respond\w*\s+to|mitigat\w+|remed\w+|fill\w*|clos\w+
 |reduc\w+|decreas\w+|fewer|minimis\w+|improv\w+|strengthen\w*|escalat\w+|target\w*)\s+(?:\w+\s+){0,3}?
 (?:gap|weakness|weaknesses|shortfall|deficit|delay|drift|poor|inconsisten\w+|variab\w+|failing|failure|barrier|concern|backlog|turnover|vacanc\w+
 |risk|harm|problem|issue|difficult\w*|inequalit\w+|challenges|isolation|deficienc\w+)\w*
|(?:risk|risks|at\s+risk)\s+of\s+(?!further)[^,.;]{0,60}
|(?:domestic\s+abuse|neglect|abuse|harm|exploitation|missing|homeless\w*|trauma|loss
 |difficult\s+(?:circumstances|experiences|times|decisions|conversations|issues)|challenging\s+(?:behaviour|circumstances|times))\b
|high\s+(?:level|levels|quality|standard|standards|aspiration|expectation)\w*
|poor\s+(?:mental|parental|parenting|attachment|attendance\s+at\s+school|school)\s+\w+|weak(?:er|est)?\s+areas
|needs?\s+to\s+be\s+(?:safe|protected|loved)
|children\s+in\s+need|in\s+need\s+of|need\s+(?:help|support|protection)|complex\s+needs?|special\s+educational\s+needs
|no\s+longer\s+\w+|not\s+need\s+a\s+(?:statutory|social)
|limited\s+company|time-limited|strengths\s+and\s+(?:weaknesses|areas\s+for\s+(?:development|improvement))
|judged\s+(?:to\s+(?:be|require)\s+)?\w*\s*(?:inadequate|requires?\s+improvement)\b[^,.;]*
)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Phrases in which a negative word says nothing bad: taken out before the cues are looked for."""

WEAK = (
    (2.0, r"\b(?:is|are|was|were|do|does|did|has|have|had|can|could|would|should|may|be|been)\s+(?:\w+ly\s+)?not\b|\bcannot\b"),
    (1.5, r"\bnot\b"),
    (1.5, r"\bnot\s+(?:yet|always|all|every|consistently|sufficiently|fully|routinely|well|enough|good|effective\w*|timely|currently|clear|evident)"),
    (2.5, r"\btoo\s+\w+\b"),
    (2.2, r"\black(?:s|ed|ing)?\b|\babsence\s+of\b|\babsent\b"),
    (2.5, r"\binsufficien\w+|\binconsisten\w+|\bineffective\w*|\binadequate\w*|\bunsatisfactory|\bunacceptabl\w+|\bunsuitable|\bunregistered"),
    (2.5, r"\birregular\w*|\binfrequent\w*|\bunder-?developed|\bseldom\b|\bsays?\s+little|\bstopped\b|\bfrequent\s+changes?|\bhad\s+not\s+had|\bunassessed"),
    (2.5, r"\bunregulated|\binappropriate\w*|\bunavailab\w+|\bundervalued|\binhibit\w*|\bfragmented"),
    (2.2, r"\bvariab\w+|\bvaries\b|\bvaried\s+(?:quality|in)|\bmixed\b|\bpatchy|\buneven"),
    (2.5, r"\bpoor\w*\b|\bweak\w*|\bfail(?:s|ed|ing|ings|ure|ures)?\b|\bshortfalls?|\bshortcoming\w*|\bdeficit\w*|\bdeficien\w+"),
    (2.2, r"\bdelay(?:s|ed|ing)?\b|\bdrift\w*|\bbacklogs?\b|\bslow(?:er|ly|ness)?\b|\bwait(?:s|ed|ing)?\s+(?:\w+\s+)?(?:long|lists?|times?|for)"),
    (1.5, r"\bgaps?\b|\bunclear|\bunder-?use\w*|\boverly\b|\bover-?(?:optimistic|complicated|reli\w+|ly)|\bconfus\w+"),
    (1.5, r"\bincomplete|\binaccura\w+|\bunreliable|\bout\s+of\s+date|\bsuperficial|\bdescriptive|\badult-focused|\breactive\b|\bpartial\w*|\bad\s+hoc"),
    (1.5, r"\blimit(?:s|ed|ing)?\b|\brestrict\w+|\bhinder\w*|\bhamper\w*|\bundermin\w+|\bimped\w+|\bcompromis\w+|\bdetriment\w*|\badverse\w*|\bnegative\w*"),
    (2.0, r"\b(?:more|further|much)\s+(?:work|to\s+do|needs?\s+to|action)\b|\bmore\s+(?:is\s+)?(?:needed|required)"),
    (2.0, r"\bneeds?\s+(?:to\s+(?:be\s+)?(?:improv\w+|strengthen\w*|develop\w*|more|better|do|ensure|address\w*|further|embed\w*|review\w*|made|consider\w*))"),
    (2.0, r"\brequir(?:es?|ing|ed)\s+(?:further|improvement|more|strengthening|urgent|attention)|\b(?:areas?|scope|room)\s+(?:for|of|to)\s+(?:improve\w*|develop\w*)"),
    (2.2, r"\b(?:should|could|would)\s+have\b|\b(?:could|should)\s+be\s+(?:\w+\s+)?(?:better|improv\w+|strengthen\w*|more|clear\w*|strong\w*|further)"),
    (2.2, r"\bmissed\s+opportunit\w*|\bopportunit\w+\s+(?:\w+\s+){0,3}missed|\bmiss(?:ed|ing)?\s+out\b"),
    (2.5, r"\b(?:often|too|frequently|sometimes|is|are|was|were)\s+(?:often\s+)?late\b|\btoo\s+(?:long|late|slow)|\bmore\s+than\s+(?:a|one|two|three|\d+)\s+(?:week|month|year)"),
    (2.2, r"\b(?:is|are)\s+(?:a|an|of)\s+(?:\w+\s+)?(?:risk|concern)\b|\bat\s+risk\s+of\s+further|\brisk\s+of\s+further|\btoo\s+generous|\bconcerns?\s+remain"),
    (2.0, r"\brarely\b|\bonly\s+(?:a\s+)?(?:few|small|minority|quarter|third|half|some|recently|partially|one|two|three|\d)"),
    (2.0, r"\bfew\s+(?:children|young|social|plans|assess|care|staff|cases|of)|\bless\s+(?:well|effective|clear|strong|consistent|timely|evident|positive|likely|robust)"),
    (2.0, r"\bneither\b|\bnor\b|\bnone\b|\bno\s+(?:clear|evidence|system\w*|formal|effective|overall|strategic|plan\w*|robust|specific|consistent|mechanism|single)"),
    (2.0, r"\bdeteriorat\w+|\bdeclin(?:e|ed|ing)\b|\bworsen\w*|\binstability|\bunstable|\bturnover|\bchurn|\bvacanc\w+|\bdisproportionate\w*|\bunnecessar\w+"),
    (2.0, r"\bunmet\b|\bunallocated|\bunmanageabl\w+|\bhigh\s+caseloads?|\bshortage\w*|\binexperienced|\bfrustrat\w+|\bdifficult(?:y|ies)?\b|\bstruggl\w+"),
    (1.5, r"\bchallenges?\b|\bchallenging\b|\bpressures?\b|\bconcerns?\s+(?:about|that|remain)|\bserious\s+concerns?"),
    (1.5, r"\bremains?\s+(?:a\s+)?(?:challeng\w+|concern|issue|area|weak\w*|too|low|high|fragile|inconsistent|variable|to\s+be|work)|\byet\s+to\b"),
    (1.5, r"\bstill\s+(?:to|need|more|not|too|work|be\w*|some)|\bearly\s+stages?\b|\bin\s+(?:its|their)\s+infancy|\bwork\s+in\s+progress|\bnot\s+yet"),
    (1.0, r"\bsome\s+(?:\w+\s+){0,3}(?:children|plans|assess\w*|cases|records|care|social)|\ba\s+(?:very\s+)?(?:small\s+)?(?:number|minority|few|proportion)\b"),
    (1.0, r"^\s*(?:However|Nevertheless|Although|But)\b|,\s+however\b"),
    (1.5, r"\bdo\s+not\b|\bdoes\s+not\b|\bleft\s+(?:in|without|at|with|exposed)|\bwithout\s+(?:\w+ing|a\s|an\s|any|clear|sufficient|appropriate|the)"),
    (1.8, r"\bunable\b|\bunaware|\bunknown|\bun(?:der)?resourced|\brisk-averse|\btask-focused|\bmisunder\w+|\boverdue|\blate\b(?!r\s)|\blengthy|\bprolonged"),
    (1.5, r"\brepeat(?:ed|ing)?\b|\brather\s+than\b|\binstead\s+of\b|\bharmful|\bunsafe\b|\bexposed\b|\bnarrow\b|\bcomplacen\w+|\bloss\s+of\b|\bcuts\b"),
)  # fmt: skip
STRONG = (
    (1.5, r"\beffective(?:ly|ness)?\b|\bgood\b|\bstrong(?:er|ly)?\b|\brobust\w*|\bthorough\w*|\bexcellent|\boutstanding|\bexemplary|\bimpressive"),
    (1.5, r"\bhigh[\s-]quality|\bhigh\s+(?:standard|aspiration)\w*"),
    (1.0, r"\bwell\b|\bappropriate(?:ly)?\b|\btimely\b|\bprompt(?:ly)?\b|\bswift(?:ly)?\b|\bquickly\b|\bclear(?:ly)?\b|\bregular(?:ly)?\b|\bsensitiv\w+|\bskil\w+"),
    (1.0, r"\bexperienced\b|\bcommitted|\bdedicated|\bpassionate|\benthusias\w+|\bdetermin\w+|\btenacious\w*|\bcreative\w*|\binnovative|\bproactive\w*|\brigorous\w*"),
    (1.0, r"\bdetailed|\bcomprehensive\w*|\bpurposeful|\bmeaningful\w*|\bambitio\w+|\baspirational|\bpositive\w*|\bproportionate\w*|\bresolute|\bdiligent"),
    (1.0, r"\bbenefit\w*|\bimprov(?:ed|ing|es|ements?)\b|\bsuccess\w*|\bprogress\b|\bvalue[ds]?\b|\bproud\b|\bpraise\w*|\bhappy|\bthriv\w+|\bsafe(?:r|ly)?\b"),
    (1.0, r"\bprotected|\bsupport(?:ed|ive)\b|\bsettled|\bstab(?:le|ility)|\bmanageable|\bbetter\b|\bstrength\w*|\bembedded|\bsecure[sd]?\b|\bhelp(?:s|ed|ing)?\b"),
    (1.0, r"\bensur\w+|\benabl\w+|\bunderst(?:and|ood)\b|\binformed|\bmake\s+sure|\bcelebrat\w+|\btrust\w*|\bconfiden\w+|\bencourag\w+|\bresponsive|\bwithout\s+delay"),
)  # fmt: skip
LEADING = re.compile(r"^(?:although|while|whilst|though)\b[^,]*,", re.IGNORECASE)
TRAIN_OF_THOUGHT = 0.3
"""What a leading "Although ..." weighs against the clause it gives way to."""
NEEDED = 2.0
AGAINST = 0.3

_WEAK = tuple((weight, re.compile(pattern, re.IGNORECASE)) for weight, pattern in WEAK)
_STRONG = tuple((weight, re.compile(pattern, re.IGNORECASE)) for weight, pattern in STRONG)


def margin(sentence: str) -> float:
    """Above zero for what sounds like a weakness, below for what does not."""
    lead = LEADING.match(sentence)
    weak, strong = _cues(sentence[lead.end() :] if lead else sentence)
    if lead:
        before = _cues(lead[0])
        weak, strong = weak + TRAIN_OF_THOUGHT * before[0], strong + TRAIN_OF_THOUGHT * before[1]
    return weak - NEEDED - AGAINST * strong


def _cues(text: str) -> tuple[float, float]:
    text = HARMLESS.sub(" ", text)
    weak = sum(weight for weight, pattern in _WEAK if pattern.search(text))
    return weak, sum(weight for weight, pattern in _STRONG if pattern.search(text))
