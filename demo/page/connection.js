/** Snapshots for one person, as they change. Returns how to stop; the browser reconnects by itself. */
export function watch(person, { onSnapshot, onState }) {
  const source = new EventSource(`/events?as=${encodeURIComponent(person)}`);
  source.onmessage = (event) => onSnapshot(JSON.parse(event.data));
  source.onopen = () => onState('open');
  source.onerror = () => onState('lost');
  return () => source.close();
}

const LOST = { ok: false, trouble: 'The demo has stopped. Start it again with npm run demo.' };

/** One act of a person or one change to the world. Never rejects: what went wrong is in the answer. */
export async function act(body) {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch('/act', request).catch(() => null);
  return response ? response.json().catch(() => LOST) : LOST;
}
