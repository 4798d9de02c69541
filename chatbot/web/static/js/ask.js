// @ts-check
// Asks the server. The question travels in the body, never in an address.

const TIMEOUT_MILLISECONDS = 20000;

/**
 * Ask a question and get its answer, or the reason why there is none; never throws.
 * @param {string} api
 * @param {string} question
 * @param {string[]} history earlier questions, oldest first
 * @returns {Promise<import("./types.js").Answer | import("./types.js").Failure>}
 */
export async function ask(api, question, history) {
  try {
    const response = await post(`${api}chat`, { question, history });
    if (response.ok) return await response.json();
    if (response.status === 429) return { failure: "busy", seconds: Number(response.headers.get("Retry-After")) || 60 };
    return { failure: "other", detail: response.status === 422 ? (await response.json()).detail : undefined };
  } catch {
    return { failure: "offline" };
  }
}

/**
 * Send JSON without credentials.
 * @param {string} address
 * @param {unknown} body
 */
export function post(address, body) {
  return fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    credentials: "omit",
    signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
  });
}
