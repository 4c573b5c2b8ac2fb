import { LEASE_MS, LONGEST_CALL_MS } from '../../src/removal/schedule.js';
import { seconds } from '../support/clock.js';
import { BOTH, ENGINES, setStage } from '../support/stage.js';

const READ = 'GET /v3/chats/{id}';

it.each(ENGINES)(
  'a process that is held up until its time is nearly over sends nothing; who comes next looks and sends, on %s',
  async (engine) => {
    const stage = await setStage({ mode: 'http', engine });
    const { alice, app, clock, ledger, linq, passes } = stage;
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
    const reads = ledger.count(READ);
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    linq.nextRead(['slow', answered]);
    await alice.submits();
    await ledger.until(() => ledger.count(READ) > reads, 'the reading before the DELETE');

    clock.advance(LEASE_MS - LONGEST_CALL_MS + 1);
    answer();
    await app.idle();
    expect(linq.deletes).toHaveLength(0);

    await passes(LONGEST_CALL_MS);
    await passes(seconds(2));
    expect(linq.deletes).toHaveLength(1);
    await stage.stop();
  },
);
