import { createProgress, type Recordable, type Stage } from '../../../src/slack/guard/progress.js';

const WHAT: readonly Recordable[] = ['approval', 'request', 'decision', 'addition', 'stop'];

async function at(stage: Stage, what: Recordable) {
  const progress = createProgress();
  progress.isFor(what);
  if (stage === 'recorded') await progress.recording(async () => true);
  if (stage === 'maybe') await progress.recording(() => Promise.reject(new Error('lost'))).catch(() => {});
  return progress;
}

describe('what is said when something fails', () => {
  it.each(WHAT)('before anything of %s was written says that nothing came of it', async (what) => {
    const { stage, sentence } = await at('nothing-yet', what);
    expect(stage).toBe('nothing-yet');
    expect(sentence()).toMatch(/^Something went wrong on our side\. (Nothing|Nobody) /);
    expect(sentence()).not.toMatch(/recorded\.|after /);
  });

  it.each(WHAT)('while it is not known whether %s is recorded claims neither', async (what) => {
    const { stage, sentence } = await at('maybe', what);
    expect(stage).toBe('maybe');
    expect(sentence()).toMatch(
      /^Something went wrong on our side\. It is not known whether this was recorded: /,
    );
    expect(sentence()).not.toMatch(/[Nn]othing|[Nn]obody/);
  });

  it.each(WHAT)('after %s was recorded says that it is, and where it is told', async (what) => {
    const { stage, sentence } = await at('recorded', what);
    expect(stage).toBe('recorded');
    expect(sentence()).toMatch(
      /^Something went wrong on our side after .* was recorded\. The (message|thread)\b.* says/,
    );
    expect(sentence()).not.toMatch(/[Nn]othing|[Nn]obody/);
  });
});

it('says of what only looks or opens a window that this changes nothing, whatever was recorded elsewhere', async () => {
  for (const stage of ['nothing-yet', 'maybe', 'recorded'] as const) {
    const { sentence } = await at(stage, 'look');
    expect(sentence()).toMatch(/ Looking changes nothing\. Please try again in a moment\.$/);
    expect(sentence()).not.toMatch(/[Nn]othing was|[Nn]obody|this step/);
  }
});

describe('how far a press has come', () => {
  it('is unknown while a write is under way', async () => {
    const progress = createProgress();
    let answer = (_recorded: boolean) => {};
    const writing = progress.recording(
      () =>
        new Promise<boolean>((resolve) => {
          answer = resolve;
        }),
    );
    expect(progress.stage).toBe('maybe');
    answer(true);
    await writing;
    expect(progress.stage).toBe('recorded');
  });

  it('goes back to what it was when the write answers that it changed nothing', async () => {
    const progress = createProgress();
    await progress.recording(async () => false, Boolean);
    expect(progress.stage).toBe('nothing-yet');
    progress.foundRecorded();
    await progress.recording(async () => false, Boolean);
    expect(progress.stage).toBe('recorded');
  });
});
