// Native dialogs: the browser traps the focus and closes on Escape.
import { all, details, on, one } from "./dom.js";
import { raise } from "./toasts.js";

export function open(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

for (const dialog of all("dialog")) {
  dialog.addEventListener("close", () => {
    if (one("#toasts", dialog)) raise();
  });
  dialog.addEventListener("pointerdown", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

on("app:modal", (event) => open(details(event).id));
on("app:close", () => all("dialog[open]").forEach((dialog) => dialog.close()));
on("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener && document.getElementById(opener.dataset.open)) {
    event.preventDefault();
    open(opener.dataset.open);
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
});
