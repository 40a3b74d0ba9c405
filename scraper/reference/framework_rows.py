"""The rows of frameworks.yaml, each part with what it says; the file itself explains them to who edits it."""

from typing import Annotated, Literal

from pydantic import Field

from scraper.reference.rule_files import Beginning, Flag, Pattern, RuleModel, Text, Words

Look = Literal["bad", "fair", "good", "best"]
LOOKS: tuple[Look, ...] = ("bad", "fair", "good", "best")
Month = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]


class KindRow(RuleModel):
    """A kind of document: its name for people (empty where the site's is used), and the series of visits that it belongs to.

    `letter`: it is signed by its inspector; `joint`: it has no lead inspector; `graded`: it gives grades; `standing`: where an authority stands is told by
    it; `narrow`: it looks at some services only; `numbered`: such visits are counted, after which words; `first`: said of the first of them where it is not there, `since`: before the month they count from;
    `services`: news of children's services may be about it; `said`: how news names it; `unknown`: what fits no other kind.
    """

    key: Text
    name: str = ""
    chain: Text
    letter: Flag = False
    joint: Flag = False
    graded: Flag = False
    standing: Flag = False
    narrow: Flag = False
    numbered: Words | None = None
    first: Text | None = None
    since: Text | None = None
    services: Flag = False
    said: Words | None = None
    unknown: Flag = False


class AskRow(RuleModel):
    """What a list asks for: its title, one and more of its items in a sentence. `urgent`: it heads what is told, `marked` is said of such among others."""

    key: Text
    title: Text
    one: Text
    more: Text
    urgent: Flag = False
    marked: Text | None = None


class FrontRow(RuleModel):
    """Words of a first page that tell of which kind and framework a document is."""

    words: Words
    kind: Text
    framework: Text


class FrameworkRow(RuleModel):
    """A framework, with the months of the first and last day on site under it, and how many grades a graded report has (least, most).

    `name`: told beside the kind of visit; `areas`: in the order in which headings are tried; `sentences`: where an area's grade stands in a sentence;
    `headed`: a heading under which a grade stands alone; `board_reviewed`: the safeguarding board was reviewed with the authority;
    `front_matter`: what stands before the first heading holds nothing; `asked_in`: where there is no list, what is wanting under this heading is asked.
    """

    key: Text
    name: str = ""
    from_: Month | None = Field(default=None, alias="from")
    until: Month | None = None
    scale: Text | None = None
    areas: tuple[Text, ...] = ()
    grades: tuple[int, int] | None = None
    sentences: dict[Text, Words] = Field(default_factory=dict)
    headed: Beginning | None = None
    board_reviewed: Flag = False
    front_matter: Flag = False
    asked_in: Words | None = None

    def in_force(self, month: str) -> bool:
        """Whether a visit whose last day is in this month (YYYY-MM) may have been made under it."""
        return (self.from_ or month) <= month <= (self.until or month)


class GradeRow(RuleModel):
    """A grade: its words, other words for its place on the scale, and how pages show it.

    `full`: in full, as news give it; `printed`: its words where they differ from text to text; `phrase`: they are part of a sentence, `verb`: and said
    of something, as in "arrangements lead to ..."; `everyday`: in running text they are a grade only where something else says so.
    """

    grade: Text
    full: Text | None = None
    printed: Words | None = None
    also: tuple[Text, ...] = ()
    look: Look
    phrase: Flag = False
    verb: Flag = False
    everyday: Flag = False


class GradedArea(RuleModel):
    """An area that is graded: `heading` finds it in headings as printed (lower case, letters and blanks only), `row` begins its line in a table.

    `parts` are areas graded apart in other frameworks, `follows` earlier areas in whose place it came; `whole`: it grades the whole report, `until` which
    month; `said`: how news names it; `other_body`: somebody else than the authority; `printed`: its heading where a sentence gives its grade;
    `standing`: it tells where an authority stands.
    """

    key: Text
    name: Text
    short: Text
    heading: Pattern | None = None
    row: Words | None = None
    parts: tuple[Text, ...] = ()
    follows: tuple[Text, ...] = ()
    whole: Flag = False
    until: Month | None = None
    other_body: Flag = False
    printed: Text | None = None
    said: Words | None = None
    standing: Flag = True

    @property
    def stands(self) -> bool:
        """Whether its grade, by itself, tells where an authority stands."""
        return self.standing and not (self.whole or self.other_body or self.parts)


class Marks(RuleModel):
    """Words of headings that are more than a section's; the file says what each is."""

    general: Beginning
    areas: Beginning
    soft: Beginning
    meanings: Beginning
    box: Beginning
    board: Words
    board_alone: Beginning
    authority: Beginning
    table: Beginning
    scope: Beginning
    plain: Beginning
    no_items: Beginning


class HeadingRow(RuleModel):
    """A heading of a section, from its beginning on, and what the section holds; `of`: the kind of a list of things to improve."""

    words: Beginning
    holds: Literal["ask", "tell", "skip"]
    of: Text | None = None


def finds(area: GradedArea, plain: str) -> bool:
    """Whether a heading (lower case, letters and blanks only) is this area's."""
    return bool(area.heading.search(plain)) if area.heading else area.name.lower() in plain
