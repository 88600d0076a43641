// What a place would cost, asked while a block is moved. One question is under way at a time; an
// answer that came too late is dropped, and none of it ever holds up the hand.
import { all, make, one } from "./dom.js";
import { columns, span, stand, valuesOf } from "./place.js";

const PAUSE = 90;
const label = one("#drag-label");
const [when, cost] = label?.children ?? [];
let latest = "";
let waiting = null;
let asking = false;

// Say at a point of the screen where the block would lie, and soon also what that costs.
export function quote(block, place, before, point) {
  Object.assign(label.style, { display: "block", left: `${point.x}px`, top: `${point.y}px` });
  const address = addressOf(block, place, before);
  if (address === latest) return;
  latest = address;
  when.textContent = span(place);
  clear();
  waiting = address;
  if (!asking) ask();
}

export function forget() {
  latest = "";
  waiting = null;
  label.style.display = "none";
  clear();
}

function clear() {
  cost.textContent = "";
  for (const ghost of all(".ghost")) ghost.remove();
  for (const block of all(".leaving")) block.classList.remove("leaving");
}

const addressOf = (block, place, before) =>
  `/tasks/${block.dataset.task}/price?${new URLSearchParams(valuesOf(block, place, before))}`;

async function ask() {
  asking = true;
  while (waiting) {
    const address = waiting;
    waiting = null;
    const answer = await fetch(address)
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null);
    if (answer && address === latest) show(answer);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  asking = false;
}

function show(answer) {
  cost.textContent = answer.line;
  one("#say").textContent = `${when.textContent}: ${answer.line}`;
  const days = new Set(columns().map((column) => column.dataset.day));
  for (const { task, title, ...place } of answer.ghosts) {
    for (const block of all(`.blk[data-task="${task}"]`)) block.classList.add("leaving");
    if (!days.has(place.day)) continue;
    const name = make("span", { className: "t", textContent: title });
    const top = make("div", { className: "top" }, name);
    const ghost = make("li", { className: "blk ghost", ariaHidden: "true" }, top);
    ghost.dataset.size = "xs";
    stand(ghost, place);
    columns().find((column) => column.dataset.day === place.day).append(ghost);
  }
}
