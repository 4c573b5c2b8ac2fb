import Sqlite from 'libsql';
import { requestMessage } from '../support/chats.js';
import { seconds } from '../support/clock.js';
import { approves, type Stage, setStage } from '../support/stage.js';
import { passesInSteps } from '../support/truth.js';

/* A store that cannot be written to cost a call and a log line every second, for as long as that lasted. */

jest.setTimeout(120_000);

let stage: Stage;
let other: Sqlite.Database | undefined;
const lines: string[] = [];
afterEach(async () => {
  other?.close();
  other = undefined;
  lines.length = 0;
  await stage.stop();
});

/** Another program opens the store's file and keeps the right to write. */
function takesTheStore(): void {
  other = new Sqlite(stage.databaseUrl.replace('file:', ''));
  other.exec('begin immediate');
}

const linqCalls = () => stage.linq.calls.length;
const aboutTheStore = () => lines.filter((line) => /[Ss]tore/.test(line));

describe('While another program keeps the store from being written to', () => {
  beforeEach(async () => {
    stage = await setStage({ onLog: (line) => void lines.push(line) });
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
    await stage.app.idle();
    stage.linq.settles();
    takesTheStore();
  });

  it('Linq was asked, and the log written to, all the time', async () => {
    const before = linqCalls();
    await passesInSteps(stage, 90, seconds(1));
    // The reading that could not be written down; and one more for a look that had begun.
    expect(linqCalls() - before).toBeLessThanOrEqual(2);
    expect(aboutTheStore()).toEqual([
      expect.stringMatching(/^Another program holds the store; nothing is taken up/),
    ]);
    expect(requestMessage(stage).shown).toMatch(/^\*Removal queued\*/);

    other?.exec('rollback');
    await passesInSteps(stage, 13, seconds(5));
    expect(requestMessage(stage).shown).toMatch(/^\*Removed\*/);
    expect(aboutTheStore().slice(1)).toEqual(['The store can be used again']);
  });

  it('what a person starts afterwards waited for the end of the pause', async () => {
    await passesInSteps(stage, 40, seconds(1));
    other?.exec('rollback');
    const crew = stage.linq.addChat({
      name: 'Night crew',
      members: ['+12025550160', '+12025550161', '+12025550162', '+12025550163'],
    });
    await approves(stage.alice, `/linq-remove ${crew.id} +12025550160`);
    await stage.app.idle();
    expect(stage.linq.deletes.at(-1)?.chatId).toBe(crew.id);
  });
});
