import { approversOf } from '../cast.js';
import type { Press } from '../journal.js';
import { answersTo } from './answers.js';
import type { State } from './evidence.js';
import type { Meaning } from './meanings.js';
import { solelyFor } from './sole.js';
import { type Case, clock, type Rule, type Violation } from './violation.js';
import type { Wish } from './wish.js';

/** Rule 1, for what a press of Stop is answered; and the brake never depends on a check. */
export const stopsAreTrue: Rule = (found) =>
  found.journal.presses
    .filter(({ button }) => button === 'Stop')
    .flatMap((press) => {
      const wish = found.wishes.find(({ message }) => message?.id.endsWith(press.ts));
      return wish ? judge(found, press, wish) : [];
    });

function judge(found: Case, press: Press, wish: Wish): readonly Violation[] {
  return answersTo(found, press, null)
    .filter((state) => isAboutStop(found, press, state))
    .flatMap(({ at, statements }) =>
      statements.flatMap(({ meaning, sentence }) => {
        const wrong = WRONG_WHEN[meaning]?.(found, press, wish, at, sentence);
        const kind = REFUSALS.includes(meaning) ? 'the brake was refused' : `false: ${meaning}`;
        const words = `${press.who} pressed Stop and read “${sentence}” (at ${clock(found, at)}): ${wrong}`;
        return wrong ? [{ kind, words }] : [];
      }),
    );
}

/** Of a command that was typed at the same moment a refusal is about that, unless it says that nothing was stopped. */
function isAboutStop({ journal }: Case, { who, at }: Press, { statements }: State): boolean {
  const typed = journal.commands.some((typing) => typing.who === who && typing.at === at);
  return !typed || statements.some(({ meaning }) => meaning === 'nothing was stopped');
}

const REFUSALS: readonly Meaning[] = ['may not', 'may not stop'];

/** What is wrong; null when nothing is. */
type Check = (found: Case, press: Press, wish: Wish, at: number, sentence: string) => string | null;

/** The asker and the approvers may always stop; those of a group since Slack has told once who is in it. */
const mayNot: Check = (found, { who }, wish, at, sentence) => {
  if (who === wish.who) return 'this person may stop it';
  if (!approversOf(found.stage.setting).includes(who)) return null;
  return UNTOLD.test(sentence) && !wasToldOfGroup(found, at) ? null : 'this person may stop it';
};

const UNTOLD = /^It cannot be told whether you are in a group/u;

/** Every process that may have answered knew. */
function wasToldOfGroup({ stage }: Case, at: number): boolean {
  const living = stage.processes.filter(
    ({ startedAt, endedAt }) => startedAt <= at && (endedAt ?? Number.POSITIVE_INFINITY) >= at,
  );
  return living.every(({ name }) =>
    stage.network.calls.some(
      ({ process, path, isReadable, endedAt }) =>
        process === name &&
        path === 'usergroups.users.list' &&
        isReadable &&
        endedAt !== null &&
        endedAt <= at,
    ),
  );
}

const nothingLeft: Check = (found, _press, wish, at) => {
  const first = wish.pairs
    .map((pair) => solelyFor(found, wish, pair)[0])
    .find((asked) => asked && asked.at > at);
  return first ? `a first call left at ${clock(found, first.at)}` : null;
};

/** Where the message takes no edit, the asker reads it elsewhere. */
const stoppedBy = ({ message, others }: Wish, who: string) =>
  [message, ...others]
    .flatMap((told) => told?.states ?? [])
    .some(({ text }) => new RegExp(`stopped by [^·\n]*@${who}`, 'i').test(text));

const WRONG_WHEN: Partial<Record<Meaning, Check>> = {
  'may not': mayNot,
  'may not stop': mayNot,
  'nothing is left to stop': nothingLeft,
  'has ended already': nothingLeft,
  'stop is recorded': (_found, { who }, wish) =>
    wish.message?.isDeleted || stoppedBy(wish, who) ? null : 'no message says so',
  'was stopped already': (_found, _press, wish) =>
    wish.message?.isDeleted || stoppedBy(wish, '') ? null : 'no message says so',
  'nothing was stopped': ({ journal }, { who }, wish) => {
    const presses = journal.presses.filter((each) => each.who === who && each.button === 'Stop');
    return presses.length === 1 && stoppedBy(wish, who) ? 'the message says that it was stopped' : null;
  },
};
