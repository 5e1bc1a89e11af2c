// The data of this file. The views ask it only through the functions of `store`, which all return promises.
const block = (id) => JSON.parse(document.getElementById(id).textContent);
const store = (() => {
  const index = block("index");
  const pages = block("pages");
  let images = null;
  let folded = null;
  simpleCharacters(index.simple);
  const documents = new Map(index.documents.map((d, i) => [d.id, { ...d, index: i }]));
  const entities = index.entities.map((e) => e && { id: e.i, type: e.t, en: e.e, zh: e.z, names: e.n, gazetteer: !!e.g, properties: e.p, mentions: e.c, documents: e.d, spread: e.d.length, former: e.f });
  const byId = new Map();
  entities.forEach((e, i) => { if (e) { e.index = i; byId.set(e.id, e); } });
  const former = new Map();
  for (const e of byId.values()) for (const id of e.former) former.set(id, e);
  const relations = index.relations;
  const relationsOf = new Map();
  for (const r of relations) for (const id of new Set([r.subject, r.object])) listed(relationsOf, id).push(r);
  const pageAt = new Map();
  const pagesOf = new Map();
  const mentionsOf = new Map();
  for (const p of pages) {
    p.text = new Text(p.t);
    p.document = index.documents[p.d];
    pageAt.set(`${p.document.id}:${p.n}`, p);
    listed(pagesOf, p.document.id).push(p);
    p.m.forEach((m) => listed(mentionsOf, m[2]).push([p, m]));
  }
  function listed(map, key) { let found = map.get(key); if (!found) map.set(key, (found = [])); return found; }
  const mention = (p, m) => ({
    id: `${p.document.id}:${p.n}:${m[0]}-${m[1]}`, document: p.document, page: p.n, start: m[0], end: m[1], entity: entities[m[2]],
    method: index.methods[m[3]], score: m[4], boxes: m[5], text: p.text.cut(m[0], m[1]),
  });
  // Some of the text around a place, not beyond its paragraph.
  function around(p, start, end, reach = 70) {
    const before = p.text.cut(Math.max(0, start - reach), start), after = p.text.cut(end, Math.min(p.text.length, end + reach));
    return [before.slice(before.lastIndexOf("\n") + 1), p.text.cut(start, end), after.split("\n", 1)[0]];
  }
  const blockAt = (p, at) => p.b.findIndex((b) => b[1] <= at && at < b[2]);
  function together(id) {
    const found = new Map();
    for (const [p, own] of mentionsOf.get(id) || []) {
      const at = blockAt(p, own[0]);
      if (at < 0) continue;
      const [, start, end] = p.b[at];
      for (const m of p.m) {
        if (m[2] === id || m[0] < start || m[0] >= end) continue;
        const one = found.get(m[2]) || { entity: entities[m[2]], places: new Map() };
        found.set(m[2], one);
        if (!one.places.has(p.b[at])) one.places.set(p.b[at], { document: p.document.id, page: p.n, start: own[0], end: own[1] });
      }
    }
    return Array.from(found.values(), (f) => ({ entity: f.entity, count: f.places.size, place: f.places.values().next().value }))
      .sort((a, b) => b.count - a.count || b.entity.mentions - a.entity.mentions);
  }
  const full = (r) => ({ ...r, from: byId.get(r.subject), to: byId.get(r.object), source: documents.get(r.document) });
  const YEAR = /\b(\d{4})(-\d{2})?(-\d{2})?/;
  function timeline() {
    const items = new Map();
    const add = (e, when, place) => { if (when && YEAR.test(when) && !items.has(e.id + when)) items.set(e.id + when, { entity: e, when, place }); };
    for (const e of byId.values()) {
      if (e.type !== "plan" && e.type !== "event" && e.type !== "publication") continue;
      const dates = e.properties.date || e.properties.period || [];
      for (const d of dates.slice(0, 1)) add(e, d.value, d.evidence);
    }
    for (const r of relations) {
      const e = byId.get(r.object);
      if (r.type === "issued" && e && !(e.properties.date || []).length) add(e, r.qualifiers.date, `${r.document}:${r.page}:${r.start}-${r.end}`);
    }
    return [...items.values()].sort((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : b.entity.mentions - a.entity.mentions));
  }
  const ranked = [...byId.values()].sort((a, b) => b.mentions - a.mentions || (a.id < b.id ? -1 : 1));
  function names() {
    folded ||= ranked.map((e) => [e, e.names.map((n) => fold(n[0])), fold(e.id)]);
    return folded;
  }
  function foundNames(text) {
    const found = [];
    for (const [e, list, id] of names()) {
      let rank = id.includes(text) ? 3 : 9;
      for (const n of list) rank = Math.min(rank, n === text ? 0 : n.startsWith(text) ? 1 : n.includes(text) ? 2 : 9);
      if (rank < 9) found.push([rank, e]);
    }
    return found.sort((a, b) => a[0] - b[0]).map((f) => f[1]);
  }
  return {
    own: index.home === "" ? null : index.documents.find((d) => pagesOf.has(d.id)),
    home: index.home,
    async start() {
      return {
        documents: index.documents, skipped: index.skipped, top: ranked, timeline: timeline(),
        counts: { documents: index.documents.length, pages: index.documents.reduce((n, d) => n + d.pages, 0), entities: byId.size, relations: relations.length, mentions: index.named.reduce((a, b) => a + b, 0), tables: index.tables.length },
      };
    },
    async entities({ type, text, document }) {
      const place = document ? index.documents.findIndex((d) => d.id === document) : -1;
      return (text ? foundNames(fold(text)) : ranked).filter((e) => (!type || e.type === type) && (place < 0 || e.documents.includes(place)));
    },
    async entity(id) {
      const e = byId.get(id) || former.get(id);
      if (!e) return null;
      const places = (mentionsOf.get(e.index) || []).map(([p, m]) => ({ document: p.document, page: p.n, start: m[0], end: m[1], score: m[4], get around() { return around(p, m[0], m[1]); } }));
      return { ...e, places, relations: (relationsOf.get(e.id) || []).map(full), together: together(e.index), listed: e.documents.map((d) => index.documents[d]) };
    },
    async brief(id) { return byId.get(id) || null; },
    async documents() {
      return index.documents.map((d, i) => ({ ...d, names: index.named[i] }));
    },
    async page(id, n) {
      const d = documents.get(id), p = pageAt.get(`${id}:${n}`);
      if (!d) return null;
      if (!p) return { document: d, file: index.parts ? `${index.parts}/${id}.html` : index.home && !pagesOf.has(id) ? `${id}.html` : null };
      images ||= block("images");
      return {
        document: d, number: n, width: p.w, height: p.h, text: p.text, blocks: p.b, image: images[`${id}:${n}`] || null,
        mentions: p.m.map((m) => mention(p, m)), numbers: pagesOf.get(id).map((q) => q.n),
        relations: relations.filter((r) => r.document === id && r.page === n).map(full),
      };
    },
    async relations({ type, entity, document }) {
      return relations.filter((r) => (!type || r.type === type) && (!entity || r.subject === entity || r.object === entity) && (!document || r.document === document)).map(full);
    },
    async tables() { return index.tables.map((x) => ({ ...x, source: documents.get(x.d) })); },
    async table(id) { return (await this.tables()).find((x) => x.i === id); },
    async relation(id) { const r = relations.find((x) => x.id === id); return r && full(r); },
    async links(mode) {
      if (mode === "relations") return relations.filter((r) => byId.has(r.subject) && byId.has(r.object)).map((r) => ({ a: byId.get(r.subject), b: byId.get(r.object), type: r.type, weight: 1, relation: full(r) }));
      const found = new Map();
      for (const p of pages) for (const b of p.b) {
        const here = [...new Set(p.m.filter((m) => m[0] >= b[1] && m[0] < b[2]).map((m) => m[2]))];
        if (here.length > 25) continue;
        for (const x of here) for (const y of here) {
          if (x >= y) continue;
          const key = x * 1e6 + y;
          const one = found.get(key);
          if (one) one.weight++;
          else found.set(key, { a: entities[x], b: entities[y], type: "together", weight: 1, place: [p, b] });
        }
      }
      return [...found.values()].filter((l) => l.weight > 1).map((l) => ({ ...l, place: { document: l.place[0].document.id, page: l.place[0].n, start: l.place[1][1], end: l.place[1][2], text: l.place[0].text.cut(l.place[1][1], Math.min(l.place[1][2], l.place[1][1] + 400)) } }));
    },
    async search(text, limit) {
      const wanted = fold(text.trim());
      if (!wanted) return { entities: [], hits: [], count: 0 };
      const hits = [];
      let count = 0;
      for (const p of pages) {
        p.folded ||= fold(p.t);
        for (let at = p.folded.indexOf(wanted); at >= 0; at = p.folded.indexOf(wanted, at + wanted.length)) {
          if (count++ < limit) {
            const start = p.text.point(at), end = p.text.point(at + wanted.length);
            hits.push({ document: p.document, page: p.n, start, end, around: around(p, start, end) });
          }
        }
      }
      return { entities: foundNames(wanted), hits, count };
    },
  };
})();
