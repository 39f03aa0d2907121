"""Scores of restoration, flags and extraction against gold folders; reads gold, never feeds anything back to the product."""
