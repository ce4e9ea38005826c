"""The fork server's own process. Runs in the kernels' environment, knows only the standard library and what is there.

Its files import one another relatively, so that it starts as a top-level package without the site's front doors.
"""
