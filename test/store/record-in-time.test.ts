import { recordInTime } from '../../src/store/record-in-time.js';

/** A transaction as the store writes it: it takes so long, and commits unless confirming it throws. */
function transaction(clock: { ms: number }, ...takes: readonly (number | Error)[]) {
  const commits: number[] = [];
  let tries = 0;
  const record = async (confirm: () => void) => {
    const taking = takes[tries++] ?? 0;
    if (taking instanceof Error) throw taking;
    clock.ms += taking;
    confirm();
    commits.push(clock.ms);
    return true;
  };
  return { record, commits, tries: () => tries };
}

describe('Recording in time', () => {
  const clock = { ms: 0 };
  const now = () => clock.ms;
  beforeEach(() => {
    clock.ms = 0;
  });

  it('is one transaction where all goes well', async () => {
    const { record, tries } = transaction(clock, 20);

    expect(await recordInTime(record, now)).toBe(true);
    expect(tries()).toBe(1);
  });

  it('undoes what was ready to be committed too late for its answer to be heard', async () => {
    const { record, commits, tries } = transaction(clock, 1_600);

    await expect(recordInTime(record, now)).rejects.toThrow('took too long to record this');
    expect(commits).toEqual([]);
    expect(tries()).toBe(1);
  });

  it('tries once more after a failure, and no more than once', async () => {
    const broken = new Error('Connection terminated unexpectedly');

    expect(await recordInTime(transaction(clock, broken).record, now)).toBe(true);
    await expect(recordInTime(transaction(clock, broken, broken).record, now)).rejects.toBe(broken);
  });

  it('does not begin anew when the time is over', async () => {
    const { record, tries } = transaction(clock, 1_500, 0);

    await expect(recordInTime(record, now)).rejects.toThrow();
    expect(tries()).toBe(1);
  });
});
