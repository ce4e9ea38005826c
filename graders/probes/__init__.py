"""Source texts that are sent into a session and run there, beside learner code. They give values, never a verdict.

They import nothing of ours, are read as text by `graders.collect`, and are never imported by the site.
"""
