"""The pages that people look at: static files made from the published warehouse, without server, network or inline script."""
