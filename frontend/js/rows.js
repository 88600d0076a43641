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
  if (form.matches?.("form[data-fresh]") && event.detail.ctx.response?.raw.ok) form.reset();
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
