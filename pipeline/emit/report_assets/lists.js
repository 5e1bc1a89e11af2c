// The lists: names, documents, tables, relations, each with filters that stand in the address.
async function entitiesView(query) {
  const type = query.get("type") || "", text = query.get("q") || "", document = query.get("document") || "";
  const found = await store.entities({ type, text, document });
  const sources = await store.documents();
  return [
    h("h1", {}, t("entities")),
    h("div", { class: "filters" },
      h("input", { type: "search", value: text, placeholder: t("filter"), "aria-label": t("filter"), onchange: (e) => pick(query, "q", e.target.value) }),
      choice(t("type"), type, [["", t("everyType")], ...TYPES.map((x) => [x, t(x)])], (v) => pick(query, "type", v)),
      choice(t("document"), document, [["", t("everyDocument")], ...sources.map((d) => [d.id, documentLabel(d)])], (v) => pick(query, "document", v)),
      h("button", { type: "button", onclick: async () => saved("names", ["id", "type", "en", "zh", "mentions", "documents"], (await whole(found, store.entities, { type, text, document })).map((e) => [e.id, e.type, e.en, e.zh, e.mentions, e.spread])) }, t("export"))),
    h("p", { class: "quiet", role: "status" }, t("found", number(found.total ?? found.length))),
    grid([t("name"), "中文", t("type"), t("mentions"), t("documents")], found, (e) => [
      h("a", { href: entityLink(e.id) }, e.en || e.zh), h("span", { lang: "zh" }, e.zh || ""), badge(e.type), e.mentions, e.spread], { look: "names" }),
  ];
}
// What a server has left out of a long list, for whoever saves it.
const whole = async (found, ask, query) => (found.total > found.length ? ask({ ...query, whole: "1" }) : found);
function documentGrid(list, step = 50) {
  return grid([t("document"), t("status"), t("date"), t("pages"), t("mentions")], list, (d) => [
    [h("a", { href: link("document", d.id) }, documentLabel(d)), d.title ? h("span", { class: "path" }, d.path) : null, d.copies.length ? h("span", { class: "path" }, t("copies", d.copies.join(", "))) : null],
    h("span", { class: `status ${d.status}` }, t(d.status)), d.date || "", d.pages, d.names], { step, look: "files" });
}
async function documentsView() {
  return [h("h1", {}, t("documents")), documentGrid(await store.documents())];
}
function tableList(list, step = 50) {
  return grid([t("tables"), t("document"), t("page")], list, (x) => [
    h("a", { href: link("table", x.i) }, (x.n && !x.c.includes(x.n) ? `${x.n} ` : "") + (x.c || [...x.h, ...x.r.flat()].filter((c) => c.trim()).slice(0, 6).join(" · ").slice(0, 120) || x.i)), documentLabel(x.source), x.p.join(", ")], { step });
}
async function tablesView() {
  return [h("h1", {}, t("tables")), tableList(await store.tables())];
}
async function tableView(id) {
  const found = await store.table(id);
  if (!found) return null;
  const heads = found.h.some((x) => x) ? found.h : found.h.map((_, i) => String(i + 1));
  return [
    h("h1", {}, found.c || `${t("table")} ${found.n || ""}`),
    h("p", {}, h("a", { href: placeLink(found.d, found.p[0]) }, placeName(found.source, found.p.join(", "))), " ",
      h("button", { type: "button", onclick: () => saved("table", heads, found.r) }, t("export"))),
    grid(heads, found.r, (row) => row.map(String), { step: 200, look: "data" }),
  ];
}
async function relationsView(query) {
  const type = query.get("type") || "", document = query.get("document") || "", entity = query.get("entity") || "";
  const found = await store.relations({ type, document, entity });
  const sources = await store.documents();
  const about = entity ? await store.brief(entity) : null;
  return [
    h("h1", {}, t("relations")),
    h("div", { class: "filters" },
      choice(t("relation"), type, [["", t("everyRelation")], ...RELATIONS.map((x) => [x, t(x)])], (v) => pick(query, "type", v)),
      choice(t("document"), document, [["", t("everyDocument")], ...sources.map((d) => [d.id, documentLabel(d)])], (v) => pick(query, "document", v)),
      about ? h("button", { type: "button", onclick: () => pick(query, "entity", "") }, `${label(about)} ×`) : null,
      h("button", { type: "button", onclick: async () => saved("relations", ["type", "subject", "object", "date", "title", "document", "page", "evidence", "score"], (await whole(found, store.relations, { type, document, entity })).map((r) => [r.type, r.from && label(r.from), r.to && label(r.to), r.qualifiers.date, r.qualifiers.title, r.source.path, r.page, r.evidence, r.score])) }, t("export"))),
    h("p", { class: "quiet", role: "status" }, t("found", number(found.total ?? found.length))),
    found.length ? grid([t("subject"), t("relation"), t("object"), t("evidence")], found, (r) => [chip(r.from), [h("b", {}, t(r.type)), qualifiers(r)], chip(r.to), evidence(r)], { look: "relations" }) : h("p", {}, t("noRelations")),
  ];
}
