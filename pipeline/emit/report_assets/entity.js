// The page of a name: every form of it with its proof, what is known, where it stands, and with whom.
async function entityView(id) {
  const e = await store.entity(id);
  if (!e) return null;
  const other = otherLabel(e);
  return [
    h("h1", {}, label(e), other ? h("span", { class: "second" }, other) : null),
    h("p", {}, badge(e.type), " ", h("code", {}, e.id), " · ", counted("times", e.mentions), " · ", counted("inDocuments", e.listed.length), e.gazetteer ? ` · ${t("fromGazetteer")}` : ""),
    h("div", { class: "columns" },
      section(t("names"), namesTable(e)),
      h("div", {}, Object.keys(e.properties).length ? section(t("properties"), await propertiesOf(e)) : null, e.together.length ? section(t("coMentions"), togetherList(e)) : null)),
    e.relations.length ? section(t("relationsOf"), relationsBoth(e)) : null,
    section(t("mentionsBy"), mentionsBy(e)),
    e.former.length ? h("details", {}, h("summary", {}, t("formerIds")), h("p", {}, e.former.map((f) => [h("code", {}, f), " "]))) : null,
  ];
}
function namesTable(e) {
  const printed = e.names.filter((n) => n[3]), rest = e.names.filter((n) => !n[3]);
  const row = (n) => [h("span", { lang: n[1] === "zh" ? "zh" : "en" }, n[0]), t(n[2]), n[3] ? h("a", { href: mentionLink(n[3]) }, t("proof")) : t("fromGazetteer")];
  return [
    printed.length ? grid([t("name"), t("kind"), t("proof")], printed, row) : null,
    rest.length ? h("details", { open: !printed.length }, h("summary", {}, `${t("notPrinted")} (${number(rest.length)})`), h("ul", { class: "tight" }, rest.map((n) => h("li", {}, n[0], " ", h("span", { class: "quiet" }, t(n[2])))))) : null,
  ];
}
async function propertiesOf(e) {
  const rows = [];
  for (const [key, values] of Object.entries(e.properties)) {
    const shown = [];
    for (const v of values) {
      const linked = /^[a-z]+\/[a-z0-9~-]+$/.test(v.value) ? await store.brief(v.value) : null;
      shown.push(h("div", {}, linked ? chip(linked) : v.value, v.evidence ? [" ", h("a", { class: "when", href: mentionLink(v.evidence) }, t("proof"))] : null));
    }
    rows.push(h("dt", {}, t(key)), h("dd", {}, shown));
  }
  return h("dl", {}, rows);
}
function togetherList(e) {
  return long(e.together, (x) => h("li", {}, chip(x.entity), " ", h("a", { class: "when", href: placeLink(x.place.document, x.place.page, x.place.start, x.place.end) }, counted("together", x.count))), { step: 12, kind: "plain spaced" });
}
function relationsBoth(e) {
  const key = (r) => (r.subject === e.id ? r.type : `r_${r.type}`);
  const groups = new Map();
  for (const r of e.relations) { if (!groups.has(key(r))) groups.set(key(r), []); groups.get(key(r)).push(r); }
  return h("dl", { class: "relations" }, Array.from(groups, ([name, list]) => [h("dt", {}, t(name)), h("dd", {}, list.map((r) => h("details", {}, h("summary", {}, chip(r.subject === e.id ? r.to : r.from), " ", qualifiers(r)), evidence(r))))]));
}
function mentionsBy(e) {
  const groups = new Map();
  for (const m of e.places) { if (!groups.has(m.document.id)) groups.set(m.document.id, []); groups.get(m.document.id).push(m); }
  const missing = e.listed.filter((d) => !groups.has(d.id));
  const many = groups.size > 3;
  return [
    Array.from(groups.values(), (list, at) => unfolding(!many || at === 0, [documentLabel(list[0].document), " ", h("span", { class: "quiet" }, number(list.length))], () => long(list, (m) => h("li", {}, h("a", { href: placeLink(m.document.id, m.page, m.start, m.end) }, lang === "zh" ? `第 ${m.page} 页` : `p. ${m.page}`), " ", quote(m.around), " ", m.score < LOW ? score(m.score) : null), { step: 20, kind: "plain spaced" }))),
    missing.length ? h("ul", { class: "tight" }, missing.map((d) => h("li", {}, h("a", { href: link("document", d.id) }, documentLabel(d))))) : null,
  ];
}
