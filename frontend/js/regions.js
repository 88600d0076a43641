// Regions pull themselves when something changed, but never under the person's hands.
import { all, on, one } from "./dom.js";

const stale = new Set();
const REGION = "[data-region]";

const inUse = (region) =>
  document.hidden ||
  region.matches(":active, :has(input:focus:not(.pick), textarea:focus, select:focus, .drag, .editing)") ||
  Boolean(one("form[data-changed]", region));

export function refresh() {
  for (const region of all(REGION)) htmx.trigger(region, "refresh");
}

function retry() {
  for (const id of [...stale]) {
    const region = document.getElementById(id);
    if (region && inUse(region)) continue;
    stale.delete(id);
    if (region) htmx.trigger(region, "refresh");
  }
}

// Neither asked for nor, where the hand came after the question, put in its place.
function postpone(event) {
  const region = event.target;
  if (!region.matches?.(REGION) || !inUse(region)) return;
  stale.add(region.id);
  event.preventDefault();
}

on("htmx:before:request", postpone);
on("htmx:before:swap", postpone);
on("visibilitychange", () => !document.hidden && retry());
for (const ended of ["focusout", "pointerup", "pointercancel", "keyup"]) {
  on(ended, () => setTimeout(retry));
}
on("input", (event) => {
  const form = event.target.closest(`${REGION} form`);
  if (form) form.dataset.changed = "1";
});
on("submit", (event) => delete event.target.dataset.changed);
