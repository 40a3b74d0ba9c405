"""A second reader of the user's choice, off unless configured, is asked where a comparison is not sure; what it says counts if it stands there.

In: an item, sentences of a later report, `compare.second_reader` of the config. Out: answers that name such sentences. Leaves `second_readings`, `issues`.
"""

from monitor.second_reader.asking import ask, probe
from monitor.second_reader.checking import checked
from monitor.second_reader.pending import answers_for, ask_pending
from monitor.second_reader.values import MOST_SENTENCES, STATUSES, Answer, Question, Refused, places_around

__all__ = [
    "MOST_SENTENCES",
    "STATUSES",
    "Answer",
    "Question",
    "Refused",
    "answers_for",
    "ask",
    "ask_pending",
    "checked",
    "places_around",
    "probe",
]
