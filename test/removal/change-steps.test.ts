import { createLinqGate } from '../../src/linq/gate.js';
import { createChangeSteps } from '../../src/removal/change-steps.js';
import { createReadings } from '../../src/removal/readings.js';
import { aChange, aChat, NOW, PAT } from '../support/build.js';

const TURN = { requestId: 'request-1', urgency: 'proof' } as const;
const log = { info: () => {}, warn: () => {}, error: () => {} };

it('holds the lease of a person’s readings only while it has room to read', async () => {
  const now = () => NOW;
  const gate = createLinqGate({ now, elapsed: () => 0, sleep: async () => {} });
  let leases = 0;
  const chat = aChat();
  const linq = {
    gate,
    readChatFor: async () => ({ ok: true, chat }) as const,
    chatsOfFor: async () => ({ ok: true, chats: [chat], hasMore: false }) as const,
    send: () => Promise.reject(new Error('Nothing is to be sent')),
  };
  const store = {
    openOf: async () => 2,
    leaseReading: async () => {
      leases += 1;
      return true;
    },
    save: async () => null,
    findChange: async () => null,
    leaving: async () => [],
    pause: async () => null,
  };
  const readings = createReadings(linq, now);
  const step = createChangeSteps({
    store,
    linq,
    readings,
    log,
    now,
    confirmWindowMs: 300_000,
  });
  const queued = aChange({ status: 'queued', handle: PAT, sentAt: new Date(NOW.getTime() - 5_000) });

  let free = () => {};
  const busy = new Promise<void>((resolve) => {
    free = resolve;
  });
  const others = Array.from({ length: 4 }, () =>
    gate.forTurn({ ...TURN, requestId: 'request-2' }, () => busy),
  );
  expect(await step(queued, TURN, () => {})).toBe(false);
  expect(leases).toBe(0);
  free();
  await Promise.all(others);
  await step(queued, TURN, () => {});
  expect(leases).toBe(1);
});
