"""A small invented authority with its reports and its local news, served on loopback so that the whole runs offline.

In: the files here. Out: a site with a clock that can be moved (`DemoSite`); `story` says what happens. Leaves no rows.
"""

from monitor.demo import story
from monitor.demo.site import DemoSite

__all__ = ["DemoSite", "story"]
