import { LEASE_MS } from '../../src/removal/schedule.js';
import { seconds } from '../support/clock.js';
import { createDatabase } from '../support/postgres/databases.js';
import { type PostgresServer, preparePostgres } from '../support/postgres/server.js';
import { approves, BOTH, CHAT_ID, type Stage, setStage } from '../support/stage.js';

/* The database server is stopped in the middle of everything, and started again. */

const DELETE = 'DELETE /v3/chats/{id}/participants';

let server: PostgresServer;
let stage: Stage;
beforeAll(async () => {
  server = await preparePostgres();
  await server.start();
});
afterAll(() => server.end());
beforeEach(async () => {
  const { url } = await createDatabase(server.url);
  stage = await setStage({ mode: 'http', env: { DATABASE_URL: url } });
});
afterEach(() => stage.stop());

/** Found out at most once a second, so it may lag that much. */
async function becomesReady(wanted: boolean): Promise<void> {
  const giveUpAt = Date.now() + seconds(10);
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${stage.port}/readyz`);
    const body = await response.json();
    if (response.status === (wanted ? 200 : 503)) {
      expect(body).toEqual({ status: wanted ? 'ready' : 'not ready' });
      return;
    }
    if (Date.now() > giveUpAt) throw new Error(`/readyz stays at ${response.status}`);
  }
}

it('nothing is claimed or recorded while it is away, people and /readyz say so, and then it all goes on', async () => {
  const { alice, linq, support, passes } = stage;
  await approves(alice);
  await alice.sees(/Removal queued/, { in: support.id });
  linq.settles();
  await becomesReady(true);

  await server.stop();
  await becomesReady(false);
  // The loop notices it now, or has noticed it before and rests.
  await passes(seconds(2)).catch(() => {});
  const refused = await approves(alice, `/linq-remove ${CHAT_ID} sam@example.com`);
  expect(refused.outcome).toBe('acknowledged');
  expect(Object.values(refused.errors ?? {})).toEqual([expect.stringMatching(/could not be recorded/)]);
  expect(linq.deletes).toHaveLength(1);

  await server.start();
  await becomesReady(true);
  await passes(seconds(2));
  await alice.sees(/\+12052499136 is no longer in/, { in: support.id });
  expect(linq.deletes).toHaveLength(1);
  await alice.submits();
  expect(alice.modalText()).toMatch(/Your approval is recorded/);
  await alice.sees(/sam@example\.com/, { in: support.id });
  expect(linq.deletes).toHaveLength(2);
});

it('Linq’s answer that could not be written down is made up for by a look, not by asking again', async () => {
  const { alice, app, linq, ledger, support, passes } = stage;
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  linq.nextRemoval(['slow', answered]);
  await alice.runs(`/linq-remove ${BOTH}`);
  await alice.seesModal(/Review removal/);
  await alice.submits();
  await ledger.until(() => ledger.count(DELETE) === 1, 'the DELETE');

  await server.stop();
  answer();
  await app.idle();
  linq.settles();
  await server.start();

  await passes(LEASE_MS + seconds(1));
  for (let look = 0; look < 5; look++) await passes(seconds(5));
  await alice.sees(/no longer in “Launch crew”/, { in: support.id });
  expect(linq.deletes).toHaveLength(1);
});
