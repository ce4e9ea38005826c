"""Pictures that learner's code displays: always behind <img>, where nothing in them can run."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from webapp.ui.outputs.words import Language, say

LARGEST_INLINE = 32 * 1024
LARGEST_PICTURE = 2 * 2**20
STARTS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
SVG = "image/svg+xml"
MEDIA_TYPES = (SVG, *STARTS)

# Gives the address under which a picture can be fetched, from its bytes and media type; None to keep it in
# the page.
ImageUrl = Callable[[bytes, str], str | None]


def read_picture(media_type: str, value: Any) -> bytes | None:
    """The picture's bytes; None where they are not what the media type says, or too many."""
    if not isinstance(value, str) or len(value) > LARGEST_PICTURE * 4 // 3 + 1000:
        return None
    if media_type == SVG:
        return value.encode() if re.search(r"<svg[\s>]", value[:2000]) else None
    try:
        data = base64.b64decode("".join(value.split()), validate=True)
    except binascii.Error:
        return None
    return data if data.startswith(STARTS[media_type]) else None


def render_picture(
    data: bytes,
    media_type: str,
    metadata: Mapping[str, Any],
    *,
    language: Language,
    cell_label: str,
    image_url: ImageUrl | None,
) -> str:
    """The picture in a figure that scrolls and takes the focus; large ones by address where the caller has
    one."""
    own = metadata.get(media_type)
    own = own if isinstance(own, Mapping) else {}
    name = say(language, "figure", cell=cell_label) if cell_label else say(language, "figure_alone")
    alt = next((one for one in (own.get("alt"), metadata.get("alt")) if isinstance(one, str) and one.strip()), name)
    address = image_url(data, media_type) if image_url and len(data) > LARGEST_INLINE else None
    address = address or f"data:{media_type};base64,{base64.b64encode(data).decode()}"
    sizes = "".join(f' {side}="{own[side]}"' for side in ("width", "height") if _is_size(own.get(side)))
    region = say(language, "figure_region", name=name)
    return (
        f'<figure class="figure" tabindex="0" role="group" aria-label="{escape(region)}">'
        f'<img src="{escape(address)}" alt="{escape(alt[:1000])}"{sizes}></figure>'
    )


def _is_size(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10_000
