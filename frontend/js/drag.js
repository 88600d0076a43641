// Move, resize, drop in and create by pointer, in steps of five minutes; a long press on touch.
import { writeAt } from "./capture.js";
import { clamp, make, on, root } from "./dom.js";
import {
  HOLD,
  STEP,
  columnAt,
  commit,
  minuteAt,
  numberOf,
  placeOf,
  scrollAtEdge,
  snap,
  span,
  stand,
  timeline,
} from "./place.js";
import { forget, quote } from "./price.js";

const USUAL = 30; // minutes of a new task, until the hand says more
const INERT = "button, input";
let drag = null;

// What a hand can do: `begin` makes it ready, `place` tells where it is now (nothing where it
// can't be), `drop` makes it true, and `back` puts things as they were.
const move = {
  begin: (source, event) => ({
    node: source,
    before: placeOf(source),
    grip: event.clientY - source.getBoundingClientRect().top,
  }),
  place(event) {
    const column = columnAt(event.clientX) ?? drag.node.closest("ol");
    const { length } = drag.before;
    const start = minuteAt(column, event.clientY - drag.grip, length);
    return { start, length, day: column.dataset.day };
  },
  drop: () => keep(drag.source, drag),
  back: () => stand(drag.source, drag.before),
};
const resize = {
  ...move,
  atOnce: true,
  place(event) {
    const grown = snap((event.clientY - drag.y) / numberOf("--ppm"));
    const length = clamp(drag.before.length + grown, STEP, numberOf("--to") - drag.before.start);
    return { ...drag.before, length };
  },
};
const dropIn = {
  begin: (row) => ({
    node: ghost(row.dataset.title, row.dataset.task),
    before: { start: 0, length: Number(row.dataset.length) },
    grip: 12,
  }),
  place: (event) => columnAt(event.clientX) && move.place(event),
  drop() {
    drag.node.remove();
    keep(drag.source, drag);
  },
  back: () => drag.node.remove(),
};
const create = {
  begin: (column, event) => ({
    node: ghost(""),
    before: { start: minuteAt(column, event.clientY), length: USUAL, day: column.dataset.day },
  }),
  place(event) {
    const { start, day } = drag.before;
    const now = minuteAt(drag.source, event.clientY);
    const [from, to] = [Math.min(start, now), Math.max(start, now)];
    return { start: from, length: Math.max(STEP, to - from), day };
  },
  drop() {
    drag.node.remove();
    writeAt(drag.place, timeline().dataset.view === "today");
  },
  back: () => drag.node.remove(),
};

function ghost(title, task) {
  const name = make("span", { className: "t", textContent: title });
  const block = make("li", { className: "blk drag" }, make("div", { className: "top" }, name));
  Object.assign(block.dataset, { size: "xs", ...(task && { task }) });
  return block;
}

const keep = (source, { place, before }) => commit(source, place, before);

function grasped(target) {
  if (target.closest(INERT)) return [];
  const block = target.closest(".blk");
  if (block && "locked" in block.dataset) return [];
  if (block) return [target.closest("[data-resize]") ? resize : move, block];
  const row = target.closest("[data-drop-in]");
  return row ? [dropIn, row] : [create, target.closest("#timeline ol[data-day]")];
}

function begin() {
  drag.moving = true;
  drag.node.classList.add("drag");
  root.setPointerCapture?.(drag.pointer);
  if (drag.hand === create) show(drag.before);
}

function show(place, event) {
  drag.place = place;
  for (const [name, value] of [["--c", 0], ["--n", 1], ["--w", 1]]) {
    drag.node.style.setProperty(name, value);
  }
  stand(drag.node, place);
  if (drag.hand === create) drag.node.querySelector(".t").textContent = span(place);
  else quote(drag.node, place, drag.before, { x: event.clientX + 14, y: event.clientY - 30 });
}

on("pointerdown", (event) => {
  if (event.button || !timeline()) return;
  const [hand, source] = grasped(event.target);
  if (!source) return;
  const { pointerId: pointer, clientX: x, clientY: y } = event;
  drag = { hand, source, pointer, x, y, place: null, ...hand.begin(source, event) };
  if (event.pointerType === "touch" && !hand.atOnce) drag.hold = setTimeout(begin, HOLD);
});

on("pointermove", (event) => {
  if (!drag || (!drag.moving && !ready(event))) return;
  const place = drag.hand.place(event);
  if (!place) return;
  show(place, event);
  scrollAtEdge(event.clientY);
});

// A finger that moves before the press was long enough wants to scroll.
function ready(event) {
  if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) <= 4) return false;
  if (event.pointerType === "touch" && !drag.hand.atOnce) {
    clearTimeout(drag.hold);
    drag = null;
    return false;
  }
  begin();
  return true;
}

function finish(dropped) {
  if (!drag) return;
  clearTimeout(drag.hold);
  forget();
  if (drag.moving) {
    swallowClick();
    drag.node.classList.remove("drag");
    if (dropped && drag.place) drag.hand.drop();
    else drag.hand.back();
  }
  drag = null;
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
