// The network of names: zoom, drag, filter by type, and a click leads to the evidence.
const MOST_NODES = 160, ALWAYS_LABELLED = 12;
function networkPanel(links, mode, change) {
  const shown = { relations: new Set(mode === "relations" ? RELATIONS : ["together"]), types: new Set(TYPES) };
  const drawing = s("svg", { class: "network", role: "group", "aria-label": t("network"), tabindex: "0" });
  const side = h("aside", { class: "side", "aria-live": "polite" }, h("p", { class: "quiet" }, t("pick")), h("p", { class: "legend-types" }, TYPES.map(badge)));
  const note = h("p", { class: "quiet", role: "status" });
  let camera = [0, 0, 800, 500], nodes = [];
  const look = () => drawing.setAttribute("viewBox", camera.map((x) => x.toFixed(1)).join(" "));
  function zoom(by, x = camera[0] + camera[2] / 2, y = camera[1] + camera[3] / 2) {
    const w = camera[2] * by;
    if (w < 60 || w > 8000) return;
    camera = [x - (x - camera[0]) * by, y - (y - camera[1]) * by, w, camera[3] * by];
    look();
  }
  function fit() {
    if (!nodes.length) return;
    const xs = nodes.flatMap((n) => [n.left, n.right]), ys = nodes.map((n) => n.y);
    const box = drawing.getBoundingClientRect(), ratio = box.height && box.width ? box.width / box.height : 1.6;
    let w = Math.max(...xs) - Math.min(...xs) + 50, v = Math.max(...ys) - Math.min(...ys) + 60;
    if (box.width && box.width < 600) { w = Math.min(w, box.width * 1.8); v = Math.min(v, w / ratio); }
    if (w / v < ratio) w = v * ratio; else v = w / ratio;
    camera = [(Math.max(...xs) + Math.min(...xs) - w) / 2, (Math.max(...ys) + Math.min(...ys) - v) / 2, w, v];
    look();
  }
  function draw() {
    const kept = links.filter((l) => shown.relations.has(l.type) && shown.types.has(l.a.type) && shown.types.has(l.b.type));
    const all = new Map();
    for (const l of kept) for (const e of [l.a, l.b]) { const n = all.get(e.id) || { e, degree: 0 }; n.degree += l.weight; all.set(e.id, n); }
    nodes = [...all.values()].sort((a, b) => b.degree - a.degree || (a.e.id < b.e.id ? -1 : 1)).slice(0, MOST_NODES);
    const there = new Map(nodes.map((n) => [n.e.id, n]));
    const bundles = new Map();
    for (const l of kept) {
      const a = there.get(l.a.id), b = there.get(l.b.id);
      if (!a || !b) continue;
      const key = [l.a.id, l.b.id].sort().join("\n");
      const one = bundles.get(key) || { a, b, links: [], weight: 0 };
      one.links.push(l); one.weight += l.weight;
      bundles.set(key, one);
    }
    const lines = [...bundles.values()], linked = new Set(lines.flatMap((l) => [l.a, l.b]));
    nodes = nodes.filter((n) => linked.has(n));
    laidOut(nodes, lines);
    const heaviest = Math.max(1, ...lines.map((l) => l.weight));
    drawing.classList.toggle("dense", lines.length > 250);
    const labelled = roomForLabels(nodes);
    const choose = (what, element) => {
      for (const old of drawing.querySelectorAll(".chosen")) old.classList.remove("chosen");
      element.classList.add("chosen");
      side.replaceChildren(...what);
    };
    const press = (call) => ({ onclick: call, onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); call(event); } } });
    const edges = lines.map((l) => {
      const line = s("line", { class: "edge", "stroke-width": (1.2 + (3 * Math.log(l.weight)) / Math.log(heaviest + 1)).toFixed(1), "data-types": [...new Set(l.links.map((x) => x.type))].join(" ") });
      l.line = line;
      l.touch = s("line", { class: "touch", tabindex: "0", role: "button", "aria-label": `${label(l.a.e)} – ${label(l.b.e)}`, ...press(() => choose(linkEvidence(l), line)) });
      return [line, l.touch];
    });
    const dots = nodes.map((n) => {
      const r = Math.min(4 + 1.6 * Math.sqrt(n.degree), 16), name = label(n.e);
      n.group = s("g", { class: `node type-${n.e.type}`, tabindex: "0", role: "button", "aria-label": `${name}, ${t(n.e.type)}`, "data-entity": n.e.id, ...press((event) => choose(nodeEvidence(n, lines), event.currentTarget)) },
        s("circle", { r: r.toFixed(1) }), s("text", { x: (n.ahead * (r + 3)).toFixed(1), y: 4, "text-anchor": n.ahead < 0 ? "end" : "start", class: labelled.has(n) ? "" : "minor" }, name.length > 34 ? `${name.slice(0, 32)}…` : name), s("title", {}, `${name} · ${t(n.e.type)}`));
      grabbed(n, () => place(n));
      return n.group;
    });
    function place() {
      for (const n of nodes) n.group.setAttribute("transform", `translate(${n.x.toFixed(1)} ${n.y.toFixed(1)})`);
      for (const l of lines) for (const line of [l.line, l.touch]) { line.setAttribute("x1", l.a.x.toFixed(1)); line.setAttribute("y1", l.a.y.toFixed(1)); line.setAttribute("x2", l.b.x.toFixed(1)); line.setAttribute("y2", l.b.y.toFixed(1)); }
    }
    place();
    drawing.replaceChildren(...edges.flat(), ...dots);
    note.textContent = t("shown", number(nodes.length), number(lines.length)) + (all.size > nodes.length ? ` · ${t("strongest", number(nodes.length), number(all.size))}` : "");
    requestAnimationFrame(fit);
  }
  const scale = () => camera[2] / (drawing.getBoundingClientRect().width || 1);
  function grabbed(n, moved) {
    n.group.addEventListener("pointerdown", (down) => {
      down.stopPropagation();
      drag(down, n.group, (dx, dy) => { n.x += dx; n.y += dy; moved(); });
    });
  }
  function drag(down, element, move) {
    let x = down.clientX, y = down.clientY;
    const on = (event) => { const k = scale(); move((event.clientX - x) * k, (event.clientY - y) * k); x = event.clientX; y = event.clientY; };
    const off = () => { removeEventListener("pointermove", on); removeEventListener("pointerup", off); removeEventListener("pointercancel", off); };
    addEventListener("pointermove", on); addEventListener("pointerup", off); addEventListener("pointercancel", off);
  }
  drawing.addEventListener("pointerdown", (down) => drag(down, drawing, (dx, dy) => { camera[0] -= dx; camera[1] -= dy; look(); }));
  drawing.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = drawing.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, camera[0] + ((event.clientX - box.left) / box.width) * camera[2], camera[1] + ((event.clientY - box.top) / box.height) * camera[3]);
  }, { passive: false });
  drawing.addEventListener("keydown", (event) => {
    const key = { "+": () => zoom(0.8), "=": () => zoom(0.8), "-": () => zoom(1.25), 0: fit }[event.key];
    if (key) { event.preventDefault(); key(); }
  });
  const toggles = (set, keys, kind) => h("fieldset", {}, h("legend", {}, kind), keys.map((key) => h("label", { class: kind === t("type") ? `toggle type-${key}` : "toggle" }, h("input", { type: "checkbox", checked: true, value: key, onchange: (event) => { event.target.checked ? set.add(key) : set.delete(key); draw(); } }), t(key))));
  const usedTypes = TYPES.filter((x) => links.some((l) => l.a.type === x || l.b.type === x)), usedRelations = RELATIONS.filter((x) => links.some((l) => l.type === x));
  draw();
  return h("div", { class: "network-panel" },
    h("div", { class: "filters" }, choice(t("network"), mode, [["relations", t("netRelations")], ["together", t("netTogether")]], change),
      h("button", { type: "button", onclick: () => zoom(0.8), "aria-label": t("zoomIn"), title: t("zoomIn") }, "+"), h("button", { type: "button", onclick: () => zoom(1.25), "aria-label": t("zoomOut"), title: t("zoomOut") }, "−"), h("button", { type: "button", onclick: fit }, t("fit"))),
    h("details", { class: "toggles" }, h("summary", {}, t("filter")), toggles(shown.types, usedTypes, t("type")), mode === "relations" ? toggles(shown.relations, usedRelations, t("relation")) : null),
    note, h("div", { class: "canvas" }, drawing, side));
}
// The names that can be written without covering one another or a dot, the best linked first; `ahead` is -1 where one stands left.
function roomForLabels(nodes) {
  const taken = [], fits = new Set();
  for (const n of nodes) {
    n.left = n.right = n.x;
    const name = label(n.e), width = Array.from(name.slice(0, 34)).reduce((w, c) => w + (c > "\u2e80" ? 11 : 6), 14);
    const boxes = [[n.x - 8, n.y - 8, n.x + 14 + width, n.y + 8], [n.x - 14 - width, n.y - 8, n.x + 8, n.y + 8]];
    const free = (box) => !taken.some((o) => o[0] < box[2] && o[2] > box[0] && o[1] < box[3] && o[3] > box[1]);
    const bare = (box) => !nodes.some((o) => o !== n && o.x > box[0] - 4 && o.x < box[2] + 4 && o.y > box[1] - 2 && o.y < box[3] + 2);
    const box = boxes.find((x) => free(x) && bare(x)) || (fits.size < ALWAYS_LABELLED ? boxes.find(free) : null);
    n.ahead = box === boxes[1] ? -1 : 1;
    if (!box) continue;
    taken.push(box);
    [n.left, , n.right] = box;
    fits.add(n);
  }
  return fits;
}
function linkEvidence(l) {
  return [h("p", {}, chip(l.a.e), " – ", chip(l.b.e)), ...l.links.slice(0, 12).map((x) => x.relation
    ? h("div", {}, h("p", {}, label(x.relation.from), " ", h("b", {}, t(x.type)), " ", label(x.relation.to), " ", qualifiers(x.relation)), evidence(x.relation))
    : h("div", { class: "evidence" }, h("p", {}, counted("together", x.weight)), h("blockquote", {}, x.place.text), h("a", { href: placeLink(x.place.document, x.place.page, x.place.start, x.place.end) }, t("evidence"))))];
}
function nodeEvidence(n, lines) {
  const own = lines.filter((l) => l.a === n || l.b === n);
  return [h("p", {}, chip(n.e), " ", badge(n.e.type)), ...own.slice(0, 15).map((l) => h("details", {}, h("summary", {}, label((l.a === n ? l.b : l.a).e), " ", h("span", { class: "quiet" }, [...new Set(l.links.map((x) => (x.type === "together" ? counted("together", x.weight) : t(x.type))))].join(", "))), linkEvidence(l)))];
}
async function networkInto(place, mode) {
  const links = await store.links(mode || "relations");
  if (!mode && !links.length) { await networkInto(place, "together"); return; }
  place.replaceChildren(networkPanel(links, mode || "relations", (next) => networkInto(place, next)));
}
async function networkView(query) {
  const place = h("div", {});
  await networkInto(place, query.get("by"));
  return [h("h1", {}, t("network")), place];
}
