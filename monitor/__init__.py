"""The daemon, and what it concludes from what the crawls have stored: readings, comparisons, links, alerts, mails, pages.

In: config.yaml and the scraper's rows. Out: mails and pages. It imports the scraper's doors, and neither Scrapy nor Twisted.
"""
