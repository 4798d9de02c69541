// @ts-check
// What passes between the modules. Only types: no browser ever loads this file.

/** @typedef {[number, number]} Span half-open, in code points */
/** @typedef {{title: string, section?: string|null, author?: string|null, publisher?: string|null, published?: string|null,
 *   reviewed?: string|null, reviewer?: string|null, review_by?: string|null, url: string, original_url?: string|null}} Source */
/** @typedef {{id: string, text: string, sentences: Span[], words: Span[], confidence: "high"|"medium"|"low",
 *   source: Source, matched?: [string, string][], risks_url?: string|null}} Passage */
/** @typedef {{label: string, phone?: string|null, url?: string|null}} Contact */
/** @typedef {{kind: string, title: string, text: string, contacts: Contact[]}} Notice */
/** @typedef {{verdict: "answered"|"unsure"|"nothing"|"urgent", passages: Passage[], notice: Notice|null,
 *   corrections: {typed: string, used: string}[], suggestions: string[], disclaimer: string, corpus_version: string,
 *   nearest?: {title: string, url: string}[], no_answer?: string}} Answer */
/** @typedef {{failure: "offline"|"busy"|"other", seconds?: number, detail?: string}} Failure */
/** @typedef {(name: string, values?: Record<string, string|number>) => string} Say */
/** @typedef {{say: Say, piece: (name: string) => HTMLElement, language: string, api: string, reading: string}} Kit */
/** @typedef {{heard: (text: string) => void}} Announcer */

export {};
