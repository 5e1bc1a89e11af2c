// A force layout: names push each other off, links pull together, all are drawn to the middle. No chance in it.
function laidOut(nodes, links, rounds = 260) {
  const golden = Math.PI * (3 - Math.sqrt(5));
  nodes.forEach((n, i) => { const r = 18 * Math.sqrt(i + 0.5); n.x = r * Math.cos(i * golden); n.y = r * Math.sin(i * golden); n.vx = n.vy = 0; });
  for (let round = 0; round < rounds; round++) {
    const heat = 1 - round / rounds;
    for (let i = 0; i < nodes.length; i++) {
      const a = nodes[i];
      a.vx -= a.x * 0.011; a.vy -= a.y * 0.022;
      for (let j = i + 1; j < nodes.length; j++) {
        const b = nodes[j];
        let dx = a.x - b.x, dy = a.y - b.y;
        const d2 = dx * dx + dy * dy + 0.01;
        if (d2 > 160000) continue;
        const push = Math.min(2200 / d2, 8);
        dx *= push / Math.sqrt(d2); dy *= push / Math.sqrt(d2);
        a.vx += dx * 2; a.vy += dy * 2; b.vx -= dx * 2; b.vy -= dy * 2;
      }
    }
    for (const l of links) {
      const dx = l.b.x - l.a.x, dy = l.b.y - l.a.y, d = Math.sqrt(dx * dx + dy * dy) + 0.01;
      const pull = ((d - 75) / d) * 0.12 / Math.sqrt(Math.min(l.a.degree, l.b.degree));
      l.a.vx += dx * pull; l.a.vy += dy * pull; l.b.vx -= dx * pull; l.b.vy -= dy * pull;
    }
    for (const n of nodes) {
      const speed = Math.hypot(n.vx, n.vy), most = 30 * heat + 1, cap = speed > most ? most / speed : 1;
      n.x += n.vx * cap; n.y += n.vy * cap; n.vx *= 0.6; n.vy *= 0.6;
    }
  }
}
