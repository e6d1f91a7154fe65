"""Feeds: what a subscriber gets of an entry (`items`), and one file for each format that it is written in."""
