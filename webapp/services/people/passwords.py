"""Password hashes with Argon2id. Slow on purpose, so never called while a transaction is open for writing."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

# Source: OWASP Password Storage Cheat Sheet, 19 MiB, 2 passes, 1 lane: about 20 ms on one core.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
# Many people who sign in at once wait for each other rather than fill the memory.
AT_ONCE = threading.BoundedSemaphore(4)
# The hash of a random text that nobody knows, with the same cost: checked where there is no account.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$QFa0sJcKG+QbkLQFMKSA6A$UO+Bbx9bagqg+ASs9kRm7UjGZ/e+RwwXkw2HhvrfwBs"


def hash_password(password: str) -> str:
    with AT_ONCE:
        return HASHER.hash(password)


def is_password(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one hashed. None takes as long as any hash, and is nobody's password."""
    with AT_ONCE:
        try:
            HASHER.verify(password_hash or NOBODY, password)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
    return bool(password_hash)
