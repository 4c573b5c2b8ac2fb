import { LEASE_MS, LONGEST_CALL_MS } from '../../src/removal/schedule.js';
import { seconds } from '../support/clock.js';
import { approves, ENGINES, setStage } from '../support/stage.js';

it.each(ENGINES)(
  'a process that is held up once it has claimed a removal sends nothing; who comes next looks and sends, on %s',
  async (engine) => {
    let isHeldUp = false;
    const stage = await setStage({
      mode: 'http',
      engine,
      onLog(message) {
        if (isHeldUp || message !== 'Removal approved → sending') return;
        isHeldUp = true;
        stage.clock.advance(LEASE_MS - LONGEST_CALL_MS + 1);
      },
    });
    const { alice, app, linq, passes } = stage;
    await approves(alice);
    for (let step = 0; step < 20 && !isHeldUp; step++) await passes(100);
    await app.idle();
    expect(isHeldUp).toBe(true);
    expect(linq.deletes).toHaveLength(0);

    await passes(LONGEST_CALL_MS);
    await passes(seconds(2));
    expect(linq.deletes).toHaveLength(1);
    await stage.stop();
  },
);
