// Quick add: Enter adds, Shift+Enter starts another line, an example can be clicked.
import { all, clamp, on, one } from "./dom.js";
import { open } from "./dialogs.js";
import { wallClock } from "./place.js";

const ROW = 24;
const WHEN = / (today|[\d-]{10}) [\d:]{5}-[\d:]{5}$/;
const field = (form) => one("textarea", form);

function grow(area) {
  const lines = area.value.split("\n").length;
  area.style.height = `${clamp(lines, 1, 10) * ROW + 26}px`;
}

function put(area, text) {
  area.value = text;
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

export function focusCapture() {
  const form = all("form.capture").find((candidate) => candidate.offsetParent);
  if (form) field(form).focus();
  return Boolean(form);
}

// Where there is no box on the page, a dialog has one.
export function capture() {
  if (!focusCapture()) open("capture-dialog");
  return document.activeElement;
}

// A place was drawn: it stands in the box in words, and what it is for is typed before them.
export function writeAt({ day, start, length }, isToday) {
  const area = capture();
  const said = area.value.replace(WHEN, "");
  const times = `${wallClock(start)}-${wallClock(start + length)}`;
  put(area, `${said} ${isToday ? "today" : day} ${times}`);
  area.setSelectionRange(said.length, said.length);
}

on("input", (event) => {
  if (event.target.matches("form.capture textarea")) grow(event.target);
});
on("keydown", (event) => {
  if (!event.target.matches?.("form.capture textarea")) return;
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
on("app:captured", () => {
  for (const form of all("form.capture")) {
    field(form).value = field(form).defaultValue = "";
    grow(field(form));
    for (const line of all(".chips, .error", form.parentElement)) line.replaceChildren();
    form.closest("dialog")?.close();
  }
});
on("click", (event) => {
  if (event.target.closest("[data-open=capture-dialog]") && focusCapture()) event.preventDefault();
});
on("click", (event) => {
  const example = event.target.closest("[data-example]");
  if (!example || !focusCapture()) return;
  put(document.activeElement, example.dataset.example);
});
// What another app shared stands in the box; a reload must not put it there again.
if (location.pathname === "/add") {
  history.replaceState(null, "", "/");
  setTimeout(() => focusCapture() && put(document.activeElement, document.activeElement.value));
}
