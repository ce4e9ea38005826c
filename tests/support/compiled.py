"""Templates that stay compiled from one test to the next: each has a site of its own, and all have the same pages."""

from types import CodeType

from jinja2.bccache import Bucket, BytecodeCache


class CompiledTemplates(BytecodeCache):
    """In memory. A template whose text has changed is compiled again, as Jinja's own caches do it."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None  # it is called with what was just compiled
        self._kept[bucket.key] = (bucket.checksum, bucket.code)
