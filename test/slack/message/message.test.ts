import type { Announceable } from '../../../src/removal/ports.js';
import { REASONS, type ReasonName } from '../../../src/removal/reasons.js';
import { type Removal, type RemovalStatus, STATUSES } from '../../../src/removal/removal.js';
import { announcementMessage, lateEnding, listMessage, withoutButtons } from '../../../src/slack/message/message.js';
import { cut } from '../../../src/slack/text.js';
import { aRemoval, aRequest, aSubject, at, NOW, PAT } from '../../support/build.js';
import { expectFitMessage, HOSTILE, seen } from '../slack-eyes.js';

const about = (changes: Partial<Removal>, request = aRequest()): Announceable =>
  aSubject({ request, removals: [aRemoval(changes)] });
const many = (...removals: readonly Partial<Removal>[]): Announceable =>
  aSubject({
    removals: removals.map((changes, index) =>
      aRemoval({ id: `${index}`, chatId: `chat-${1000 + index}`, ...changes }),
    ),
  });
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

/** Every status with what goes with it. */
const STATES: readonly Partial<Removal>[] = [
  ...STATUSES.map((status) => ({ status, reason: null })),
  ...(Object.keys(REASONS) as ReasonName[]).flatMap((reason) =>
    (['waiting', 'unsure', 'refused', 'unconfirmed', 'gone'] as const).map((status) => ({ status, reason })),
  ),
];

/** A few of them, each status among them, where every one would only take time. */
const SOME_STATES = STATES.filter((_state, index) => index % 12 === 0);

describe('the message about one chat', () => {
  it.each<[RemovalStatus, RegExp]>([
    ['approved', /^Asking Linq: .* remove \+12052499136 from “Launch crew” \(…0000\)/],
    ['sending', /^Asking Linq: /],
    ['waiting', /^Trying again soon: /],
    ['unsure', /^No answer yet, checking: /],
    ['queued', /^Removal queued: Linq accepted .* It is not done yet/],
    ['removed', /^Removed: \+12052499136 is no longer in “Launch crew” \(…0000\), confirmed after/],
    ['gone', /^Already gone: \+12052499136 was not a member of “Launch crew” \(…0000\)/],
    ['refused', /^Not removed: /],
    ['unconfirmed', /^Not confirmed: /],
  ])('carries the whole outcome in its text and in its blocks: %s', (status, words) => {
    const message = announcementMessage(about({ status, reason: null }), 'full');
    expect(message.text).toMatch(words);
    const [headline = '', sentence = ''] = message.text.split('\n')[0]?.split(/: (.*)/u) ?? [];
    const shown = seen(message.blocks);
    expect(shown).toContain(headline);
    expect(shown).toContain(sentence);
    expectFitMessage(message);
  });

  it('fits whatever the status and the reason', () => {
    for (const state of STATES) {
      const message = announcementMessage(about({ ...state, traceId: '9f1c', linqSays: 'No.' }), 'full');
      expectFitMessage(message);
    }
  });

  it('names who asked, the reason they gave, the trace and who stopped it', () => {
    const request = aRequest({ note: 'left the company', stoppedBy: 'U0BOB' });
    const { text, blocks } = announcementMessage(
      about({ status: 'queued', traceId: '9f1c' }, request),
      'full',
    );
    expect(text).toMatch(/Asked for by <@U0ALICE>\. Stopped by <@U0BOB>\. Reason: left the company$/);
    expect(seen(blocks)).toMatch(/Reason: left the company\n/);
    expect(seen(blocks)).toMatch(/Asked for by @U0ALICE {2}· {2}stopped by @U0BOB {2}· {2}Linq trace 9f1c/);
  });

  it('says when it is tried again, in the reader’s own zone', () => {
    const message = announcementMessage(
      about({ status: 'waiting', reason: 'rate-limited', attempts: 1, notBefore: at(30) }),
      'full',
    );
    expect(message.text).toMatch(
      /Trying again at <!date\^1780308030\^[^|]*\|[^>]*10:00:30 UTC> \(2 of 5\)\./,
    );
    expect(seen(message.blocks)).toMatch(/Trying again at .*10:00:30 UTC \(2 of 5\)\./);
  });

  it('quotes Linq where that helps', () => {
    const subject = about({ status: 'refused', reason: 'conflict', linqSays: 'Operation conflicts' });
    expect(announcementMessage(subject, 'full').text).toMatch(/Linq said: “Operation conflicts”/);
    expect(seen(announcementMessage(subject, 'full').blocks)).toMatch(/Linq said: “Operation conflicts”/);
  });

  it('always reads the same for the same state', () => {
    const subject = about({ status: 'queued' });
    expect(announcementMessage(subject, 'full')).toEqual(announcementMessage(subject, 'full'));
  });
});

