"""What an error means, where it happened and what to try, in words for learners."""

from webapp.ui.outputs.errors.explain import Explanation, explain, explain_warning

__all__ = ["Explanation", "explain", "explain_warning"]
