"""What a news article is about: whether it is news of a report, of which authority, and which visit it means."""
