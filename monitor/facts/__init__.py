"""What there is to tell of one report, as plain values and in sentences, the same for mails, pages and the terminal.

In: stored readings and comparisons; answers that were not what was wanted. Out: `ReportFacts`, `Came`; `phrases` has the words for dates, kinds
and counts. Leaves no rows.
"""

from monitor.facts import phrases
from monitor.facts.came import Came, answer, answers_of
from monitor.facts.of_story import StoryAbout, about_story
from monitor.facts.stored import ready, report_facts
from monitor.facts.values import Ask, EarlierArea, GradeChange, ReportFacts, Statement

__all__ = [
    "Ask",
    "Came",
    "EarlierArea",
    "GradeChange",
    "ReportFacts",
    "Statement",
    "StoryAbout",
    "about_story",
    "answer",
    "answers_of",
    "phrases",
    "ready",
    "report_facts",
]
