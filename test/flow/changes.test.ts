import { seconds } from '../support/clock.js';
import { CHAT_ID, onlyMessage, PAT, type Stage, setStage } from '../support/stage.js';

let stage: Stage;
afterEach(() => stage.stop());

const read = () => onlyMessage(stage).shown;
const sent = () => stage.linq.deletes.length;

describe('a chat that changes between review and removal', () => {
  beforeEach(async () => {
    stage = await setStage();
    await stage.alice.runs(`/linq-remove ${CHAT_ID} ${PAT}`);
    await stage.alice.seesModal(/Review removal/);
  });

  it.each<[string, (linq: Stage['linq']) => void, string]>([
    [
      'they left on their own',
      (linq) => linq.leaves(CHAT_ID, PAT),
      `*Already gone*  :white_check_mark:\n${PAT} was not a member of “Launch crew” (…0000) any more. Nothing was sent to Linq.`,
    ],
    [
      'three others left',
      (linq) =>
        ['+12025550143', '+12025550144', 'sam@example.com'].forEach((who) => {
          linq.leaves(CHAT_ID, who);
        }),
      `*Not removed*  :no_entry:\nFewer than 3 people would remain in “Launch crew” (…0000), and Linq does not allow that. Nobody was removed. Start a new chat without ${PAT} instead.`,
    ],
    [
      'our line left',
      (linq) => linq.ourLineLeaves(CHAT_ID),
      `*Not removed*  :no_entry:\nOur line is no longer in “Launch crew” (…0000), so we cannot change it. Nobody was removed. Ask a member of the chat to remove ${PAT} from their phone.`,
    ],
    [
      'it was renamed',
      (linq) => linq.rename(CHAT_ID, 'Landing crew'),
      `*Removal queued*  :hourglass_flowing_sand:\nLinq accepted the request to remove ${PAT} from “Landing crew” (…0000).`,
    ],
  ])('is honoured: %s', async (_what, happens, words) => {
    happens(stage.linq);
    await stage.alice.submits();
    await stage.alice.sees(/Asked for by/);
    expect(read()).toContain(words);
    expect(sent()).toBe(/queued/.test(words) ? 1 : 0);
  });

  it('is explained from the member list when Linq refuses without saying why', async () => {
    for (const who of ['+12025550143', '+12025550144']) stage.linq.leaves(CHAT_ID, who);
    stage.linq.nextRemoval(['refused', 2015]);
    await stage.alice.submits();
    await stage.alice.sees(
      /Linq refused\. Only 3 would remain in “Launch crew” \(…0000\), our line included/,
    );
  });

  it('says so when they leave on their own while proof is awaited', async () => {
    stage.linq.nextRemoval('never-settles');
    await stage.alice.submits();
    await stage.alice.sees(/Removal queued/);
    stage.linq.leaves(CHAT_ID, PAT);
    await stage.passes(seconds(2));
    expect(read()).toMatch(/^\*No longer in the chat\*.*\n.*Linq shows that they left on their own\./);
  });
});
