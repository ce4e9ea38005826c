// The table explorer: pages, order and search are the server's; this only asks and shows.
import { call, Refused } from "./api";
import { page, part, say } from "./page";

interface Wish {
  name: string;
  pagina: number;
  orden: string;
  sentido: string;
  filtro: string;
}

let wish: Wish = { name: "", pagina: 1, orden: "", sentido: "asc", filtro: "" };

export function wireExplorer(): void {
  const dialog = document.querySelector<HTMLDialogElement>("#explorer");
  if (!dialog) return;
  document.addEventListener("click", (event) => {
    const opener = (event.target as Element).closest<HTMLElement>("[data-table]");
    if (!opener) return;
    wish = { name: opener.dataset["table"] ?? "", pagina: 1, orden: "", sentido: "asc", filtro: "" };
    part<HTMLInputElement>(dialog, "input[type=search]").value = "";
    part(dialog, "h2").textContent = wish.name;
    dialog.showModal();
    void show(dialog);
  });
  part(dialog, "form").addEventListener("submit", (event) => {
    event.preventDefault();
    wish = { ...wish, pagina: 1, filtro: part<HTMLInputElement>(dialog, "input[type=search]").value };
    void show(dialog);
  });
  part(dialog, "[data-rows]").addEventListener("click", (event) => {
    const pressed = (event.target as Element).closest<HTMLElement>("[data-sort], [data-page]");
    if (!pressed) return;
    if (pressed.dataset["page"]) wish.pagina = Number(pressed.dataset["page"]);
    else sortBy(pressed.dataset["sort"] ?? "");
    void show(dialog, pressed.dataset["sort"]);
  });
}

function sortBy(column: string): void {
  wish.sentido = wish.orden === column && wish.sentido === "asc" ? "desc" : "asc";
  wish.orden = column;
  wish.pagina = 1;
}

async function show(dialog: HTMLDialogElement, focused = ""): Promise<void> {
  const rows = part(dialog, "[data-rows]");
  const { name, ...asked } = wish;
  const query = new URLSearchParams(Object.entries(asked).map(([key, value]) => [key, String(value)]));
  rows.setAttribute("aria-busy", "true");
  try {
    const { html } = await call<{ html: string }>("GET", `${page.base}/tablas/${encodeURIComponent(name)}?${query}`);
    rows.innerHTML = html;
    if (focused) rows.querySelector<HTMLElement>(`[data-sort="${CSS.escape(focused)}"]`)?.focus();
  } catch (error) {
    rows.textContent = error instanceof Refused && error.message ? error.message : say("offline");
  } finally {
    rows.removeAttribute("aria-busy");
  }
}
