// The few words that the other modules share.
export const root = document.documentElement;
export const one = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
export const typing = (target) => Boolean(target.closest?.("input, textarea, select"));

// Listen on the document: htmx fires a response's events there once their source is gone.
export const on = (name, listener, options) => document.addEventListener(name, listener, options);

export function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

// A response header and a live message carry the same details, one parsed, one as text.
export function details(event) {
  const detail = event.detail ?? {};
  return typeof detail.data === "string" ? JSON.parse(detail.data) : detail;
}

// Sent as a form would be: a list becomes one field for each of its values.
export function post(url, values = {}) {
  const form = make("form", { hidden: true });
  for (const [name, value] of Object.entries(values).flatMap(([key, one]) =>
    [one].flat().map((each) => [key, each]),
  )) {
    form.append(make("input", { type: "hidden", name, value }));
  }
  document.body.append(form);
  return htmx.ajax("POST", url, { swap: "none", source: form }).finally(() => form.remove());
}

// Whether a hand asked for it: not a timer, nor a change elsewhere, nor what is being typed.
export function byHand({ request, sourceEvent }) {
  const acts = request.method !== "GET" && request.action !== "/preview";
  return acts || /click|submit/.test(sourceEvent?.type);
}
