"""One crawl of one source, and reading what it brought: Scrapy, HTML, feeds and PDF are known here and nowhere else.

In: a job, or the file of a report. Out: rows, or a reading. It never imports the monitor.
docs/architecture.md draws the way from room to room.
"""
