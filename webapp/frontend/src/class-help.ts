// A learner's button in a class: asks for help without leaving the page, and takes that back.
import { call } from "./api";
import { announce } from "./page";

interface Answer {
  asks: boolean;
  text: string;
}

export function wireClassHelp(): void {
  const form = document.querySelector<HTMLFormElement>("[data-class-help]");
  const button = form?.querySelector<HTMLButtonElement>("button");
  const wish = form?.querySelector<HTMLInputElement>("input[name=ask]");
  if (!form || !button || !wish) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    call<Answer>("POST", form.action, { body: { ask: wish.value } })
      .then((answer) => {
        button.setAttribute("aria-pressed", String(answer.asks));
        wish.value = answer.asks ? "0" : "1";
        announce(answer.text);
      })
      // A class that is over, or no network: the page says so when it is sent as a form.
      .catch(() => form.submit());
  });
}
