"""Who may do what: permissions, the table, and one question."""

from webapp.access.map import TABLE, may
from webapp.access.permissions import Permission

__all__ = ["TABLE", "Permission", "may"]
