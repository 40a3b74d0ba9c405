"""What a mail server's answer means: whose fault a refusal is. Pure.

The first digit of a code says whether the server will change its mind, not about what: Postfix answers RCPT with 554 where
it does not know us, and with 550 where it does not know the recipient. So the enhanced code and the words are read, and whether
others were taken; what is not clearly the recipient's is tried again.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Whose a failure is."""

    RECIPIENT = "recipient"  # no later attempt helps
    PASSING = "passing"  # of this mail or this mailbox, for now
    OURS = "ours"  # our settings, our standing with the server, or the server itself: others fail alike


@dataclass(frozen=True, slots=True)
class Answer:
    """A refusal as the server gave it; `at_data`: of the mail itself, after its recipient was taken."""

    code: int
    text: str
    at_data: bool = False

    @property
    def enhanced(self) -> str:
        """The enhanced status code (RFC 3463), such as `5.1.1`, that the text begins with, or that stands marked in it; empty where there is none."""
        found = ENHANCED.match(self.text) or MARKED.search(self.text)
        return found[1] if found else ""

    def fault(self, others_taken: bool) -> Fault:
        """Whose fault it is."""
        return judge(self.code, self.enhanced, self.text, others_taken, at_data=self.at_data)


ENHANCED = re.compile(r"[\s#\[(<]{0,4}([245]\.\d{1,3}\.\d{1,3})(?!\d)")
MARKED = re.compile(r"#([245]\.\d{1,3}\.\d{1,3})(?!\d)")
"""As qmail has it: `(#5.7.1)` at the end."""
SENDER = re.compile(
    r"\bsender|\bmail from\b|\bfrom address|\breturn[- ]path|\benvelope[- ]from|\boriginator|\byour (?:account|mailbox|ip|server|domain)\b"
)
OF_SENDER = re.compile(r"[45]\.1\.[78]$")
OF_RECIPIENT = re.compile(r"5\.1\.(?:[01236]|10)$")
OF_MAILBOX = re.compile(r"4\.[12]\.\d{1,3}$")
OF_POLICY = re.compile(r"5\.7\.\d{1,3}$")
OF_SYSTEM = re.compile(r"[45]\.3\.[0-35-9]\d{0,2}$")

WHO = r"(?:user|mailbox|recipient|account|addressee|person)"
NOBODY = re.compile(
    rf"\b(?:unknown|no such|non-?existent|not a valid|not a known) (?:local |e-?mail |mail )?(?:{WHO}|address)\b"
    rf"|\b{WHO}s?(?: [\w'.-]{{1,30}}){{0,8}} (?:unknown|not found|not known|does not exist|doesn't exist|not exist|disabled|inactive"
    r"|deactivated|suspended|not here|no longer)\b"
    r"|\binvalid (?:user|mailbox|account)\b|\bno (?:mailbox|account)\b|\bunroute?able address|\bundeliverable address|\brecipnotfound"
    r"|\bnosuchuser"
)  # "invalid recipient" says nothing: OpenSMTPD says it where it does not relay
UNAVAILABLE = re.compile(r"\bmailbox(?: is)? (?:unavailable|not available)")
FULL = re.compile(
    r"\bfull\b|\bquota\b|\bover ?limit|\btoo (?:large|big)\b|\binsufficient|\bmessage size|\bsize limit|\bexceed"
)
US = re.compile(
    r"\brelay|\bhelo\b|\behlo\b|\bclient\b|\bauthenticat|\bauth\b|\blog ?in\b|\bstarttls\b|\btls\b|\bssl\b|\bencrypt|\bspf\b|\bdkim\b"
    r"|\bdmarc\b|\bblock|\bblacklist|\bdnsbl|\brbl\b|\bspamhaus|\breputation|\bip\b|\bptr\b|\breverse dns|\brate\b|\btoo many\b"
    r"|\bpolicy\b|\bnot allowed\b|\brcpthosts\b|\blimit\b|\byour provider\b|\bnot authori[sz]ed|\bunauthori[sz]ed|\bpermission|\baccess denied|\bhost\b|\bhostname\b"
)
LIMIT = re.compile(
    r"\b(?:daily|hourly|sending|message|recipients?|rate) limit\b|\blimit (?:for|of) (?:messages?|recipients?|mails?)\b"
)
COMMAND_CODES = {500, 501, 502, 503, 504, 521, 530, 534, 535, 538, 555}  # of what we said, and of who may speak at all
MAILBOX_CODES = {550, 551, 553}
GOODBYE = 421


def judge(code: int, enhanced: str, text: str, others_taken: bool, *, at_data: bool = False) -> Fault:
    """Whose fault a refusal is. `others_taken`: the server has meanwhile taken another mail (`at_data`), or one for another recipient.

    Only what is known to be the recipient's is given up at once; what hits everybody is the server's or ours.
    """
    words = _words(text)
    if SENDER.search(words) or OF_SENDER.match(enhanced):
        return Fault.OURS
    if code < 500:
        return _for_now(code, enhanced, words, others_taken)
    if OF_RECIPIENT.match(enhanced):
        return Fault.RECIPIENT
    if _speaks_of_us(enhanced, words) and not others_taken:
        return Fault.OURS
    if FULL.search(words):
        return Fault.PASSING
    if _speaks_of_nobody(enhanced, words):
        return Fault.RECIPIENT
    return _unclear(code, enhanced, words, others_taken, at_data)


def _words(text: str) -> str:
    """The text in small letters, in one line, without addresses and links: a name in one of those says nothing."""
    return " ".join(word for word in text.lower().split() if "@" not in word and "://" not in word)


def _for_now(code: int, enhanced: str, words: str, others_taken: bool) -> Fault:
    if code == GOODBYE or OF_SYSTEM.match(enhanced):
        return Fault.OURS
    of_mailbox = OF_MAILBOX.match(enhanced) or NOBODY.search(words) or FULL.search(words)
    return Fault.PASSING if of_mailbox or others_taken else Fault.OURS


def _speaks_of_nobody(enhanced: str, words: str) -> bool:
    if NOBODY.search(words):
        return True
    return bool(UNAVAILABLE.search(words) and not US.search(words) and not OF_POLICY.match(enhanced))


def _speaks_of_us(enhanced: str, words: str) -> bool:
    """Whether it is about our account or our standing, whatever else is said: a policy, a limit that we have reached."""
    return bool(OF_POLICY.match(enhanced) or LIMIT.search(words))


def _unclear(code: int, enhanced: str, words: str, others_taken: bool, at_data: bool) -> Fault:
    if at_data:
        return Fault.PASSING if others_taken else Fault.OURS
    if code in COMMAND_CODES or OF_POLICY.match(enhanced) or OF_SYSTEM.match(enhanced) or US.search(words):
        return Fault.OURS
    if not others_taken:
        return Fault.OURS
    return Fault.RECIPIENT if code in MAILBOX_CODES and not enhanced else Fault.PASSING
