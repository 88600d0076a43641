// Says whether what is shown is true now, and catches up after a gap.
import { byHand, on, one, root } from "./dom.js";
import { refresh } from "./regions.js";
import { listen } from "./stream.js";

const away = one("#away");
let state = "wait";
let known = null;
let since = Number(root.dataset.at); // when what is shown was true

const clock = () => new Date(since).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

function sentence() {
  const words = away.dataset[state];
  const asOf = away.dataset.asOf.replace("{time}", clock());
  return state === "off" || state === "lost" ? `${words} ${asOf}` : words;
}

function show(next) {
  if (state === next) return;
  const first = state === "wait";
  if (state === "on") since = Date.now();
  state = root.dataset.link = next;
  const [line, words] = [one("#connection"), one("[data-words]", away)];
  line.dataset.state = state;
  line.lastElementChild.textContent = (state === "on" ? line : away).dataset[state];
  away.hidden = state === "on";
  away.dataset.state = state;
  words.textContent = away.hidden ? "" : sentence();
  if (!first && away.hidden) one("#say").textContent = sentence();
}

// Another build of the page's own files: those that it has still fit together.
const isOld = (build) => build.some((name) => !one(`[src$="${name}"], [href$="${name}"]`));

function greet({ seq, build }) {
  const missed = state === "lost" || state === "off" || (known !== null && known !== seq);
  known = seq;
  root.dataset.live = "1";
  show(isOld(build) ? "old" : "on");
  if (missed) refresh();
  if (missed) root.dispatchEvent(new CustomEvent("app:back", { bubbles: true }));
}

listen((news) => {
  if (news.lost) {
    show(navigator.onLine ? "lost" : "off");
  } else if (news.changed) {
    known = news.seq;
    htmx.trigger(document.body, `${news.changed}:changed`);
  } else {
    greet(news);
  }
});
addEventListener("offline", () => show("off"));
addEventListener("online", () => show("lost"));
if (!navigator.onLine) show("off");

// What no hand asked for is not tried while nothing answers.
on("htmx:before:request", (event) => {
  if (state === "off" && !byHand(event.detail.ctx)) event.preventDefault();
});
