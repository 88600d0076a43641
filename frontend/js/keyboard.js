// Every mouse action has a key: one letter for the page or the task in focus, Alt and arrows for
// the place of a block.
import { all, clamp, on, one, post, typing } from "./dom.js";
import { capture } from "./capture.js";
import { open } from "./dialogs.js";
import { columns, commit, numberOf, placeOf, span, stand } from "./place.js";
import { forget, quote } from "./price.js";
import { pickOne } from "./selection.js";
import { undo } from "./toasts.js";

const STEP = 15;
const PAUSE = 1200; // time to read what the place costs, and to think again
const PAGES = { t: "/", w: "/week", l: "/tasks", c: "/chat", h: "/history", i: "/insights", s: "/settings" };
const waiting = new Map();
let leader = -Infinity;

function nudged(block, event) {
  const vertical = { ArrowUp: -1, ArrowDown: 1 }[event.key] ?? 0;
  const horizontal = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
  const place = placeOf(block);
  const [from, to] = [numberOf("--from"), numberOf("--to")];
  if (horizontal) {
    const days = columns().map((column) => column.dataset.day);
    place.day = days[clamp(days.indexOf(place.day) + horizontal, 0, days.length - 1)];
  } else if (event.shiftKey) {
    place.length = clamp(place.length + vertical * STEP, 5, to - place.start);
  } else {
    place.start = clamp(place.start + vertical * STEP, from, to - place.length);
  }
  return place;
}

function nudge(block, event) {
  event.preventDefault();
  const id = block.id;
  const before = waiting.get(id)?.before ?? placeOf(block);
  const place = nudged(block, event);
  const title = one("a.t", block);
  stand(block, place);
  title?.focus({ preventScroll: true });
  one("#say").textContent = `${place.day} ${span(place)}`;
  const box = block.getBoundingClientRect();
  quote(block, place, before, { x: box.left + 14, y: Math.max(0, box.top - 30) });
  clearTimeout(waiting.get(id)?.timer);
  const timer = setTimeout(() => {
    waiting.delete(id);
    forget();
    commit(block, place, before);
  }, PAUSE);
  waiting.set(id, { block, before, timer });
}

// Escape takes back what has not been sent yet.
on("keydown", (event) => {
  if (event.key !== "Escape" || !waiting.size) return;
  for (const { block, before, timer } of waiting.values()) {
    clearTimeout(timer);
    stand(block, before);
  }
  waiting.clear();
  forget();
});

on("keydown", (event) => {
  const block = event.target.closest?.(".blk");
  if (!block || !event.altKey || !event.key.startsWith("Arrow")) return;
  if (!("locked" in block.dataset)) nudge(block, event);
});

const step = (direction, event) => {
  const titles = all(".blk a.t, .row a.t").filter((title) => title.offsetParent);
  const present = titles.indexOf(one("a.t", task() ?? document.body));
  if (event.shiftKey && task()) pickOne(task(), true);
  titles[task() ? clamp(present + direction, 0, titles.length - 1) : 0]?.focus();
  if (event.shiftKey && task()) pickOne(task(), true);
};
const press = (selector, within = document) => one(selector, within)?.click();

// The task that the keys are about: the one that has the focus.
const task = () => document.activeElement?.closest("[data-task]:not([data-task=''])");
const act = (values) => post("/tasks/selection", { task: task().dataset.task, ...values });
const later = (until) => () => act({ later: until });
const state = (name) => () => post(`/tasks/${task().dataset.task}/${name}`);

const OF_TASK = {
  s: () => state(task().matches(".live") ? "stop" : "start")(),
  d: () => act({ act: task().matches(".done") ? "reopen" : "done" }),
  delete: () => act({ act: "delete" }),
  x: (event) => pickOne(task(), event.shiftKey),
  e: () => (one("[data-key=e]", task()) ?? one("a.t", task()))?.click(),
  u: state("unpinning"),
  0: later("soon"),
  1: later("tomorrow"),
  2: later("in-two-days"),
  3: later("next-week"),
  4: later("in-two-weeks"),
  5: later("next-month"),
};
const KEYS = {
  q: capture,
  r: () => press("[data-key=r]"),
  n: () => press("[data-key=n]"),
  p: () => press("[data-key=p]"),
  v: () => press("[data-key=v]"),
  d: () => press("[data-key=d]"),
  "+": () => press("[data-key='+']"),
  z: undo,
  j: (event) => step(1, event),
  k: (event) => step(-1, event),
  "/": () => one("input[type=search]")?.focus(),
  "?": () => open("keys-dialog"),
};

on("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (one("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (performance.now() - leader < 900 && PAGES[key]) {
    location.assign(PAGES[key]);
    return;
  }
  leader = key === "g" ? performance.now() : -Infinity;
  const found = (task() && OF_TASK[key]) || KEYS[key];
  if (!found) return;
  event.preventDefault();
  found(event);
});
