import type { AccessConfig } from '../../../src/slack/access/access-config.js';
import type { Refusal, Unanswered } from '../../../src/slack/access/rules.js';
import { mentions, refusalSentence } from '../../../src/slack/access/sentences.js';
import { warnAboutAccess } from '../../../src/slack/access/warnings.js';
import { logDouble } from '../doubles.js';

const OPEN: AccessConfig = {
  allowed: { users: [], groups: [] },
  channels: [],
  allowGuests: false,
  allowExternalChannels: false,
};
const NAMED: AccessConfig = {
  ...OPEN,
  allowed: { users: ['U1', 'U2'], groups: ['S1'] },
  channels: ['C1', 'D1'],
};

const cannot = (why: Unanswered): Refusal => ({ rule: 'cannot-tell', about: 'group', why });

describe('A refusal', () => {
  it.each<[Refusal, AccessConfig, string]>([
    [{ rule: 'person' }, NAMED, 'Please ask <@U2>, <!subteam^S1>.'],
    [{ rule: 'guest' }, NAMED, 'Please ask <@U2>, <!subteam^S1>.'],
    [{ rule: 'guest' }, OPEN, "Please ask the app's owner."],
    [{ rule: 'outsider' }, OPEN, "Please ask the app's owner."],
    [
      { rule: 'conversation' },
      NAMED,
      "Use it in <#C1>, a direct message with the app, or ask the app's owner.",
    ],
    [{ rule: 'external-conversation' }, OPEN, "or ask the app's owner."],
    [cannot({ kind: 'missing-scope', scope: 'usergroups:read' }), OPEN, 'the scope `usergroups:read`'],
    [cannot({ kind: 'no-groups' }), OPEN, "Please tell the app's owner."],
    [cannot({ kind: 'unknown-group', group: 'S9' }), OPEN, '`S9`'],
    [cannot({ kind: 'unseen' }), OPEN, '`/invite @linq-remove`'],
    [cannot({ kind: 'busy' }), OPEN, 'try again in a minute'],
    [cannot({ kind: 'no-answer', code: 'fatal_error' }), OPEN, '(`fatal_error`)'],
    [cannot({ kind: 'no-answer', code: null }), OPEN, 'Slack gave no answer.'],
  ])('(%j) says that nothing was removed, and who or what can help', (refusal, rules, help) => {
    const sentence = refusalSentence(refusal, 'U1', rules);
    expect(sentence).toContain('Nothing was removed.');
    expect(sentence).toContain(help);
  });

  it('names ten people at most', () => {
    const users = Array.from({ length: 12 }, (_, index) => `U${index}`);
    expect(mentions({ users, groups: [] })).toMatch(/<@U9>, 2 more$/);
  });
});

describe('The start', () => {
  it.each<[string, AccessConfig, RegExp | null]>([
    ['anyone', OPEN, /Anyone in the workspace may remove/],
    [
      'anyone somewhere',
      { ...OPEN, channels: ['C1'] },
      /Anyone who can write in the conversations of ALLOWED_CHANNELS/,
    ],
    ['named people', NAMED, null],
  ])('warns about an open door: %s', (_who, access, words) => {
    const log = logDouble();
    warnAboutAccess({ access }, log);
    expect(log.lines).toEqual(words ? [expect.stringMatching(words)] : []);
  });
});
