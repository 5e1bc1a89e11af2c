// Search over names and text. Chinese needs no spaces: any run of characters is found wherever it stands.
const MOST_HITS = 300;
async function searchView(query) {
  const text = query.get("q") || "";
  const begin = performance.now();
  const found = await store.search(text, MOST_HITS);
  document.documentElement.dataset.searched = (performance.now() - begin).toFixed(1);
  if (!found.entities.length && !found.hits.length) return [h("h1", {}, t("search")), h("p", { role: "status" }, t("noHits", text))];
  return [
    h("h1", {}, `${t("search")}: ${text}`),
    section(`${t("names")} (${number(found.entities.length)})`, long(found.entities, (e) => h("li", {}, chip(e), " ", badge(e.type), " ", h("span", { class: "quiet" }, number(e.mentions))), { step: 20, kind: "plain spaced" })),
    section(t("hits"), h("p", { class: "quiet", role: "status" }, t("inText", number(found.count)), found.count > found.hits.length ? ` (${t("firstOf", number(found.hits.length))})` : ""),
      long(found.hits, (x) => h("li", {}, h("a", { href: placeLink(x.document.id, x.page, x.start, x.end) }, placeName(x.document, x.page)), h("br"), quote(x.around)), { step: 30, kind: "plain spaced" })),
  ];
}
