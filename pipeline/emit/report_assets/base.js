// Elements made without any HTML parsing: text from documents is only ever text.
const SVG = "http://www.w3.org/2000/svg";
const LOW = 0.6;
const TYPES = ["government", "company", "plan", "association", "institution", "person", "place", "publication", "technology", "event", "product"];
const RELATIONS = ["issued", "implements", "subordinate_to", "owns", "member_of", "holds_position", "partner_of", "founded", "located_in", "replaces", "part_of", "focuses_on", "develops"];

// What could turn the direction of what stands beside it, or is a control character, is shown by its number.
const visible = (text) => text.replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u202a-\u202e\u2066-\u2069\p{Cs}]/gu, (c) => `[U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const SEEN = new Set(["title", "aria-label", "alt", "placeholder"]);
const isolated = (text) => (RIGHT_TO_LEFT.test(text) ? `\u2068${visible(text)}\u2069` : visible(text));
// Text from right to left keeps to its place: its direction ends with it.
function textNode(element, text) {
  if (!RIGHT_TO_LEFT.test(text)) return visible(text);
  if (element instanceof SVGElement || element.tagName === "OPTION") return isolated(text);
  const part = document.createElement("bdi");
  part.append(visible(text));
  return part;
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : SEEN.has(key) ? isolated(String(value)) : value);
  }
  for (const child of children.flat(4)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : textNode(element, String(child)));
  }
  return element;
}
const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const s = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

function remembered(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}
function remember(key, value) {
  try { localStorage.setItem(key, value); } catch { /* a page on disk may have no storage */ }
}

let lang = remembered("zhen-language") || (navigator.language.startsWith("zh") ? "zh" : "en");

// The word for a key in the interface's language; what has no word (a new property, say) shows as its key.
function t(key, ...values) {
  const word = WORDS[lang][key] ?? key.replaceAll("_", " ");
  return typeof word === "string" ? word.replace(/\{(\d)\}/g, (_, n) => values[n]) : word;
}
const counted = (key, n) => t(n === 1 && WORDS[lang][key + "1"] ? key + "1" : key, number(n));
const number = (n) => n.toLocaleString(lang === "zh" ? "zh-CN" : "en-GB");

// Addresses within the page; every part is escaped.
const link = (...parts) => "#/" + parts.map((p) => encodeURIComponent(p)).join("/");
const entityLink = (id) => link("entity", ...id.split("/"));
function placeLink(document, page, start, end) {
  return start === undefined ? link("document", document, page) : link("document", document, page, `${start}-${end}`);
}
function mentionLink(id) {
  const [document, page, range] = id.split(":");
  return range ? link("document", document, page, range) : link("relation", id);
}
const label = (e) => (lang === "zh" ? e.zh || e.en : e.en || e.zh) || e.id;
const otherLabel = (e) => { const o = lang === "zh" ? e.en : e.zh; return o && o !== label(e) ? o : ""; };
const shortPath = (path) => path.split("/").pop();
const documentLabel = (d) => d.title || shortPath(d.path);

function debounced(wait, call) {
  let timer;
  return (...values) => { clearTimeout(timer); timer = setTimeout(() => call(...values), wait); };
}
