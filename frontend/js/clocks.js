// Ticks every running clock: `data-since` is the moment at which it would have begun at zero.
// The one that carries the task as `data-running` is shown in the title of the tab as well.
import { all } from "./dom.js";

const page = document.title;

const two = (number) => String(number).padStart(2, "0");

function tick() {
  if (document.hidden) return;
  let title = page;
  for (const clock of all("[data-since]")) {
    const seconds = Math.max(0, Math.floor((Date.now() - clock.dataset.since) / 1000));
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    const text = `${hours}:${two(minutes)}:${two(seconds % 60)}`;
    if (clock.textContent !== text) clock.textContent = text;
    if (clock.dataset.running) title = `${text} · ${clock.dataset.running}`;
  }
  if (document.title !== title) document.title = title;
}

tick();
setInterval(tick, 1000);
document.addEventListener("htmx:after:swap", tick);
