"""From the click in a browser to the painted output of a trivial cell, hop by hop, and the same cell by the gateway."""

import itertools
import statistics
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import select

from benchmarks.gateway import trip_ms
from benchmarks.learners import Learner
from benchmarks.measure import Comparison, Measured, short
from benchmarks.site import LESSON_PATH, Account, Site, running_site
from webapp.jobs.tables import Job
from webapp.services.practice.tables import RunEventRow, RunRow

CELL = "primera-cuenta"
SOURCE = "import time\nprint(time.time_ns())"
CLICKS, FEW_CLICKS, WARM_UP = 50, 8, 5
REST_MS = 300  # between two clicks: the run before is over, and what the page asks after it is answered
PATIENCE_MS = 60_000
CHROMIUM = next((path for path in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if path.exists()), None)
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")

# Moments in milliseconds since 1970, on the clock that the site's processes read too.
WATCH = """
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const marks = (window.marks = {});
  const first = (name, at = now()) => { marks[name] ??= at; };
  const cell = () => document.querySelector('aula-cell[data-cell="CELL"]');
  let before = "";
  addEventListener("click", (event) => {
    if (!event.target.closest?.('aula-cell[data-cell="CELL"] [data-act=run]')) return;
    for (const name of Object.keys(marks)) delete marks[name];
    delete document.documentElement.dataset.painted;
    before = cell().dataset.outputRun ?? "";
    first("click", performance.timeOrigin + event.timeStamp);
  }, true);
  const ask = window.fetch;
  window.fetch = async (url, init) => {
    const isRun = String(url).endsWith("/ejecutar");
    const isLog = String(url).includes("?desde=");
    if (isRun) first("sent");
    const answer = await ask(url, init);
    if (isRun) first("answered");
    if (isLog) first("stream");
    return answer;
  };
  const read = ReadableStreamDefaultReader.prototype.read;
  ReadableStreamDefaultReader.prototype.read = async function (...given) {
    const piece = await read.apply(this, given);
    if (typeof piece.value === "string" && piece.value.includes('"op":"out"')) first("heard");
    return piece;
  };
  addEventListener("DOMContentLoaded", () => {
    new MutationObserver(() => {
      const shown = cell().querySelector(".output").textContent.trim();
      if (marks.changed || !shown || !marks.click || (cell().dataset.outputRun ?? "") === before) return;
      first("changed");
      requestAnimationFrame(() => requestAnimationFrame(() => {
        first("painted");
        document.documentElement.dataset.painted = "";
      }));
    }).observe(cell(), { subtree: true, childList: true, characterData: true });
  });
})();
""".replace("CELL", CELL)

# In the order of the road; each hop is named by where it ends.
ROAD: Mapping[str, str] = {
    "click": "click",
    "sent": "the page has sent its request",
    "created": "the site begins to write the run",
    "claimed": "a runner has taken the job",
    "running": "the runner is about to send the code",
    "printed": "the cell prints in its kernel",
    "output": "the runner begins to write the output to the log",
    "heard": "the output reaches the browser",
    "changed": "the page holds the output",
    "painted": "the output is painted (the second frame after)",
}
# Beside the road: what has to be there in time, but is waited for only if it is late.
ASIDE: Mapping[str, str] = {
    "answered": "the page knows the run's name",
    "stream": "the run's event stream is open",
    "started": "the runner begins to write that the kernel has the cell",
}
Marks = Mapping[str, float]


@dataclass(frozen=True)
class Clicks:
    """Moments of every click, and the round trips of the same cell by the gateway alone, taken in turns."""

    marks: tuple[Marks, ...]
    trips: tuple[float, ...]

    def since_click(self, name: str) -> Measured:
        return Measured(name, tuple(one[name] - one["click"] for one in self.marks))

    def hop(self, earlier: str, later: str) -> Measured:
        return Measured(later, tuple(one[later] - one[earlier] for one in self.marks))


def compare(count: int = CLICKS) -> list[Comparison | str]:
    if CHROMIUM is None:
        return ["The page was not measured: no Chromium was found at /usr/bin. Debian: apt-get install chromium."]
    with running_site() as site:
        clicks = measure(site, count)
    whole = clicks.since_click("painted")
    return [
        Comparison(
            "page: a trivial cell",
            "ms",
            Measured("the gateway alone, to the cell's end", clicks.trips),
            (Measured("click to painted output", whole.values),),
        ),
        describe(clicks),
    ]


