import { createMetrics } from '../src/metrics.js';
import type { Change } from '../src/removal/change.js';
import { aChange, at, type ChangeFacts, NOW } from './slack/message/states.js';

const open = async () => ({ count: 0, oldest: null });

/** What Prometheus reads of our own metrics once these transitions were written, four seconds after approval. */
async function read(
  ...transitions: readonly (readonly [ChangeFacts | null, ChangeFacts])[]
): Promise<string> {
  const metrics = createMetrics(open, () => at(4));
  for (const [before, after] of transitions)
    metrics.observer.transition({ before: before && changeOf(before), after: changeOf(after) });
  return metrics.read();
}

function changeOf(facts: ChangeFacts): Change {
  return aChange({ approvedAt: NOW, ...facts });
}

const sending = { status: 'sending', attempts: 1 } as const;
const add = { direction: 'add' } as const;

describe('Removals', () => {
  it('are counted once, when they end, whichever path led there', async () => {
    const text = await read(
      [null, { status: 'approved' }],
      [{ status: 'approved' }, sending],
      [sending, { status: 'queued' }],
      [{ status: 'queued' }, { status: 'done' }],
      [{ status: 'approved' }, { status: 'gone' }],
      [{ status: 'waiting' }, { status: 'refused' }],
      [{ status: 'unsure' }, { status: 'unconfirmed' }],
    );
    expect(text).toMatch(/^linq_remove_removals_total\{status="removed"\} 1$/m);
    for (const status of ['gone', 'refused', 'unconfirmed'])
      expect(text).toMatch(new RegExp(`^linq_remove_removals_total\\{status="${status}"\\} 1$`, 'm'));
    expect(text).toMatch(/^linq_remove_answer_seconds_sum 4$/m);
    expect(text).toMatch(/^linq_remove_proof_seconds_count 1$/m);
    expect(text).toMatch(/^linq_remove_retries_total 0$/m);
  });

  it('proven late are counted as that, and not as ended twice', async () => {
    const text = await read(
      [{ status: 'queued' }, { status: 'unconfirmed' }],
      [{ status: 'unconfirmed' }, { status: 'done' }],
      [{ status: 'done' }, { status: 'done' }],
    );
    expect(text).not.toMatch(/status="removed"/);
    expect(text).toMatch(/^linq_remove_proven_late_total\{direction="remove"\} 1$/m);
    expect(text).toMatch(/^linq_remove_proof_seconds_count 1$/m);
  });

  it('sent again count as retries, and the first answer is timed alone', async () => {
    const again = { status: 'sending', attempts: 2 } as const;
    const text = await read(
      [sending, { status: 'waiting', attempts: 1 }],
      [{ status: 'waiting', attempts: 1 }, again],
      [again, again],
      [again, { status: 'queued', attempts: 2 }],
    );
    expect(text).toMatch(/^linq_remove_retries_total 1$/m);
    expect(text).toMatch(/^linq_remove_answer_seconds_count 1$/m);
  });
});

it('Additions count as additions, and in nothing that is said of removals', async () => {
  const text = await read(
    [
      { ...sending, ...add },
      { status: 'queued', ...add },
    ],
    [
      { status: 'waiting', attempts: 1, ...add },
      { status: 'sending', attempts: 2, ...add },
    ],
    [
      { status: 'queued', ...add },
      { status: 'done', ...add },
    ],
    [
      { status: 'queued', ...add },
      { status: 'unconfirmed', ...add },
    ],
    [
      { status: 'unconfirmed', ...add },
      { status: 'done', ...add },
    ],
  );
  expect(text).toMatch(/^linq_remove_additions_total\{status="back"\} 1$/m);
  expect(text).toMatch(/^linq_remove_additions_total\{status="unconfirmed"\} 1$/m);
  expect(text).toMatch(/^linq_remove_proven_late_total\{direction="add"\} 1$/m);
  expect(text).not.toMatch(/^linq_remove_removals_total\{/m);
  expect(text).toMatch(/^linq_remove_answer_seconds_count 0$/m);
  expect(text).toMatch(/^linq_remove_proof_seconds_count 0$/m);
  expect(text).toMatch(/^linq_remove_retries_total 0$/m);
});

it('Outcomes told another way are counted by the way', async () => {
  const metrics = createMetrics(open, () => NOW);
  metrics.observer.rerouted('person');
  expect(await metrics.read()).toMatch(/^linq_remove_posting_fallbacks_total\{route="person"\} 1$/m);
});

describe('The gauges of what is open', () => {
  const gauges = (text: string) => text.split('\n').filter((line) => line.startsWith('linq_remove_open'));

  it('are read at each scrape, once for both', async () => {
    const answers = [
      { count: 2, oldest: NOW },
      { count: 0, oldest: null },
    ];
    const readOpen = jest.fn(async () => answers.shift() ?? { count: 9, oldest: null });
    const metrics = createMetrics(readOpen, () => at(7));
    expect(gauges(await metrics.read())).toEqual([
      'linq_remove_open_removals 2',
      'linq_remove_open_oldest_seconds 7',
    ]);
    expect(gauges(await metrics.read())).toEqual([
      'linq_remove_open_removals 0',
      'linq_remove_open_oldest_seconds 0',
    ]);
    expect(readOpen).toHaveBeenCalledTimes(2);
  });

  it('are absent while the store does not answer, and back once it does', async () => {
    let isDown = true;
    const readOpen = async () => {
      if (isDown) throw new Error('The store does not answer');
      return { count: 3, oldest: NOW };
    };
    const metrics = createMetrics(readOpen, () => at(1));
    expect(gauges(await metrics.read())).toEqual([]);
    isDown = false;
    expect(gauges(await metrics.read())).toEqual([
      'linq_remove_open_removals 3',
      'linq_remove_open_oldest_seconds 1',
    ]);
    isDown = true;
    expect(gauges(await metrics.read())).toEqual([]);
  });
});
