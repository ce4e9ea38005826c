// What a cell printed, painted once a frame, however fast it comes.

export class OutputPainter {
  private waiting = "";
  private frame = 0;

  constructor(private readonly place: HTMLElement) {}

  add(html: string): void {
    this.waiting += html;
    // A hidden page has no frames; its output is painted at once so that nothing piles up.
    if (document.hidden) this.flush();
    else this.frame ||= requestAnimationFrame(() => this.flush());
  }

  replace(html: string): void {
    this.waiting = "";
    this.place.innerHTML = html;
  }

  flush(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (this.waiting) this.place.insertAdjacentHTML("beforeend", this.waiting);
    this.waiting = "";
  }

  /** Empties the place before a new run; the old output stays, dimmed, until the new one begins. */
  clear(): void {
    this.replace("");
    this.place.classList.remove("is-stale", "is-fault");
  }

  dim(): void {
    this.place.classList.add("is-stale");
  }

  close(isFault: boolean): void {
    this.flush();
    this.place.classList.toggle("is-fault", isFault);
    this.place.classList.remove("is-stale");
  }
}
