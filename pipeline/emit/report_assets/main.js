// Addresses to views, the bar on top, keys.
const VIEWS = {
  "": () => startView(), entities: (_, q) => entitiesView(q), entity: (p) => entityView(p.join("/")), documents: () => documentsView(),
  document: (p) => documentView(p[0], p[1], p[2]), tables: () => tablesView(), table: (p) => tableView(p.join("/")), relations: (_, q) => relationsView(q),
  network: (_, q) => networkView(q), search: (_, q) => searchView(q), relation: (p) => relationView(p[0]),
};
async function relationView(id) {
  const found = await store.relation(id);
  return found ? [h("h1", {}, t(found.type)), h("p", {}, chip(found.from), " ", h("b", {}, t(found.type)), " ", chip(found.to), " ", qualifiers(found)), evidence(found)] : null;
}
const main = h("main", { id: "main", tabindex: "-1" });
const bar = h("header", {});
const box = h("input", { type: "search", name: "q", autocomplete: "off" });
const keys = h("dialog", {});
function drawBar(view) {
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  const item = (key, where) => h("a", { href: where, "aria-current": view === key ? "page" : null }, t(key || "start"));
  box.placeholder = t("searchFor");
  box.setAttribute("aria-label", t("searchFor"));
  bar.replaceChildren(
    h("a", { class: "skip", href: "#main", onclick: (event) => { event.preventDefault(); main.focus(); } }, t("skip")),
    store.home ? h("a", { class: "brand", href: `${store.home}${link("")}` }, "zhen") : h("a", { class: "brand", href: link("") }, "zhen"),
    h("nav", { "aria-label": t("start") }, item("", link("")), item("entities", link("entities")), item("documents", link("documents")), item("relations", link("relations")), item("network", link("network")), item("tables", link("tables"))),
    h("form", { role: "search", onsubmit: (event) => { event.preventDefault(); if (box.value.trim()) location.hash = `${link("search")}?${new URLSearchParams({ q: box.value.trim() })}`; } }, box),
    h("button", { type: "button", id: "language", lang: lang === "zh" ? "en" : "zh", onclick: switchLanguage }, t("language")),
    h("button", { type: "button", class: "quiet-button", "aria-label": t("help"), title: t("help"), onclick: showKeys }, "?"));
}
function switchLanguage() {
  lang = lang === "zh" ? "en" : "zh";
  remember("zhen-language", lang);
  route(false);
}
function showKeys() {
  keys.replaceChildren(h("h2", {}, t("help")), h("dl", { class: "keys" }, t("keys").map(([key, what]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, what)])), h("button", { type: "button", autofocus: true, onclick: () => keys.close() }, t("close")));
  keys.showModal();
}
let drawn = 0;
async function route(scroll = true) {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  let parts;
  try { parts = path.split("/").map(decodeURIComponent); } catch { parts = ["?"]; }
  if (path === "" && store.own) parts = ["document", store.own.id];
  const turn = ++drawn;
  drawBar(parts[0]);
  const view = Object.hasOwn(VIEWS, parts[0]) ? VIEWS[parts[0]] : null;
  const content = view ? await view(parts.slice(1), new URLSearchParams(query || "")) : null;
  if (turn !== drawn) return;
  const lost = content ? null : [h("h1", {}, t("gone")), store.home ? h("p", {}, h("a", { href: store.home + location.hash }, t("start"))) : null];
  main.replaceChildren(...[content || lost].flat(3).filter((x) => x));
  const title = main.querySelector("h1");
  document.title = `${title ? title.firstChild.textContent : ""} · zhen`;
  if (parts[0] !== "search") box.value = ""; else box.value = new URLSearchParams(query || "").get("q") || "";
  if (scroll && !(parts[0] === "document" && parts[3])) scrollTo(0, 0);
  const here = document.getElementById("network-here");
  if (here) await networkInto(here, null);
  const reader = main.querySelector(".reader");
  if (reader) reader.settle();
  document.documentElement.dataset.took = performance.now().toFixed(0);
  document.documentElement.dataset.drawn = turn;
}
addEventListener("hashchange", () => route());
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea, dialog")) return;
  const turn = (rel) => { const to = document.querySelector(`.pager [rel=${rel}][href]`); if (to) location.hash = to.hash; };
  const key = { "/": () => { box.focus(); box.select(); }, n: () => step(1), p: () => step(-1), g: () => { location.hash = link(""); }, l: switchLanguage, "?": showKeys, ArrowLeft: () => turn("prev"), ArrowRight: () => turn("next"),
    Enter: () => { const chosen = event.target.closest(".left [data-mention]"); if (chosen) location.hash = chosen.hash; else return false; } }[event.key];
  if (key && !event.target.closest("svg") && key() !== false) event.preventDefault();
});
document.body.append(bar, main, keys);
route();
