"""Every Dagster object, and the `tarmim` command; thin: what is done is done in pipeline/."""
