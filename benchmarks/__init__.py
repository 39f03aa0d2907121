"""Accuracy and speed beside named peers, in one run on the same files; nothing here is a test and nothing is tuned here."""
