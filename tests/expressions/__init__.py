"""That no regular expression takes more than linear time: which there are, texts that keep each busy, and how its time grows."""
