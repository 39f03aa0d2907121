"""One module per format; each reads a file into texts and refusals. `formats` says which one reads what."""
