// Where a block of the timeline stands, in minutes of its local day.
import { all, one } from "./dom.js";

export const timeline = () => one("#timeline");
export const columns = () => all("ol[data-day]", timeline());
export const numberOf = (name) => parseFloat(getComputedStyle(timeline()).getPropertyValue(name));

const two = (number) => String(number).padStart(2, "0");

export function clock(minutes) {
  const [hours, rest] = [Math.floor(minutes / 60) % 24, two(minutes % 60)];
  if (timeline().dataset.clock !== "12") return `${two(hours)}:${rest}`;
  return `${hours % 12 || 12}:${rest} ${hours < 12 ? "am" : "pm"}`;
}

export const span = (place) => `${clock(place.start)}–${clock(place.start + place.length)}`;

export const placeOf = (block) => ({
  start: Number(block.dataset.start),
  length: Number(block.dataset.length),
  day: block.closest("ol")?.dataset.day ?? block.dataset.day,
});

export function stand(block, place) {
  const column = columns().find((candidate) => candidate.dataset.day === place.day);
  if (column && block.parentNode !== column) column.append(block);
  block.style.setProperty("--s", place.start);
  block.style.setProperty("--d", place.length);
  Object.assign(block.dataset, place);
  for (const when of all(".when-span", block)) when.textContent = span(place);
}

// It stands there already; the answer is the true state, whichever it is.
export function commit(block, place, before) {
  const values = { day: place.day, minute: place.start };
  if (block.dataset.piece) values.piece = block.dataset.piece;
  if (place.length !== before.length) values.length = place.length;
  return htmx.ajax("POST", `/tasks/${block.dataset.task}/pin`, {
    values,
    swap: "none",
    source: timeline(),
  });
}
