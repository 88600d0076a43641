// What changes reaches every tab over one connection: a browser opens six to a host, and a stream
// keeps one for good. The tab that has the lock listens, and tells the others.
const NAME = "live";
const FIRST_MS = 500;
const LONGEST_MS = 30_000;
const channel = new BroadcastChannel(NAME);
let hear = () => {};
let turn = null; // at the stream, or in the queue for it
let leads = false;
let source = null;
let known = {}; // what a tab has to know that comes now
let tries = 0;
let timer = 0;

function tell(news) {
  known = news.lost ? news : { seq: news.seq, build: news.build ?? known.build };
  channel.postMessage(news);
  hear(news);
}

function connect() {
  disconnect();
  if (!navigator.onLine) return;
  source = new EventSource("/live");
  source.onmessage = (event) => {
    tries = 0;
    tell(JSON.parse(event.data));
  };
  source.onerror = () => {
    disconnect();
    tell({ lost: true });
    const pause = Math.min(LONGEST_MS, FIRST_MS * 2 ** tries++);
    timer = setTimeout(connect, pause * (0.7 + 0.6 * Math.random()));
  };
}

function disconnect() {
  clearTimeout(timer);
  source?.close();
  source = null;
}

function join() {
  if (turn || document.hidden) return;
  turn = new AbortController();
  const { signal } = turn;
  const lead = () =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      signal.addEventListener("abort", resolve);
      leads = true;
      connect();
    });
  // Without a secure context there are no locks: then every tab listens for itself.
  if (navigator.locks) navigator.locks.request(NAME, { signal }, lead).catch(() => {});
  else lead();
  channel.postMessage({ asks: true });
}

// A tab that nobody sees gives its turn away: phones stop such tabs without a word.
function leave() {
  leads = false;
  disconnect();
  turn?.abort();
  turn = null;
}

export function listen(listener) {
  hear = listener;
  channel.onmessage = ({ data }) => {
    if (!data.asks) hear(data);
    else if (leads && source) channel.postMessage(known);
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : join()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", join);
  addEventListener("offline", disconnect);
  addEventListener("online", () => leads && connect());
  join();
}
