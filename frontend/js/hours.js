// Paints opening hours: a stroke over a day adds to it, one that begins in paint takes away.
import { all, clamp, make, on } from "./dom.js";

const DAY = 1440;
const STEP = 15;
const two = (number) => String(number).padStart(2, "0");
const clock = (minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
let stroke = null;

const spansOf = (track) =>
  all("i", track).map((bar) => {
    const start = Number(bar.style.getPropertyValue("--s"));
    return [start, start + Number(bar.style.getPropertyValue("--d"))];
  });

const minuteAt = (track, x) => {
  const box = track.getBoundingClientRect();
  return clamp(Math.round((((x - box.left) / box.width) * DAY) / STEP) * STEP, 0, DAY);
};

function united(spans) {
  const joined = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

const without = (spans, [from, to]) =>
  spans
    .flatMap(([start, end]) => [
      [start, Math.min(end, from)],
      [Math.max(start, to), end],
    ])
    .filter(([start, end]) => start < end);

function show(track, spans) {
  track.replaceChildren(
    ...spans.map(([start, end]) => {
      const bar = make("i");
      bar.style.setProperty("--s", start);
      bar.style.setProperty("--d", end - start);
      return bar;
    }),
  );
}

function write(track, spans) {
  const field = document.getElementById(track.dataset.paint);
  field.value = spans.map(([start, end]) => `${clock(start)}–${clock(end)}`).join(", ");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

on("pointerdown", (event) => {
  const track = event.target.closest("[data-paint]");
  if (!track || event.button) return;
  event.preventDefault();
  const at = minuteAt(track, event.clientX);
  const before = spansOf(track);
  const erases = before.some(([start, end]) => start <= at && at < end);
  stroke = { track, at, before, erases, now: before };
  track.setPointerCapture(event.pointerId);
});

on("pointermove", (event) => {
  if (!stroke) return;
  const here = minuteAt(stroke.track, event.clientX);
  const span = [Math.min(stroke.at, here), Math.max(stroke.at, here)];
  if (span[0] === span[1]) return;
  const { before, erases, track } = stroke;
  stroke.now = erases ? without(before, span) : united([...before, span]);
  show(track, stroke.now);
});

on("pointerup", () => {
  if (stroke && stroke.now !== stroke.before) write(stroke.track, stroke.now);
  stroke = null;
});
on("pointercancel", () => {
  if (stroke) show(stroke.track, stroke.before);
  stroke = null;
});
