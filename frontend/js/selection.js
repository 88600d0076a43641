// Several rows at once: the bar is there while something is chosen, and acts on all of it.
import { all, on, one } from "./dom.js";

const form = () => one("#selection");
const picks = () => all(".pick");
let last = null;

function count() {
  const chosen = picks().filter((pick) => pick.checked).length;
  const said = form() && one("[data-count]", form());
  if (said) said.textContent = chosen;
  return chosen;
}

// With Shift, everything between the last one and this one.
function reach(pick) {
  const list = picks();
  const [from, to] = [list.indexOf(last), list.indexOf(pick)].sort((a, b) => a - b);
  if (from >= 0) for (const other of list.slice(from, to + 1)) other.checked = pick.checked;
}

export function pickOne(row, extend) {
  const pick = one(".pick", row);
  if (!pick) return;
  pick.checked = extend || !pick.checked;
  last = pick;
  count();
}

on("click", (event) => {
  if (!event.target.matches?.(".pick")) return;
  if (event.shiftKey && last?.isConnected) reach(event.target);
  last = event.target;
  count();
});
on("click", (event) => {
  if (!event.target.closest?.("[data-pick-all]")) return;
  for (const pick of picks()) pick.checked = true;
  count();
});
on("change", (event) => {
  if (event.target.matches("#selection [data-act]") && event.target.value) form().requestSubmit();
});
on("keydown", (event) => {
  if (event.key !== "Escape" || !form() || one("dialog[open]") || !count()) return;
  form().reset();
});
on("reset", (event) => event.target === form() && setTimeout(count));
on("htmx:after:request", (event) => {
  if (event.target === form() && event.detail.ctx.response?.raw.ok) form().reset();
});
on("htmx:after:swap", count);
