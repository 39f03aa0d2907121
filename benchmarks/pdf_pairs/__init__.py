"""Fresh clean-and-damaged pairs: articles typeset by real PDF writers and read back by real PDF readers."""
