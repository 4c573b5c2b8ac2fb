import { Webhook } from 'standardwebhooks';

export const SECRET = 'whsec_c2VjcmV0IG9mIHRoZSBzdWJzY3JpcHRpb24=';
export const FORGED = 'whsec_c29tZWJvZHkgZWxzZeKAmXMgc2VjcmV0';

export interface Signing {
  readonly secret?: string;
  readonly deliveryId?: string;
  readonly at?: Date;
}

/** The headers of a delivery, signed as Linq signs. */
export function signed(
  body: string,
  { secret = SECRET, deliveryId = 'msg-1', at = new Date() }: Signing = {},
) {
  return {
    'content-type': 'application/json',
    'webhook-id': deliveryId,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': new Webhook(secret).sign(deliveryId, at, body),
  };
}

/** An event as Linq documents it; `data` and everything else may be changed. */
export function anEvent(data: Record<string, unknown> = {}, envelope: Record<string, unknown> = {}) {
  return {
    api_version: 'v3',
    webhook_version: '2026-02-03',
    event_type: 'participant.removed',
    event_id: 'event-1',
    created_at: '2026-06-01T10:15:04Z',
    trace_id: '9f1c',
    partner_id: 'partner',
    data: {
      handle: '+12052499136',
      chat_id: '550e8400-e29b-41d4-a716-446655440000',
      participant: {
        id: '4e70',
        handle: '+12052499136',
        is_me: false,
        service: 'iMessage',
        status: 'removed',
        joined_at: '2026-05-04T09:00:00Z',
        left_at: '2026-06-01T10:15:02Z',
      },
      removed_at: '2026-06-01T10:15:03Z',
      ...data,
    },
    ...envelope,
  };
}
