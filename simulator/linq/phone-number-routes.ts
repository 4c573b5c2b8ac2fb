import type { Reply } from './http.js';
import type { Call } from './routes.js';

const LINE_ID = '7d1f0f57-5d1c-4d5e-9a55-1b6a3c1d2e01';

/** GET /v3/phone_numbers: our one line, unless it is hidden. */
export function listPhoneNumbers({ world }: Call): Reply {
  const ours = { id: LINE_ID, phone_number: world.ownLine, forwarding_number: null };
  return { status: 200, body: { phone_numbers: world.ourLineHidden ? [] : [ours] } };
}
