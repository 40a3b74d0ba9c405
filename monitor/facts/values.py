"""What a mail, the terminal and a page tell of one report: facts as plain values, ready to be laid out.

They are put together from stored rows only, so that they are the same whoever asks and whenever; no text here is invented.
"""

from dataclasses import dataclass, field
from datetime import date

from monitor.reading import ReportRef
from scraper.reference import Grade, GradedArea, area_of, grade_of, graded_area

NOT_COMPARED = "not_compared"
RAISED_AGAIN, UNCLEAR = "raised_again", "unclear"
"""What is told in place of a status that is not certain enough for a verdict."""


@dataclass(frozen=True, slots=True)
class GradeChange:
    """One graded area then and now; `area` as its framework calls it. `change`: improved, declined, unchanged, new, no_longer_given, not_compared."""

    area: str
    earlier: str | None
    grade: str | None
    change: str
    earlier_report: ReportRef | None = None
    note: str = ""
    framework: str | None = None

    @property
    def key(self) -> str:
        """The key of the area; its name in lower case for one that its framework does not have."""
        return area_of(self.area, self.framework)

    @property
    def known(self) -> GradedArea | None:
        """The area, where its framework has it."""
        return graded_area(self.key)

    @property
    def place(self) -> Grade | None:
        """The place of the grade on its scale."""
        return grade_of(self.grade or "", self.framework)


@dataclass(frozen=True, slots=True)
class Wording:
    """In which words an earlier report asked for something, and on which page."""

    report: ReportRef
    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Ask:
    """One item of this report's lists of things to improve; `raised` are the earlier reports that surely raised it, oldest first.

    `perhaps`: it may be an earlier one asked for again, and is therefore not called new. `wordings`: in which words it was surely asked for before.
    """

    kind: str
    section: str
    text: str
    page: int
    subjects: tuple[str, ...] = ()
    raised: tuple[ReportRef, ...] = ()
    perhaps: bool = False
    wordings: tuple[Wording, ...] = ()

    @property
    def new(self) -> bool:
        """Whether no earlier report raised it."""
        return not self.raised and not self.perhaps


@dataclass(frozen=True, slots=True)
class EarlierArea:
    """A thing asked for that was open before this report, and what this report says about it; `kind` as of an `Ask`.

    `matched` is the ask of this report for the same thing, `surely` whether that is sure. `confidence`: how likely the status is right, 0 to 1; where
    it is not `certain`, readers are shown the sentences and no status. `decided_by`: who said so, where not this program. `name`: what the comparison
    is called for a correction.
    """

    text: str
    page: int
    raised: tuple[ReportRef, ...]
    status: str
    evidence: str | None = None
    evidence_page: int | None = None
    matched: str | None = None
    kind: str = ""
    surely: bool = True
    confidence: float | None = None
    certain: bool = True
    decided_by: str | None = None
    name: str = ""

    @property
    def again(self) -> bool:
        """Whether it is surely asked for again."""
        return self.matched is not None and self.surely

    @property
    def told(self) -> str:
        """The status as readers are told it: `unclear` where it is not certain."""
        return self.status if self.certain else UNCLEAR

    @property
    def group(self) -> str:
        """Under what it is told: what is surely asked for again first of all, else its status."""
        return RAISED_AGAIN if self.again else self.told


@dataclass(frozen=True, slots=True)
class Statement:
    """A strength, weakness or mixed sentence with its page."""

    kind: str
    section: str
    text: str
    page: int


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything told of one report.

    `headline` is the most important change in a few words (for a subject line), `summary` one to four sentences of counts and changes; `unread` says why the PDF could not be read, if it could not;
    `misfiled` is the authority that its text names, where that is another than the one of the page it is on.

    `before` are all earlier visits of its chain, oldest first, `compared_with` those since the last graded inspection. `uncompared`: what it
    says is known, and how that compares with them is not. `doubts`: why it could only be read in part. In both states, as where it is alone,
    `compared_with` is empty and nothing is called new, raised before or improved. `unseen`: those of `compared_with` that were read in part;
    then nothing is called new. `scope`: what a visit with a narrow scope looked at, in its own words.
    """

    report: ReportRef
    urn: str
    authority: str
    framework: str | None = None
    inspection_start: date | None = None
    inspection_end: date | None = None
    lead_inspector: str | None = None
    visit_number: int | None = None
    since_judgement: str | None = None
    grades: tuple[GradeChange, ...] = ()
    asks: tuple[Ask, ...] = ()
    earlier: tuple[EarlierArea, ...] = ()
    statements: tuple[Statement, ...] = ()
    compared_with: tuple[ReportRef, ...] = ()
    headline: str = ""
    summary: tuple[str, ...] = field(default=())
    unread: str | None = None
    misfiled: str | None = None
    before: tuple[ReportRef, ...] = ()
    uncompared: bool = False
    doubts: tuple[str, ...] = ()
    unseen: tuple[ReportRef, ...] = ()
    scope: str = ""
