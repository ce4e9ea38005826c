// The form of an exercise without code: what it sends, items that move, and text that saves itself.
import { announce, icon, page, part, say } from "./page";
import { Saver, type SavedText, type SaveState } from "./saver";

const SAVE_ICONS: Record<SaveState, string> = {
  pending: "", saving: "", saved: "cloud", local: "cloud-off", refused: "warn", danger: "warn",
};

export class Question {
  /** Only what is written has one: the answer is saved while it is typed, as code is. */
  readonly saver: Saver | null = null;
  private readonly kind: string;

  constructor(
    readonly form: HTMLFormElement,
    exercise: string,
    private readonly show: (html: string, text: string) => void,
  ) {
    this.kind = form.dataset["question"] ?? "";
    if (this.kind === "order") this.wireOrder();
    const field = form.querySelector<HTMLInputElement | HTMLTextAreaElement>("[name=source]");
    if (field) this.saver = this.wireText(field, exercise);
  }

  /** What is marked, ordered or paired, as the server takes it. */
  get choice(): string[] {
    if (this.kind === "order") return this.items.map((item) => item.dataset["item"] ?? "");
    if (this.kind === "match") {
      const paired = [...this.form.querySelectorAll<HTMLSelectElement>("select[data-item]")].filter((one) => one.value);
      return paired.map((one) => `${one.dataset["item"] ?? ""}=${one.value}`);
    }
    return [...this.form.querySelectorAll<HTMLInputElement>(".choice input:checked")].map((input) => input.value);
  }

  /** Why there is nothing to send yet; empty where there is. */
  get lack(): string {
    if (this.saver) return part<HTMLInputElement>(this.form, "[name=source]").value.trim() ? "" : say("write_first");
    return this.choice.length ? "" : say("choose_first");
  }

  private get items(): HTMLElement[] {
    return [...this.form.querySelectorAll<HTMLElement>("[data-item]")];
  }

  private wireOrder(): void {
    for (const item of this.items) {
      part(item, ".order-moves").hidden = false;
      const select = part<HTMLSelectElement>(item, "select");
      select.addEventListener("change", () => {
        this.move(item, select.selectedIndex);
        select.focus();
      });
      item.addEventListener("click", (event) => {
        const pressed = (event.target as Element).closest<HTMLElement>("[data-move]");
        if (!pressed) return;
        this.move(item, this.items.indexOf(item) + Number(pressed.dataset["move"]));
        pressed.focus();
      });
    }
  }

  /** Puts an item at a place, from 0, and tells it. */
  private move(item: HTMLElement, to: number): void {
    const others = this.items.filter((one) => one !== item);
    if (to < 0 || to > others.length) return;
    const next = others[to];
    if (next) next.before(item);
    else part(this.form, ".order-list").append(item);
    this.items.forEach((one, place) => (part<HTMLSelectElement>(one, "select").selectedIndex = place));
    announce(say("moved", { text: item.dataset["text"] ?? "", place: to + 1, of: others.length + 1 }));
  }

  private wireText(field: HTMLInputElement | HTMLTextAreaElement, exercise: string): Saver {
    const text: SavedText = {
      get source() {
        return field.value;
      },
      set source(value: string) {
        field.value = value;
        count();
      },
    };
    const words = this.form.querySelector<HTMLElement>("[data-words]");
    const count = (): void => {
      if (!words) return;
      const number = field.value.split(/\s+/).filter(Boolean).length;
      words.textContent = String(number);
      words.parentElement?.classList.toggle("is-over", number > Number(words.dataset["most"]));
    };
    const version = Number(this.form.dataset["version"] ?? 0);
    const saver = new Saver(exercise, `${page.base}/celdas/${exercise}`, text, version, (state, told) =>
      this.show(SAVE_ICONS[state] ? icon(SAVE_ICONS[state]) : "", told),
    );
    field.addEventListener("input", () => {
      count();
      saver.touched();
    });
    saver.restore();
    return saver;
  }
}
