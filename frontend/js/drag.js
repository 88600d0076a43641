// Move, resize and drop in by pointer, in steps of five minutes; a long press on touch.
import { clamp, make, on, root } from "./dom.js";
import { columns, commit, numberOf, placeOf, stand, timeline } from "./place.js";
import { forget, quote } from "./price.js";

const STEP = 5;
const PRESS = 320;
const snap = (minutes) => Math.round(minutes / STEP) * STEP;
let drag = null;

function ghost(row) {
  const title = make("span", { className: "t", textContent: row.dataset.title });
  const block = make("li", { className: "blk drag" }, make("div", { className: "top" }, title));
  Object.assign(block.dataset, { size: "xs", task: row.dataset.task });
  return block;
}

function begin() {
  drag.moving = true;
  drag.node.classList.add("drag");
  root.setPointerCapture?.(drag.pointer);
}

on("pointerdown", (event) => {
  if (event.button || !timeline()) return;
  const source = event.target.closest(".blk, [data-drop-in]");
  if (!source || event.target.closest("button, input") || "locked" in source.dataset) return;
  const dropIn = "dropIn" in source.dataset;
  const place = dropIn ? { start: 0, length: Number(source.dataset.length) } : placeOf(source);
  drag = {
    source,
    dropIn,
    node: dropIn ? ghost(source) : source,
    before: place,
    place: null,
    resize: Boolean(event.target.closest("[data-resize]")),
    pointer: event.pointerId,
    x: event.clientX,
    y: event.clientY,
    grip: dropIn ? 12 : event.clientY - source.getBoundingClientRect().top,
  };
  if (event.pointerType === "touch" && !drag.resize) drag.hold = setTimeout(begin, PRESS);
});

on("pointermove", (event) => {
  if (!drag || (!drag.moving && !ready(event))) return;
  const column = columnAt(event.clientX);
  if (!column) return;
  drag.place = drag.resize ? resized(event) : moved(event, column);
  drag.node.style.setProperty("--c", 0);
  drag.node.style.setProperty("--n", 1);
  drag.node.style.setProperty("--w", 1);
  stand(drag.node, drag.place);
  const point = { x: event.clientX + 14, y: event.clientY - 30 };
  quote(drag.node, drag.place, drag.before, point);
  scrollAtEdge(event.clientY);
});

// A finger that moves before the press was long enough wants to scroll.
function ready(event) {
  if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) <= 4) return false;
  if (event.pointerType === "touch" && !drag.resize) {
    clearTimeout(drag.hold);
    drag = null;
    return false;
  }
  begin();
  return true;
}

function columnAt(x) {
  if (drag.resize) return drag.source.closest("ol");
  const hit = columns().find((candidate) => {
    const box = candidate.getBoundingClientRect();
    return x >= box.left && x <= box.right;
  });
  return hit ?? (drag.dropIn ? null : drag.node.closest("ol"));
}

function resized(event) {
  const grown = snap((event.clientY - drag.y) / numberOf("--ppm"));
  const length = clamp(drag.before.length + grown, STEP, numberOf("--to") - drag.before.start);
  return { ...drag.before, length };
}

function moved(event, column) {
  const top = column.getBoundingClientRect().top;
  const minute = numberOf("--from") + (event.clientY - drag.grip - top) / numberOf("--ppm");
  const last = Math.max(numberOf("--from"), numberOf("--to") - drag.before.length);
  const start = clamp(snap(minute), numberOf("--from"), last);
  return { start, length: drag.before.length, day: column.dataset.day };
}

function scrollAtEdge(y) {
  if (y > innerHeight - 60) scrollBy(0, 12);
  else if (y < 60) scrollBy(0, -12);
}

function finish(dropped) {
  if (!drag) return;
  const { node, source, dropIn, before, place, moving, hold } = drag;
  drag = null;
  clearTimeout(hold);
  forget();
  if (!moving) return;
  swallowClick();
  node.classList.remove("drag");
  if (dropIn) node.remove();
  if (place && dropped) commit(source, place, before).catch(() => stand(source, before));
  else if (!dropIn) stand(source, before);
}

function swallowClick() {
  const stop = (click) => {
    click.preventDefault();
    click.stopImmediatePropagation();
  };
  on("click", stop, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", stop, { capture: true }));
}

// Without this the browser pans after the long press and cancels the pointer.
on("touchmove", (event) => drag?.moving && event.cancelable && event.preventDefault(), {
  passive: false,
});
on("contextmenu", (event) => drag && (drag.moving || drag.hold) && event.preventDefault());
on("pointerup", () => finish(true));
on("pointercancel", () => finish(false));
on("dragstart", (event) => event.target.closest(".blk, [data-drop-in]") && event.preventDefault());
on("keydown", (event) => event.key === "Escape" && finish(false));
