// Where a block of the timeline stands, in minutes of its local day.
import { all, clamp, one } from "./dom.js";

export const STEP = 5;
export const HOLD = 320; // milliseconds: how long a finger rests before it drags instead of scrolling

export const timeline = () => one("#timeline");
export const columns = () => all("ol[data-day]", timeline());
export const numberOf = (name) => parseFloat(getComputedStyle(timeline()).getPropertyValue(name));

const two = (number) => String(number).padStart(2, "0");

// A day on which clocks are changed is drawn by the time that passes.
function wall(minutes) {
  const [at, by] = (timeline().dataset.change ?? "Infinity 0").split(" ").map(Number);
  return minutes < at ? minutes : minutes + by;
}

// As every reader of times understands it, whatever clock the person reads.
export function wallClock(drawn) {
  const minutes = wall(drawn);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

export function clock(drawn) {
  const minutes = wall(drawn);
  const [hours, rest] = [Math.floor(minutes / 60) % 24, two(minutes % 60)];
  if (timeline().dataset.clock !== "12") return `${two(hours)}:${rest}`;
  return `${hours % 12 || 12}:${rest} ${hours < 12 ? "am" : "pm"}`;
}

export const span = (place) => `${clock(place.start)}–${clock(place.start + place.length)}`;

export const snap = (minutes) => Math.round(minutes / STEP) * STEP;

export const columnAt = (x) =>
  columns().find((column) => {
    const box = column.getBoundingClientRect();
    return x >= box.left && x <= box.right;
  });

// The minute at a height of the screen, between the ends of the timeline.
export function minuteAt(column, y, length = 0) {
  const minute = numberOf("--from") + (y - column.getBoundingClientRect().top) / numberOf("--ppm");
  const last = Math.max(numberOf("--from"), numberOf("--to") - length);
  return clamp(snap(minute), numberOf("--from"), last);
}

export function scrollAtEdge(y) {
  if (y > innerHeight - 60) scrollBy(0, 12);
  else if (y < 60) scrollBy(0, -12);
}

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

// What the server is told of a block that was moved.
export function valuesOf(block, place, before) {
  const values = { day: place.day, minute: place.start };
  if (timeline().dataset.change) values.alone = true;
  if (block.dataset.piece) values.piece = block.dataset.piece;
  if (place.length !== before.length) values.length = place.length;
  return values;
}

// It stands there already; the answer is the true state, whichever it is. Without one it goes back.
export function commit(block, place, before) {
  return htmx.ajax("POST", `/tasks/${block.dataset.task}/pin`, {
    values: valuesOf(block, place, before),
    swap: "none",
    source: timeline(),
    fetch: (...asked) =>
      fetch(...asked).catch((error) => {
        if (before.day && block.isConnected) stand(block, before);
        throw error;
      }),
  });
}
