// The server's answers, or an Error whose message is a sentence for a person, and `passing` whether asking again may help.
async function json(request) {
  let response;
  try {
    response = await request;
  } catch {
    throw Object.assign(new Error('The server does not answer. Is `ser serve` still running?'), { passing: true });
  }
  if (response.ok) return response.json();
  const problem = await response.json().catch(() => ({}));
  const passing = response.status === 408 || response.status >= 500; // Otherwise the same clip gets the same answer.
  throw Object.assign(new Error(problem.detail ?? problem.title ?? `The server answered ${response.status}.`), { passing });
}

/** What a page hears that was loaded before the server was started anew. */
export const otherModels = 'The server has other models now; load the page again.';

export const models = () => json(fetch('api/models'));

/** Asks one model about a clip, until `signal` says that nobody waits. A busy server is asked again when it says to come back. */
export async function predict(clip, model, signal, tries = 3) {
  const query = new URLSearchParams({ model, timeline: true, picture: true });
  const response = fetch(`api/predict?${query}`, { method: 'POST', body: clip, headers: { 'Content-Type': clip.type }, signal });
  const busy = await response.catch(() => null);
  if (busy?.status === 400) throw new Error(otherModels); // All else in the request is right.
  const pause = Number(busy?.headers.get('Retry-After'));
  if (pause && tries > 1 && !signal.aborted) {
    await new Promise(resolve => setTimeout(resolve, 1000 * pause));
    return predict(clip, model, signal, tries - 1);
  }
  return json(response);
}

/** Bytes of a base64 field. */
export const bytes = text => Uint8Array.from(atob(text), character => character.charCodeAt(0));
