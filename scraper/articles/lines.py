"""The lines of an article without what the page puts between them: advertisements, teasers, sign-up boxes, repeated captions."""

import re
from collections.abc import Iterable, Iterator

REPEATED_FROM = 25
"""A caption is printed up to four times (alternative text, title, caption, text); shorter lines may well be said twice."""

CAPTION_TO = 1000
"""A longer line is no caption."""

LONGEST = 40_000
"""Characters: four times a long read. What comes after, in a page that is no article or is made to keep us busy, is left."""

STAMP = (
    r"(?:\d{1,4}(?:st|nd|rd|th|am|pm)?|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|at|on|of|by|am|pm|gmt|bst|utc|today|yesterday|ago|minutes?|hours?|days?|updated|last|first|published|min|read)\b"
)
"""Words of a line that is nothing but a time."""

JUNK = re.compile(
    r"""^\W*+(?:
      advertisement | advert | hide\ ad | sponsored(?:\ content)? | promoted\ stories | comments? | share | save | image | video | loading(?:\ (?:comments|content|more|video|player|article))?
    | (?:read|see|find\ out|hear|watch)\ more(?:\W++|\b.*\b(?:here|below)\W*+|\s*[:|>»].*) | (?:(?:also|now)\ )?read(?:\ (?:also|next|this))?:.* | more\ on\ this\ story
    | related(?:\ (?:topics|stories|articles|internet\ links)|:.{0,80})? | recommended(?:\ (?:reading|articles|stories|for\ you)|:.{0,120})? | most\ (?:popular|read)(?::.*)?
    | (?:see|watch)\ more\ of\ our\ (?:photos|pictures|videos)\b.* | (?:visit|watch)\ \S+!(?:\ (?:now|today|tv))? | (?:sign\ up|subscribe)(?:\ (?:here|now|today))*
    | thank(?:\ you|s)\ for\ (?:signing\ up|subscribing|your\ subscription) | did\ you\ know\ with\ an?\ .*(?:subscription|ads).*
    | sorry,\ there\ seem(?:s|ed)?\ to\ be\ (?:an?|some)\ (?:issues?|problems?|errors?).* | there\ was\ a\ problem.*subscri.* | submitting | please\ try\ again\ later
    | try\ \S+\ premium\ for\ free.* | enter\ your\ (?:email|postcode)(?:\ address)?
    | (?:no\ one|nobody)\ will\ be\ able\ to\ see\ who\ is\ signed\ up.* | to\ leave\ our\ community,?\ (?:click|tap|press|you|go)\b.* | if\ you['’]re\ (?:curious,?\ you\ can|on\ a\ desktop)\b.*
    | you['’]ll\ receive\ daily\ updates.* | all\ you\ have\ to\ do\ is\ click.* | (?:you\ can\ (?:also\ )?)?follow\ (?:us|bbc(?:\ \S+){0,3})(?:\ here|:.*|\ @.*)?
    | like\ us\ on\ facebook | get\ in\ touch | (?:do\ you\ have|have\ you\ got|got)\ a\ (?:news\ )?(?:story|tip)[^.?!]{0,60}\? | get\ involved\ with\ the\ news.* | (?:email|contact)\ (?:us|our\ news).{0,80}@.* | .{0,60}please\ (?:or|log\ in)\ to\ comment.*
    | (?:want\ to\ join\ the\ conversation|we\ do\ not\ (?:pre-)?moderate\ comments|comments\ are\ our\ way).*
    | image\ (?:source|caption|copyright),?.{0,120} | \(?(?:image|picture|photo|pic|credit)s?\s*(?::|credit|by\ (?-i:[A-Z])[^\s,]*(?:\ (?-i:[A-Z])[^\s,]*){0,4}$).{0,100} | share\ save.*
    | (?:last\ )?updated:?(?:\W*+__STAMP__)*+ | published:?\W*+(?=\d)(?:\W*+__STAMP__)++ | \d+\ (?:minutes?|hours?|days?)\ ago | copy\ link | open\ image\ in\ gallery.{0,160}
    | by\ (?-i:[A-Z])[^\s,]*(?:\ (?-i:[A-Z])[^\s,]*){1,3}(?:\W{1,3}(?:\S+\ ){0,4}?(?:reporter|reporting\ service|correspondent|editor))?
    | add\ as\ preferred\ (?:source|on)\b.* | a\ message\ from\ the\ editor(?::.*)? | support\ (?:our|local)\ journalism.* | this\ article\ (?:is|was)\ originally\ .{0,80}
    )\W*+$""".replace("__STAMP__", STAMP),
    re.IGNORECASE | re.VERBOSE,
)
"""Furniture that is nothing else, however it ends. What stands before the first word is passed over once, and what is looked for
within a line is looked for from its first place only."""
TEASER = re.compile(
    r"""^\W*+(?:
      (?:read|see|find\ out|hear|watch)\ more\b | more\ (?:from|on\ this\ story)\b | loading\b | recommended\b | related\b | most\ (?:popular|read)\b | (?:also|now)\ read\b | read\ (?:also|next|this)\b
    | sign\ up\ (?:to|for|here)\b | subscribe\ (?:to|here|now|today)\b | thank(?:\ you|s)\ for\ (?:signing\ up|subscribing)\b | (?:and\ )?live\ on\ (?:facebook|freeview|sky|virgin|youtube)\b
    | enter\ your\ (?:email|postcode)\b | (?:you\ can\ (?:also\ )?)?follow\ (?:us|bbc|\S+\ on)\b | like\ us\ on\ facebook\b | (?:do\ you\ have|have\ you\ got|got)\ a\ (?:news\ )?(?:story|tip)\b
    | \(?(?:image|picture|photo|pic|credit)s?\ by\b | (?:.{0,80}\ \(|(?<=\ \())c\)\ .{0,40}$
    ).*(?<![.!?])(?<!said:)(?<!says:)(?<!added:)(?<!asked:)(?<!wrote:)$""",
    re.IGNORECASE | re.VERBOSE,
)
"""Lines that begin as sentences may too ("Related services were weak."): what ends as one is one."""
CALL = re.compile(
    r"""^\W*+(?:(?:to|you\ can(?:\ also)?|why\ not|please|just|simply|or|by|when\ you|click\ \S+\ to)\ )?(?:
      sign(?:ing)?\ up | subscrib(?:e|ing) | join | get | receive | stay\ in\ the\ know | don['’]t\ miss | enter(?:ing)?\ your\ (?:email|postcode) | clicking | click\ (?:here|on|this|the) | tap | scan\ the\ qr\ code
    | follow\ \S+ | like\ us | thank(?:\ you|s)\ for\ (?:signing\ up|subscribing|your\ subscription) | (?:do\ you\ have|have\ you\ got|got)\ a\ (?:news\ )?(?:story|tip) | we\ (?:also\ )?treat | for\ (?:all\ )?the\ latest\ (?:\S+\ ){0,2}?(?:news|stories)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a paper asks its readers to do, or a sentence of the story that begins like it: `CHANNEL` and `SAID` tell."""
CHANNEL = re.compile(
    r"""\b(?:our|your|these|free|daily|weekly|the\ \S+)\ (?:\S+\ ){0,3}?(?:newsletters?|inbox|e-?mails?|app|homepage|news\ ?desk|website)\b
    | \bwhatsapp\b | \b(?:digital|ad-lite)\ subscription\b | \bbreaking\ news\ service\b | \bqr\ code\b | (?:\b(?:on|via|and|or)|,)\ (?:twitter|x|bbc\ sounds|facebook|instagram|tiktok|youtube|linkedin|threads|bluesky|google\ news|social\ media)\b
    | \b(?:privacy\ (?:policy|notice)|terms\ (?:of\ (?:use|service)|(?:and|&)\ conditions))\b | \bnewsletters?\ (?:here|now|today|below)\b | \bwww\. | @\w | \b(?:contact|e-?mail|call|tell|send|message)\ us\b | \bget\ in\ touch\b | \blet\ us\ know\b | \bcommunity\ members\b
    | \b(?:click|tap|sign\ up|subscribe|join)\ here(?:\ (?:to|for)\b|\W*$)""",
    re.IGNORECASE | re.VERBOSE,
)
SAID = re.compile(
    r"\b(?:said|says|saying|told|tells|adds?|added|urged?|urges|asked|asks|wrote|writes|warned|warns|heard|hears|found|finds|claimed|insisted|promised|pledged"
    r"|was|were|had|has)\b",
    re.IGNORECASE,
)
"""Words of a story: who calls on readers tells nothing that was."""

TWICE = re.compile(rf"^(.{{{REPEATED_FROM},}}?)(?:\s?\1)+")
"""A line that says one thing again and again, in a text with single spaces: to look for longer ones takes time with the square."""


def clean_lines(text: str, headline: str = "") -> str:
    """The text with one paragraph a line, without junk lines, each caption once, and without the headline as first line."""
    return "\n".join(_distinct(_lines(text), headline.strip()))


def _lines(text: str) -> Iterator[str]:
    for line in text[:LONGEST].replace("\r\n", "\n").split("\n"):
        joined = " ".join(line.split())
        if len(joined) > CAPTION_TO:
            yield joined
        elif joined and not _is_furniture(joined):
            yield TWICE.sub(r"\1", joined)


def _is_furniture(line: str) -> bool:
    """Whether a line stands between the paragraphs of a story: short calls, labels and links, and no sentence of it."""
    if JUNK.match(line) or TEASER.match(line.rstrip("\"'”’")):
        return True
    return bool(CALL.match(line) and CHANNEL.search(line) and not SAID.search(line))


def _distinct(lines: Iterable[str], headline: str) -> Iterator[str]:
    seen = {headline.casefold()}
    for line in lines:
        key = line.casefold()
        if key not in seen:
            yield line
        if len(line) >= REPEATED_FROM:
            seen.add(key)
