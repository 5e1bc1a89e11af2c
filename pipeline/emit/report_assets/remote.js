// The data of a served run: the same questions as in the report, put to the server.
const store = (() => {
  simpleCharacters("");
  async function ask(path, query) {
    const text = query ? `?${new URLSearchParams(Object.entries(query).filter((e) => e[1]))}` : "";
    const answer = await fetch(`/api/${path}${text}`);
    return answer.status === 200 ? answer.json() : null;
  }
  const rows = async (path, query) => { const found = await ask(path, query); return Object.assign(found.rows, { total: found.total }); };
  const way = (id) => id.split("/").map(encodeURIComponent).join("/");
  const known = new Map();
  return {
    own: null,
    home: "",
    start: () => ask("start"),
    documents: () => ask("documents"),
    async entities(query) { return spread(await rows("entities", query)); },
    async entity(id) {
      const e = await ask(`entity/${way(id)}`);
      if (!e) return null;
      const documents = new Map(e.listed.map((d) => [d.id, d]));
      for (const p of e.places) p.document = documents.get(p.document);
      return e;
    },
    async brief(id) { if (!known.has(id)) known.set(id, await ask(`brief/${way(id)}`)); return known.get(id); },
    async page(id, n) {
      const p = await ask(`page/${encodeURIComponent(id)}/${n}`);
      if (!p || p.text === undefined) return p;
      p.text = new Text(p.text);
      for (const m of p.mentions) Object.assign(m, { document: p.document, page: n });
      p.image = p.document.media_type === "application/pdf" ? `/image/${encodeURIComponent(id)}/${n}` : null;
      return p;
    },
    relations: (query) => rows("relations", query),
    relation: async (id) => (await rows("relations", { id }))[0],
    tables: () => ask("tables"),
    table: async (id) => (await ask("tables", { id }))[0],
    links: (mode) => ask("links", { mode }),
    async search(text) { return ask("search", { q: text }); },
  };
  function spread(list) { for (const e of list) e.spread = e.documents; return list; }
})();
