import { randomUUID } from 'node:crypto';
import { anEvent, SECRET, type Signing, signed } from '../linq/webhook-setup.js';
import { CHAT_ID, PAT, type Stage, type StageOptions, setStage } from './stage.js';

/** A stage whose Linq tells the app of everybody who leaves or comes. Its clock starts now: signatures have a time. */
export async function setStageWithWebhooks(options: StageOptions = {}): Promise<Stage> {
  const env = { LINQ_WEBHOOK_SECRET: SECRET, ...options.env };
  const stage = await setStage({ ...options, env, start: new Date() });
  subscribe(stage);
  return stage;
}

/** As an operator does with one `curl`; again after the app has moved to another port. */
export function subscribe({ linq, port }: Stage): void {
  linq.subscribe(addressOf(port), ['participant.removed', 'participant.added'], SECRET);
}

function addressOf(port: number): string {
  return `http://127.0.0.1:${port}/linq/webhooks?version=2026-02-03`;
}

/** Delivers an event about pat that Linq's simulator did not send, and answers with the app's status. */
export async function deliver(
  { port, clock }: Stage,
  what: 'removed' | 'added',
  data: Record<string, unknown> = {},
  { eventId = randomUUID(), ...signing }: Signing & { readonly eventId?: string } = {},
): Promise<number> {
  const at = clock.now().toISOString();
  const person = { handle: PAT, chat_id: CHAT_ID, participant: undefined, removed_at: undefined };
  const when = what === 'removed' ? { removed_at: at } : { added_at: at };
  const envelope = { event_type: `participant.${what}`, event_id: eventId, created_at: at };
  const body = JSON.stringify(anEvent({ ...person, ...when, ...data }, envelope));
  const headers = signed(body, { deliveryId: eventId, ...signing });
  const response = await fetch(addressOf(port), { method: 'POST', headers, body });
  await response.body?.cancel();
  return response.status;
}
