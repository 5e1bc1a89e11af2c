// The start page: what was read and what not, who is named most, when, and which tables there are.
async function startView() {
  const run = await store.start();
  const bad = run.documents.filter((d) => d.status !== "ok");
  const noted = run.documents.filter((d) => d.status === "ok" && d.warnings.length);
  const counts = [["documents", run.counts.documents, link("documents")], ["pages", run.counts.pages, link("documents")], ["names", run.counts.entities, link("entities")], ["mentions", run.counts.mentions, link("entities")], ["relations", run.counts.relations, link("relations")], ["tables", run.counts.tables, link("tables")]];
  const skipped = Object.entries(run.skipped);
  return [
    h("h1", {}, t("start")),
    h("div", { class: "counts" }, counts.map(([key, n, where]) => h("a", { href: where }, h("b", {}, number(n)), h("span", {}, t(key))))),
    h("div", { class: "columns" },
      section(t("most"), topNames(run.top)),
      section(t("timeline"), timelineOf(run.timeline))),
    section(t("network"), h("div", { id: "network-here" })),
    section(t("failures"),
      bad.length ? grid([t("document"), t("status"), t("warnings")], bad, (d) => [h("a", { href: link("document", d.id) }, d.path), h("span", { class: `status ${d.status}` }, t(d.status)), problems(d)]) : h("p", {}, t("noFailures")),
      skipped.length ? h("p", { class: "quiet" }, t("skippedFiles", skipped.map(([end, n]) => `${end} ${n}`).join(", "))) : null,
      noted.length ? h("details", {}, h("summary", {}, `${t("warnings")} (${number(noted.length)})`), h("ul", {}, noted.map((d) => h("li", {}, h("a", { href: link("document", d.id) }, d.path), ": ", problems(d))))) : null),
    section(t("ingested"), documentGrid(await store.documents(), 12)),
    run.counts.tables ? section(t("tablesFound"), tableList(await store.tables(), 10)) : null,
  ];
}
function problems(d) {
  const lines = d.warnings.map((w) => (w.page ? `${w.page}: ` : "") + w.message);
  if (d.error) lines.unshift(`${d.error.message} (${d.error.code})`);
  return h("ul", { class: "plain" }, lines.slice(0, 8).map((x) => h("li", {}, x)), lines.length > 8 ? h("li", {}, `… ${number(lines.length - 8)}`) : null);
}
function topNames(top) {
  const body = h("div", {});
  const draw = (type) => {
    const list = top.filter((e) => !type || e.type === type).slice(0, 15);
    const most = list.length ? list[0].mentions : 1;
    body.replaceChildren(h("ol", { class: "bars" }, list.map((e) => {
      const bar = h("span", { class: `bar type-${e.type}` });
      bar.style.width = `${Math.max(2, Math.round((100 * e.mentions) / most))}%`;
      return h("li", {}, chip(e), h("span", { class: "track" }, bar), h("span", { class: "number" }, number(e.mentions)));
    })));
  };
  const there = TYPES.filter((type) => top.some((e) => e.type === type));
  draw("");
  return [choice(t("type"), "", [["", t("everyType")], ...there.map((x) => [x, t(x)])], draw), body];
}
function timelineOf(items) {
  if (!items.length) return h("p", { class: "quiet" }, t("none"));
  const years = new Map();
  for (const i of items) { const y = i.when.slice(0, 4); if (!years.has(y)) years.set(y, []); years.get(y).push(i); }
  return h("ol", { class: "timeline", tabindex: "0" }, Array.from(years, ([year, list]) => h("li", {}, h("span", { class: "year" }, year),
    h("ul", { class: "plain" }, list.map((i) => h("li", {}, chip(i.entity), " ", i.place ? h("a", { class: "when", href: mentionLink(i.place) }, i.when) : h("span", { class: "when" }, i.when)))))));
}
