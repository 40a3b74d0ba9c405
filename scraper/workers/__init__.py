"""Foreign documents are read in children with limits on time, memory and size: one that breaks its reader costs itself.

In: a `Task` and what it is about. Out: its result, or the error that says why there is none. Leaves no rows.
"""

from scraper.workers.in_order import in_order
from scraper.workers.task import Task
from scraper.workers.worker import Worker

__all__ = ["Task", "Worker", "in_order"]
