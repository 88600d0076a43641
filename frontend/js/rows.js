// Lists in forms: rows are added from a template and taken away by a button of their own.
import { all, on, one } from "./dom.js";

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
// A form that adds something is empty again once it is there; a new try has no old complaints.
on("htmx:after:request", (event) => {
  const form = event.target;
  if (!form.matches?.("form[data-fresh]") || !event.detail.ctx.response?.raw.ok) return;
  form.reset();
  if (form.closest("[data-region]")) document.activeElement.blur(); // it may show what is there now
});
on("submit", (event) => all(".error", event.target).forEach((line) => line.replaceChildren()));
// Enter in a field changes it and then sends the form by itself: once is enough.
on("change", (event) => {
  if (!event.target.matches("[data-submit-on-change]")) return;
  const { form } = event.target;
  form.dataset.due = "1";
  setTimeout(() => form.dataset.due && form.requestSubmit());
});
on("submit", (event) => delete event.target.dataset.due);
// A row that is edited in place is left by Escape, and begun by a double click beside its words.
on("keydown", (event) => {
  const row = event.key === "Escape" && event.target.closest?.(".editing");
  if (row) one("[data-cancel]", row).click();
});
on("dblclick", (event) => {
  const row = !event.target.closest("a, button, input, label") && event.target.closest(".row");
  if (row) one("[data-key=e]", row)?.click();
});