describe('masked handles', () => {
  const request = aRequest({ note: `Take ${PAT} out, also pat@example.com` });
  const spilling: Partial<Removal> = {
    chatName: '+1 205‑249‑9136, (205) 249-9136, pat@example.com',
    linqSays: `Invalid handle ${PAT} (pat@example.com)`,
    traceId: '9f1c',
    notBefore: at(9),
  };

  it('are masked wherever they may stand: person, chat name, reason, Linq’s words', () => {
    for (const state of STATES) {
      const one = about({ ...state, ...spilling }, request);
      const several = aSubject({ request, removals: [one, one].flatMap(({ removals }) => removals) });
      for (const subject of [one, several]) {
        for (const build of [announcementMessage, lateEnding, listMessage]) {
          expect(JSON.stringify(build(subject, 'masked'))).not.toMatch(/249|pat@/u);
        }
      }
    }
  });

  it('still tell people apart', () => {
    const { text } = announcementMessage(about({ status: 'queued', ...spilling }, request), 'masked');
    expect(text).toMatch(/remove …9136 from “…9136, \(?…9136, p…@example\.com”/);
    expect(text).toMatch(/Reason: Take …9136 out, also p…@example\.com$/);
  });
});

describe('hostile words', () => {
  it.each(HOSTILE.map((words) => [words.slice(0, 30), words]))('%j stay words', (_start, words) => {
    const request = aRequest({ note: words });
    const changes = { chatName: words, linqSays: words, traceId: cut(words, 128), notBefore: NOW };
    for (const display of ['full', 'masked'] as const) {
      for (const state of SOME_STATES) {
        const one = about({ ...state, ...changes, handle: `${words.slice(0, 60)}@example.com` }, request);
        expectFitMessage(announcementMessage(one, display));
        expectFitMessage(lateEnding(one, display));
      }
      const several = aSubject({ request, removals: times(12, aRemoval({ status: 'refused', ...changes })) });
      expectFitMessage(announcementMessage(several, display));
      expectFitMessage(lateEnding(several, display));
      expectFitMessage(listMessage(several, display));
    }
  });

  it('cannot forge a mention through an id either', () => {
    const request = aRequest({ requestedBy: 'U1> <!channel>', stoppedBy: '<!here>' });
    const { text, blocks } = announcementMessage(about({ status: 'queued' }, request), 'full');
    expect(text).not.toMatch(/<!/);
    expect(JSON.stringify(blocks)).not.toMatch(/<!/);
  });
});

describe('the message about many chats', () => {
  it('says how far it is and names each chat', () => {
    const subject = many({ status: 'removed', chatName: 'One' }, { status: 'queued', chatName: 'Two' });
    const message = announcementMessage(subject, 'full');
    expect(message.text).toMatch(/^Removing \+12052499136 from 2 chats: 1 of 2 queued, 1 removed\./);
    expect(seen(message.blocks)).toMatch(/• “One” \(…1000\): Removed\n• “Two” \(…1001\): Removal queued/);
    expectFitMessage(message);
  });

  it('says of each that ended badly why, in the text too', () => {
    const subject = many({ status: 'removed' }, { status: 'refused', reason: 'too-few', chatName: 'Small' });
    const message = announcementMessage(subject, 'full');
    const line = /• “Small” \(…1001\): Not removed\. Fewer than 3 people would remain/;
    expect(message.text).toMatch(line);
    expect(seen(message.blocks)).toMatch(line);
  });

  it.each([2, 30, 31, 100])(
    'fits with %d chats, also if all of them end badly with the longest words',
    (count) => {
      for (const status of STATUSES) {
        for (const chatName of ['x'.repeat(3_000), '&'.repeat(80), '👨‍👩‍👧‍👦'.repeat(20)]) {
          const subject = many(
            ...times(count, { status, chatName, reason: 'still-listed' as const, traceId: 'ab'.repeat(64) }),
          );
          for (const build of [announcementMessage, lateEnding, listMessage])
            expectFitMessage(build(subject, 'full'));
        }
      }
    },
  );

  it('names of more than 30 only those that need attention, and points to the thread', () => {
    const ended = [
      ...times(39, { status: 'removed' as const, chatName: 'Fine' }),
      { status: 'unconfirmed' as const, reason: 'still-listed' as const, chatName: 'Odd' },
    ];
    const shown = seen(announcementMessage(many(...ended), 'full').blocks);
    expect(shown).not.toMatch(/Fine/);
    expect(shown).toMatch(/“Odd” .*still lists[\s\S]*The whole list is in the thread\./);
    const list = seen(listMessage(many(...ended), 'full').blocks);
    expect(list.match(/Fine/g)).toHaveLength(39);
    expect(list).toMatch(/All 40 chats/);
  });

  it('lists all of a hundred chats with the longest names', () => {
    const subject = many(
      ...times(100, {
        status: 'refused' as const,
        reason: 'still-listed' as const,
        chatName: 'x'.repeat(90),
      }),
    );
    expect(seen(listMessage(subject, 'full').blocks).match(/• /g)).toHaveLength(100);
  });
});

describe('the late ending in the thread', () => {
  it('mentions who asked and speaks only of what ended badly', () => {
    const subject = many(
      { status: 'removed', chatName: 'Fine' },
      { status: 'unconfirmed', reason: 'still-listed', chatName: 'Odd' },
    );
    const message = lateEnding(subject, 'full');
    expect(message.text).toMatch(/^<@U0ALICE> Not confirmed: “Odd” \(…1001\) still lists/);
    expect(message.text).not.toMatch(/Fine/);
    expect(seen(message.blocks)).toMatch(/@U0ALICE .*\nNot confirmed: “Odd”/);
  });
});

describe('the buttons', () => {
  const buttonsOf = (subject: Announceable) =>
    announcementMessage(subject, 'full').blocks.flatMap((block) =>
      block.type === 'actions'
        ? block.elements.map((element) => ('text' in element ? element.text : null)?.text)
        : [],
    );

  it.each<[RemovalStatus, ReasonName | null, readonly string[]]>([
    ['approved', null, ['Stop']],
    ['waiting', 'rate-limited', ['Stop']],
    ['sending', null, []],
    ['queued', null, []],
    ['removed', null, []],
    ['gone', null, []],
    ['refused', 'too-few', []],
    ['refused', 'conflict', ['Retry']],
    ['unconfirmed', 'still-listed', ['Retry']],
  ])('for %s (%s) are %j', (status, reason, buttons) => {
    expect(buttonsOf(about({ status, reason }))).toEqual(buttons);
  });

  it('offer Retry only when every chat has ended, and Stop only once', () => {
    const refused = { status: 'refused', reason: 'conflict' } as const;
    expect(buttonsOf(many(refused, { status: 'queued' }))).toEqual([]);
    expect(buttonsOf(many(refused, { status: 'removed' }))).toEqual(['Retry']);
    const stopped = { ...many({ status: 'waiting' }, refused), request: aRequest({ stoppedBy: 'U0BOB' }) };
    expect(buttonsOf(stopped)).toEqual([]);
  });

  it('carry the request and words for screen readers, and stay out of copies that nobody keeps up to date', () => {
    const message = announcementMessage(about({ status: 'approved' }), 'full');
    expect(JSON.stringify(message.blocks)).toMatch(/"value":"request-1".*"accessibility_label":"Stop: /);
    expect(JSON.stringify(withoutButtons(message).blocks)).not.toMatch(/"button"/);
    expect(withoutButtons(message).text).toBe(message.text);
  });
});
