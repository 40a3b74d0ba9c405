"""The lines of an article without what the page puts between them: advertisements, teasers, sign-up boxes, repeated captions."""

import re
from collections.abc import Iterable, Iterator

REPEATED_FROM = 25
"""A caption is printed up to four times (alternative text, title, caption, text); shorter lines may well be said twice."""

CAPTION_TO = 1000
"""A longer line is no caption."""

LONGEST = 40_000
"""Characters: four times a long read. What comes after, in a page that is no article or is made to keep us busy, is left."""

JUNK = re.compile(
    r"""^\W*+(?:
      advertisement | advert | hide\ ad | sponsored(?:\ content)? | promoted\ stories | comments? | share | save | image | video | loading(?:\ (?:comments|content|more|video|player|article))?
    | (?:read|see|find\ out|hear|watch)\ more(?:\W++|\b.*\b(?:here|below)\W*+|\s*[:|>»-].*) | (?:also|now)\ read\b.* | read(?:\ (?:also|next|this)|:).* | more\ on\ this\ story.*
    | related(?:\ (?:topics|stories|articles|internet\ links)\b:?.{0,80}|:.{0,80})? | recommended(?:\ (?:reading|articles|stories|for\ you)\b.{0,120}|:.{0,120})? | most\ (?:popular|read)\b.*
    | (?:see|watch)\ more\ of\ our\ (?:photos|pictures|videos)\b.* | (?:and\ )?live\ on\ (?:facebook|freeview|sky|virgin|youtube)\b.* | (?:visit|watch)\ \S+!(?:\ (?:now|today|tv))? | sign\ up\ (?:to|for|here)\b.* | subscribe\ (?:to|here|now|today)\b.*
    | thank\ (?:you|s)\ for\ (?:signing\ up|subscribing|your\ subscription).* | did\ you\ know\ with\ an?\ .*(?:subscription|ads).*
    | sorry,\ there\ seem\ to\ be.* | there\ was\ a\ problem.*subscri.* | submitting | please\ try\ again\ later
    | (?:by|when\ you)\ (?:entering\ your|sign(?:ing)?\ up|subscribing|clicking).*(?:email|newsletter|privacy|terms).*
    | enter\ your\ (?:email|postcode).* | (?:stay\ in\ the\ know|don['’]t\ miss).*(?:newsletter|email|inbox|sign\ up|subscri).*
    | try\ \S+\ premium\ for\ free.* | (?:join|get)\b.*(?:whatsapp|breaking\ news\ service|newsletters?\b).* | .*\bscan\ the\ qr\ code\b.*
    | (?>.*?\b(?:click\ (?:on\ )?this\ link|click\ here)\b).*(?:whatsapp|newsletter|homepage|community).* | .*\bour\ (?:whatsapp\ )?community\ members?\b.*
    | (?:no\ one|nobody)\ will\ be\ able\ to\ see\ who\ is\ signed\ up.* | to\ leave\ our\ community.* | if\ you['’]re\ (?:curious|on\ a\ desktop).*
    | you['’]ll\ receive\ daily\ updates.* | all\ you\ have\ to\ do\ is\ click.* | for\ (?:all\ )?the\ latest\ (?:news|stories).*(?:visit|follow|sign|here).*
    | (?:you\ can\ )?follow\ (?:us|bbc|\S+\ on)\b.{0,160} | like\ us\ on\ facebook.* | get\ in\ touch | get\ involved\ with\ the\ news.*
    | (?:do\ you\ have|got)\ a\ (?:news\ )?(?:story|tip)\b.* | (?:email|contact)\ (?:us|our\ news).{0,80}@.* | .{0,60}please\ (?:or|log\ in)\ to\ comment.*
    | (?:want\ to\ join\ the\ conversation|we\ do\ not\ (?:pre-)?moderate\ comments|comments\ are\ our\ way).*
    | image\ (?:source|caption|copyright),?.{0,120} | \(?(?:image|picture|photo|pic|credit)s?\s*(?::|credit|by\b).{0,100} | share\ save.* | (?:.{0,80}\ \(|(?<=\ \())c\)\ .{0,40}
    | last\ updated:?.{0,60} | published:?\s+\d.{0,60} | \d+\ (?:minutes?|hours?|days?)\ ago | copy\ link | open\ image\ in\ gallery.{0,160}
    | add\ as\ preferred\ .* | a\ message\ from\ the\ editor:?.* | support\ (?:our|local)\ journalism.* | this\ article\ (?:is|was)\ originally\ .{0,80}
    )\W*+$""",
    re.IGNORECASE | re.VERBOSE,
)
"""What stands before the first word is passed over once, and what is looked for within a line is looked for from its first place only."""
TEASER = re.compile(
    r"^\W*+(?:(?:read|see|find out|hear|watch) more|more from|loading|recommended|related)\b.*(?<![.!?])$",
    re.IGNORECASE,
)
"""Lines that begin as sentences may too ("Related services were weak."): what ends as one is one."""

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
        elif joined and not JUNK.match(joined) and not TEASER.match(joined.rstrip("\"'”’")):
            yield TWICE.sub(r"\1", joined)


def _distinct(lines: Iterable[str], headline: str) -> Iterator[str]:
    seen = {headline.casefold()}
    for line in lines:
        key = line.casefold()
        if key not in seen:
            yield line
        if len(line) >= REPEATED_FROM:
            seen.add(key)
