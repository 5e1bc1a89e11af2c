// Text as it is compared in searches: every character stays one character, so that places stay true.
let simple = null;
function simpleCharacters(pairs) {
  simple = new Map();
  const list = Array.from(pairs || "");
  for (let i = 0; i < list.length; i += 2) simple.set(list[i], list[i + 1]);
}
const DASHES = /[‐-―−]/;
function foldCharacter(c) {
  const code = c.charCodeAt(0);
  if (code < 0x80) return code >= 65 && code <= 90 ? c.toLowerCase() : c;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0).toLowerCase();
  if (code === 0x3000 || code === 0xa0) return " ";
  if (code === 0x2018 || code === 0x2019) return "'";
  if (code === 0x201c || code === 0x201d) return '"';
  if (DASHES.test(c)) return "-";
  if (code >= 0x4e00 && code <= 0x9fff) return simple.get(c) || c;
  const plain = c.normalize("NFD")[0].toLowerCase();
  return plain.length === 1 ? plain : c;
}
let folds = null;
function fold(text) {
  if (!folds) { folds = new Uint16Array(65536); for (let c = 0; c < 65536; c++) folds[c] = foldCharacter(String.fromCharCode(c)).charCodeAt(0); }
  let out = "";
  const part = new Uint16Array(Math.min(text.length, 8192));
  for (let from = 0; from < text.length; from += 8192) {
    const size = Math.min(8192, text.length - from);
    for (let i = 0; i < size; i++) part[i] = folds[text.charCodeAt(from + i)];
    out += String.fromCharCode.apply(null, part.subarray(0, size));
  }
  return out;
}
// Offsets in the data count code points; JavaScript's count UTF-16 units. They differ only where a page has rare characters.
const RARE = /[\ud800-\udfff]/;
function toUnits(text) {
  if (!RARE.test(text)) return null;
  const units = [];
  for (let i = 0; i < text.length; i += text.codePointAt(i) > 0xffff ? 2 : 1) units.push(i);
  units.push(text.length);
  return units;
}
class Text {
  constructor(text) { this.text = text; this.units = toUnits(text); }
  get length() { return this.units ? this.units.length - 1 : this.text.length; }
  cut(start, end) { return this.units ? this.text.slice(this.units[start], this.units[end]) : this.text.slice(start, end); }
  point(unit) {
    if (!this.units) return unit;
    let low = 0, high = this.units.length - 1;
    while (low < high) { const middle = (low + high) >> 1; if (this.units[middle] < unit) low = middle + 1; else high = middle; }
    return low;
  }
}