def measure(site: Site, count: int) -> Clicks:
    (account,) = site.open_accounts(1)
    wake_kernel(site, account)
    host = site.kernel_host()
    kernel = host.start()
    with sync_playwright() as playwright, host.connect(kernel) as connection:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        page = open_page(browser.new_page(locale="es-MX"), site, account)
        found, trips = [], []
        for _ in range(WARM_UP + count):
            found.append(click(page))
            trips.append(trip_ms(connection, SOURCE))
        browser.close()
    host.shutdown(kernel)
    rows = read_rows(site)[-count:]
    return Clicks(tuple({**a, **b} for a, b in zip(found[-count:], rows, strict=True)), tuple(trips[-count:]))


def wake_kernel(site: Site, account: Account) -> None:
    """The learner has written the cell and run it once."""
    learner = Learner(site.address, account)
    learner.sign_in()
    learner.open_lesson()
    learner.follow(learner.run(CELL, SOURCE), itertools.repeat("poll"))
    learner.close()


def open_page(page: Page, site: Site, account: Account) -> Page:
    page.add_init_script(WATCH)
    page.goto(f"{site.address}/entrar?next={LESSON_PATH}")
    page.fill("input[name=email]", account.email)
    page.fill("input[name=password]", account.password)
    page.locator("main").get_by_role("button", name="Entrar").click()
    page.wait_for_selector(f'aula-cell[data-cell="{CELL}"] [data-act=run]')
    return page


def click(page: Page) -> dict[str, float]:
    """Press Run, wait until the output is painted and the run is over; the browser's moments."""
    page.wait_for_timeout(REST_MS)
    page.locator(f'aula-cell[data-cell="{CELL}"] [data-act=run]').click()
    page.wait_for_selector("html[data-painted]", timeout=PATIENCE_MS)
    page.wait_for_selector(f'aula-cell[data-cell="{CELL}"]:not(.is-running)', timeout=PATIENCE_MS)
    marks: dict[str, float] = page.evaluate("window.marks")
    printed_ns = int(page.locator(f'aula-cell[data-cell="{CELL}"] .output').inner_text().strip())
    return {**marks, "printed": printed_ns / 1e6}


def read_rows(site: Site) -> list[dict[str, float]]:
    """What the rows of each run tell, oldest run first. A moment in a row is of just before its transaction."""
    with site.sessions.read() as session:
        jobs = session.scalars(select(Job).where(Job.name == "drain_kernel").order_by(Job.id)).all()
        found = []
        for run in session.scalars(select(RunRow).order_by(RunRow.id)):
            events = session.scalars(select(RunEventRow).where(RunEventRow.run_id == run.id).order_by(RunEventRow.seq))
            moments = {moment_name(row.body): ms(row.at) for row in events}
            # A claim moves the job's wake-up to its own moment, where it stays.
            job = next(one for one in jobs if one.created_at >= run.created_at)
            found.append({**moments, "created": ms(run.created_at), "claimed": ms(job.wake_at)})
    return found


def moment_name(body: Mapping[str, Any]) -> str:
    names = {"stream": "output", "started": "started", "state": str(body.get("state"))}
    return names.get(body["kind"], str(body["kind"]))


def ms(moment: datetime) -> float:
    return moment.timestamp() * 1000


def describe(clicks: Clicks) -> str:
    """A table of the hops: each one's own median and 99th percentile, and the median of the whole way so far."""
    names = list(ROAD)
    rows = [
        hop_row(ROAD[later], clicks.hop(earlier, later), clicks.since_click(later))
        for earlier, later in itertools.pairwise(names)
    ]
    beside = [
        f"| (beside) {text} | | | {short(statistics.median(clicks.since_click(name).values))} ms |"
        for name, text in ASIDE.items()
    ]
    head = ["| hop of the page, by where it ends | median | p99 or largest | since the click |", "|---|---|---|---|"]
    return "\n".join([*head, *rows, *beside])


def hop_row(text: str, hop: Measured, so_far: Measured) -> str:
    return f"| {text} | {short(hop.median)} ms | {short(hop.p99)} ms | {short(so_far.median)} ms |"


compare_small = partial(compare, FEW_CLICKS)
