// Small pieces that several views share.
const badge = (type) => h("span", { class: `badge type-${type}` }, t(type));
function chip(e) {
  if (!e) return h("span", {}, "?");
  const other = otherLabel(e);
  return h("a", { class: `chip type-${e.type}`, href: entityLink(e.id), title: `${t(e.type)} · ${e.id}` }, label(e), other && h("span", { class: "other" }, other));
}
const score = (value) => h("span", { class: value < LOW ? "score low" : "score", title: value < LOW ? t("unsure") : null }, value.toFixed(2), value < LOW ? " ?" : "");
const section = (title, ...children) => h("section", {}, h("h2", {}, title), ...children);
const quote = (around) => h("q", {}, around[0].length > 69 ? "…" : "", around[0], h("mark", {}, around[1]), around[2], around[2].length > 69 ? "…" : "");
const placeName = (document, page) => (lang === "zh" ? `${documentLabel(document)}，第 ${page} 页` : `${documentLabel(document)}, p. ${page}`);

// A part that is made when it is first opened.
function unfolding(open, summary, make) {
  const part = h("details", { open }, h("summary", {}, summary));
  const fillIn = () => { if (part.open && part.children.length === 1) part.append(...[make()].flat(3)); };
  part.addEventListener("toggle", fillIn);
  fillIn();
  return part;
}
// A list that shows its first entries and, asked to, more: 5,000 names need not be drawn at once.
function long(items, draw, { step = 50, tag = "ul", kind = "" } = {}) {
  const list = h(tag, { class: kind });
  const button = h("button", { type: "button", class: "more", onclick: () => on() });
  let shown = 0;
  function on() {
    const first = shown;
    for (; shown < Math.min(items.length, first + step); shown++) list.append(draw(items[shown], shown));
    button.hidden = shown >= items.length;
    button.textContent = `${t("more")} (${number(items.length - shown)})`;
    step = Math.max(step, 100);
  }
  on();
  if (!items.length) return h("p", { class: "quiet" }, t("none"));
  return [list, button];
}
function grid(heads, items, row, options = {}) {
  if (!items.length) return h("p", { class: "quiet" }, t("none"));
  const first = row(items[0]);
  const [body, button] = long(items, (item) => h("tr", {}, row(item).map((cell, i) => h("td", { class: typeof cell === "number" ? "number" : null }, typeof cell === "number" ? number(cell) : cell))), { step: 50, tag: "tbody", ...options });
  return h("div", {}, h("div", { class: "scroll", tabindex: "0" }, h("table", { class: `grid ${options.look || ""}` }, h("thead", {}, h("tr", {}, heads.map((x, i) => h("th", { scope: "col", class: typeof first[i] === "number" ? "number" : null }, x)))), body)), button);
}
function qualifiers(r) {
  const q = r.qualifiers || {};
  const parts = [];
  if (q.modality) parts.push(t(q.modality));
  if (q.date) parts.push(q.date);
  if (q.title) parts.push(q.title);
  if (q.role) parts.push(q.role);
  if (q.item) parts.push(q.item);
  if (q.amount) parts.push(q.amount.text);
  return parts.length ? h("span", { class: "qualifiers" }, parts.join(" · ")) : null;
}
function evidence(r) {
  return h("div", { class: "evidence" }, h("blockquote", {}, r.evidence),
    h("p", { class: "quiet" }, h("a", { href: placeLink(r.document, r.page, r.start, r.end) }, placeName(r.source, r.page)), " · ", t(r.method), " ", score(r.score)));
}
function choice(name, value, options, onchange) {
  return h("select", { "aria-label": name, onchange: (event) => onchange(event.target.value) }, options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)));
}
function pick(query, key, value) {
  const next = new URLSearchParams(query);
  if (value) next.set(key, value); else next.delete(key);
  const base = location.hash.split("?")[0];
  location.hash = base + (next.toString() ? `?${next}` : "");
}
function saved(name, heads, rows) {
  const safe = (v) => { const x = String(v ?? "").replace(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu, " "); return `"${(/^\s*[=+\-@|%＝＋－＠]/.test(x) && typeof v !== "number" ? "'" + x : x).replaceAll('"', '""')}"`; };
  const text = "\ufeff" + [heads, ...rows].map((r) => r.map(safe).join(",")).join("\r\n") + "\r\n";
  const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  h("a", { href: address, download: `${name}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
