"""Builders of the shipped model data; nothing here is imported at run time."""
