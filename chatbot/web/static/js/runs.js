// @ts-check
// Cuts a passage at its answering sentences and matched words.

/**
 * Turn offsets in code points, as the server counts, into JavaScript's UTF-16 offsets.
 * @param {string} text
 * @param {import("./types.js").Span[]} spans
 * @returns {import("./types.js").Span[]}
 */
export function unitSpans(text, spans) {
  const starts = [0];
  for (const character of text) starts.push(starts[starts.length - 1] + character.length);
  const unit = (/** @type {number} */ at) => starts[Math.min(Math.max(at, 0), starts.length - 1)];
  return spans.map(([start, end]) => [unit(start), unit(end)]);
}

/**
 * Build the text as nodes: `<mark>` around each answering sentence, `<b>` around each matched word. Their text joined
 * is the passage, unchanged.
 * @param {import("./types.js").Passage} passage
 * @returns {Node[]}
 */
export function quoteNodes({ text, sentences, words }) {
  const wordSpans = unitSpans(text, words);
  /** @type {Node[]} */
  const nodes = [];
  let position = 0;
  for (const [start, end] of [...unitSpans(text, sentences), /** @type {[number, number]} */ ([text.length, text.length])]) {
    nodes.push(...parts(text, position, start, wordSpans));
    if (start < end) {
      const mark = document.createElement("mark");
      mark.className = "answering";
      mark.append(...parts(text, start, end, wordSpans));
      nodes.push(mark);
    }
    position = Math.max(position, end);
  }
  return nodes;
}

/**
 * @param {string} text
 * @param {number} from
 * @param {number} to
 * @param {import("./types.js").Span[]} words
 * @returns {Node[]}
 */
function parts(text, from, to, words) {
  /** @type {Node[]} */
  const nodes = [];
  let position = from;
  for (const [wordStart, wordEnd] of words) {
    const [start, end] = [Math.max(wordStart, position), Math.min(wordEnd, to)];
    if (start >= end) continue;
    const bold = document.createElement("b");
    bold.textContent = text.slice(start, end);
    nodes.push(document.createTextNode(text.slice(position, start)), bold);
    position = end;
  }
  if (position < to) nodes.push(document.createTextNode(text.slice(position, to)));
  return nodes;
}
