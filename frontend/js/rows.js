// Lists in forms: rows are added from a template and taken away by a button of their own.
import { on, one } from "./dom.js";

on("click", (event) => {
  const adder = event.target.closest("[data-add-row]");
  if (adder) {
    const rows = document.getElementById(adder.dataset.addRow);
    const row = one("template", rows).content.cloneNode(true);
    rows.append(row);
    one("input, select", rows.lastElementChild)?.focus();
  }
  const remover = event.target.closest("[data-remove-row]");
  if (remover) {
    const form = remover.form;
    remover.closest("[data-row]").remove();
    form?.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
on("change", (event) => {
  if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
});
