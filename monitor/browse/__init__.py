"""Browsing what is stored: Datasette with one datasette.yaml, and our own pages as a plugin."""
