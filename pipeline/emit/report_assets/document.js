// The page of a document: its text with the names marked, beside the page as printed with their rectangles.
async function documentView(id, n, range) {
  const p = await store.page(id, Number(n) || 1);
  if (!p) return null;
  const d = p.document;
  const head = [h("h1", {}, documentLabel(d)), h("p", { class: "path" }, d.path, d.date ? ` · ${d.date}` : "")];
  if (d.error || d.warnings.length) head.push(h("div", { class: "problem" }, h("span", { class: `status ${d.status}` }, t(d.status)), problems(d)));
  if (!p.text) return [...head, p.file ? h("p", {}, t("elsewhere"), " ", h("a", { href: `${p.file}${link("document", id, Number(n) || 1, ...(range ? [range] : []))}` }, shortPath(d.path))) : null];
  const target = range ? range.split("-").map(Number) : null;
  const info = h("div", { class: "info", role: "status", "aria-live": "polite" });
  const text = h("div", { class: "text", lang: d.languages[0] || "en" }, pageText(p, target));
  const picture = p.width ? pictureOf(p) : null;
  const view = h("div", { class: `reader${picture ? "" : " alone"}` }, h("div", { class: "left" }, text), picture ? h("div", { class: "right" }, picture) : null);
  view.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-mention]");
    if (mark) { event.preventDefault(); choose(view, p, Number(mark.dataset.mention), info, mark.closest(".right") ? "left" : "right"); }
  });
  view.settle = () => settle(view, p, target, info);
  return [...head, pager(p), h("p", { class: "quiet legend" }, t("legend", LOW)), view, info, p.relations.length ? section(t("relations"), h("ul", { class: "plain spaced" }, p.relations.map((r) => h("li", {}, chip(r.from), " ", h("b", {}, t(r.type)), " ", chip(r.to), " ", qualifiers(r), " ", h("a", { class: "when", href: placeLink(r.document, r.page, r.start, r.end) }, t("evidence")))))) : null];
}
function settle(view, p, target, info) {
  if (!target) return;
  const exact = p.mentions.findIndex((m) => m.start === target[0] && m.end === target[1]);
  const within = exact >= 0 ? exact : p.mentions.findIndex((m) => m.start < target[1] && m.end > target[0]);
  if (within >= 0) choose(view, p, within, info, "both", exact >= 0);
  const hit = view.querySelector("mark.hit");
  if (hit) hit.scrollIntoView({ block: "center" });
}
function pager(p) {
  const at = p.numbers.indexOf(p.number), go = (i) => (p.numbers[i] === undefined ? null : link("document", p.document.id, p.numbers[i]));
  if (p.numbers.length < 2) return null;
  return h("nav", { class: "pager", "aria-label": t("pages") },
    h("a", { rel: "prev", href: go(at - 1), "aria-disabled": go(at - 1) ? null : "true" }, "← ", t("previous")),
    h("label", {}, t("page"), " ", choice(t("page"), String(p.number), p.numbers.map((x) => [String(x), String(x)]), (v) => { location.hash = link("document", p.document.id, v); }), ` ${t("of")} ${p.numbers.length}`),
    h("a", { rel: "next", href: go(at + 1), "aria-disabled": go(at + 1) ? null : "true" }, t("next"), " →"));
}
// The text block by block; between blocks nothing is lost.
function pageText(p, target) {
  const parts = [];
  let at = 0;
  for (const [kind, start, end, level] of [...p.blocks].sort((a, b) => a[1] - b[1])) {
    if (start > at && p.text.cut(at, start).trim()) parts.push(h("p", {}, marked(p, at, start, target)));
    if (start < at) continue;
    parts.push(blockOf(p, kind, start, end, level, target));
    at = end;
  }
  if (p.text.cut(at, p.text.length).trim()) parts.push(h("p", {}, marked(p, at, p.text.length, target)));
  return parts;
}
function blockOf(p, kind, start, end, level, target) {
  if (kind === "table" && p.text.cut(start, end).includes("\t")) return tableOf(p, start, end, target);
  const tag = kind === "heading" ? `h${Math.min(6, (level || 1) + 2)}` : "p";
  return h(tag, { class: `block ${kind}` }, marked(p, start, end, target));
}
function tableOf(p, start, end, target) {
  const body = h("tbody", {});
  let at = start;
  for (const line of p.text.cut(start, end).split("\n")) {
    const row = h("tr", {});
    for (const cell of line.split("\t")) {
      const size = Array.from(cell).length;
      row.append(h("td", {}, marked(p, at, at + size, target)));
      at += size + 1;
    }
    body.append(row);
  }
  return h("div", { class: "scroll", tabindex: "0" }, h("table", { class: "grid printed" }, body));
}
// A stretch of text with its names as links and the place looked for highlighted.
function marked(p, from, to, target) {
  const parts = [];
  const plain = (a, b) => {
    if (a >= b) return;
    if (!target || b <= target[0] || a >= target[1]) { parts.at(-1)?.nodeType === 3 ? parts.at(-1).appendData(visible(p.text.cut(a, b))) : parts.push(document.createTextNode(visible(p.text.cut(a, b)))); return; }
    const x = Math.max(a, target[0]), y = Math.min(b, target[1]);
    if (a < x) parts.push(p.text.cut(a, x));
    parts.push(h("mark", { class: "hit" }, p.text.cut(x, y)));
    if (y < b) parts.push(p.text.cut(y, b));
  };
  let at = from;
  p.mentions.forEach((m, i) => {
    if (m.end <= from || m.start >= to) return;
    plain(at, Math.max(m.start, from));
    const text = p.text.cut(Math.max(m.start, from), Math.min(m.end, to));
    const hit = target && m.start < target[1] && m.end > target[0];
    parts.push(h("a", { class: `mention type-${m.entity.type}${m.score < LOW ? " low" : ""}`, href: entityLink(m.entity.id), "data-mention": i, title: `${label(m.entity)} · ${t(m.entity.type)} · ${t(m.method)} ${m.score.toFixed(2)}` }, hit ? h("mark", { class: "hit" }, text) : text));
    at = Math.min(m.end, to);
  });
  plain(at, to);
  return parts;
}
function pictureOf(p) {
  const sheet = h("div", { class: "sheet", role: "group", "aria-label": t("picture") });
  sheet.style.aspectRatio = `${p.width} / ${p.height}`;
  if (p.image) sheet.append(h("img", { src: p.image, alt: t("picture"), width: Math.round(p.width), height: Math.round(p.height) }));
  p.mentions.forEach((m, i) => m.boxes.forEach((b) => {
    const box = h("a", { class: `box type-${m.entity.type}${m.score < LOW ? " low" : ""}`, href: entityLink(m.entity.id), tabindex: "-1", "data-mention": i, title: m.text });
    const place = { left: b[0] / p.width, top: b[1] / p.height, width: (b[2] - b[0]) / p.width, height: (b[3] - b[1]) / p.height };
    for (const [side, value] of Object.entries(place)) box.style[side] = `${(100 * value).toFixed(3)}%`;
    sheet.append(box);
  }));
  return [sheet, p.image ? null : h("p", { class: "quiet" }, t("noImage"))];
}
// One name chosen: shown in both panes, with what is known of it underneath; the address then names it.
function choose(view, p, index, info, scroll, addressed = true) {
  const m = p.mentions[index];
  for (const old of view.querySelectorAll(".chosen")) old.classList.remove("chosen");
  for (const mark of view.querySelectorAll(`[data-mention="${index}"]`)) mark.classList.add("chosen");
  view.dataset.chosen = index;
  const left = view.querySelector(`.left [data-mention="${index}"]`), right = view.querySelector(`.right [data-mention="${index}"]`);
  const narrow = matchMedia("(max-width: 760px)").matches;
  if (right && scroll !== "left" && !narrow) right.scrollIntoView({ block: "nearest" });
  if (left && scroll !== "right") left.scrollIntoView({ block: scroll === "both" ? "center" : "nearest" });
  if (addressed) history.replaceState(null, "", placeLink(p.document.id, p.number, m.start, m.end));
  info.replaceChildren(h("div", {}, h("b", {}, m.text), " → ", chip(m.entity), " ", badge(m.entity.type), " ", t(m.method), " ", score(m.score)), h("span", {}, narrow && right ? h("button", { type: "button", onclick: () => right.scrollIntoView({ block: "center" }) }, t("picture")) : null, " ", h("a", { class: "button", href: entityLink(m.entity.id) }, t("entityPage"))));
}
function step(by) {
  const view = document.querySelector(".reader");
  const marks = view ? [...new Set(Array.from(view.querySelectorAll(".left [data-mention]"), (x) => x.dataset.mention))] : [];
  if (!marks.length) return;
  const at = marks.indexOf(view.dataset.chosen);
  const next = marks[(at < 0 ? (by > 0 ? 0 : marks.length - 1) : at + by + marks.length) % marks.length];
  const mark = view.querySelector(`.left [data-mention="${next}"]`);
  mark.click();
  mark.focus();
}
