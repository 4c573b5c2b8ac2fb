import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { InFlight } from '../in-flight.js';
import type { Entry, Ledger } from '../ledger.js';
import type { SimChat, SimHandle } from './chats.js';
import type { World } from './world.js';

export type ParticipantEventName = 'participant.removed' | 'participant.added';

/** Linq gives a receiver ten seconds. */
const PATIENCE_MS = 10_000;

/** What may go wrong with an event: it never comes, comes twice, or so many milliseconds late. */
export type EventFault = 'never' | 'twice' | readonly ['late', number];

interface AnnouncerDeps {
  readonly world: World;
  readonly ledger: Ledger;
  readonly inFlight: InFlight;
}

/**
 * Tells every active subscription that a person is no longer in a chat, or new in it, signed as Linq signs. One try:
 * Linq would repeat a 5xx or a broken connection for 25 minutes. Faults are used once each, in order.
 */
export function createAnnouncer({ world, ledger, inFlight }: AnnouncerDeps) {
  const faults: EventFault[] = [];

  function announce(what: ParticipantEventName, chat: SimChat, entry: SimHandle): void {
    const event = participantEvent(what, chat, entry, world.now());
    const fault = faults.shift();
    const tell = () => tellAll(what, event);
    if (fault === 'never') return;
    if (typeof fault === 'object') later(fault[1], tell);
    else tell();
    if (fault === 'twice') tell();
  }

  function later(ms: number, act: () => void): void {
    world.agenda.add(new Date(world.now().getTime() + ms), act);
  }

  function tellAll(what: ParticipantEventName, event: ParticipantEvent): void {
    for (const { is_active, subscribed_events, target_url, signing_secret } of world.subscriptions.values()) {
      if (!is_active || !subscribed_events.includes(what)) continue;
      const at = world.now();
      const entry: Entry = { at, system: 'linq', direction: 'to-app', what, detail: event };
      ledger.record(entry);
      void inFlight.track(deliver(target_url, signing_secret, event, at)).then((answer) => {
        entry.answer = answer;
        ledger.note();
      });
    }
  }

  return { announce, next: (fault: EventFault) => void faults.push(fault) };
}

/** The event as Linq sends it, version 2026-02-03. It names nobody who did it: it also comes when people leave. */
function participantEvent(what: ParticipantEventName, chat: SimChat, entry: SimHandle, now: Date) {
  const when = what === 'participant.removed' ? { removed_at: entry.left_at } : { added_at: entry.joined_at };
  return {
    api_version: 'v3',
    webhook_version: '2026-02-03',
    event_type: what,
    event_id: randomUUID(),
    created_at: now.toISOString(),
    trace_id: randomUUID().replaceAll('-', ''),
    partner_id: 'simulated',
    data: { handle: entry.handle, chat_id: chat.id, participant: { ...entry }, ...when },
  };
}

type ParticipantEvent = ReturnType<typeof participantEvent>;

async function deliver(url: string, secret: string, event: ParticipantEvent, now: Date) {
  const payload = JSON.stringify(event);
  const headers = {
    'content-type': 'application/json',
    'webhook-id': event.event_id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(event.event_id, now, payload),
  };
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(url, { method: 'POST', headers, body: payload, signal });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 'unreachable';
  }
}
