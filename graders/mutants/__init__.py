"""Mutants of a solution: what it would be with one mistake that learners make. Pure."""

from graders.mutants.mutate import Mutant, list_mutants

__all__ = ["Mutant", "list_mutants"]
