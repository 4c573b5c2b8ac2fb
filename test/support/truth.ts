import type { Person } from '../../simulator/slack/person.js';
import type { Said } from '../../simulator/slack/said.js';
import { repliesIn, requestMessage } from './chats.js';
import { seconds } from './clock.js';
import { approves, BOTH, type Stage, type StageOptions, setStage } from './stage.js';

/** The three ways to one change of a chat: each must tell the truth. */
export type Way = 'remove' | 'remove with approval' | 'add back';
export const WAYS: readonly Way[] = ['remove', 'remove with approval', 'add back'];

/** A change that is about to be approved, and what its kind is called. */
export interface Attempt {
  readonly stage: Stage;
  /** The last press: from here on Linq is asked. */
  press(): Promise<unknown>;
  /** The same, and everything that follows from it at once. */
  begins(): Promise<void>;
  /** The message about it as it reads now. */
  shown(): string;
  /** For the next call of it. */
  readonly nextCall: Stage['linq']['nextRemoval'];
  /** How many calls left. */
  calls(): number;
  readonly words: {
    readonly done: RegExp;
    /** No part of this may be said while a call may act. */
    readonly untrue: RegExp;
    readonly checking: RegExp;
    readonly notConfirmed: RegExp;
  };
}

/** Everything is ready for the last press of this way. */
export async function attempt(way: Way, options: StageOptions = {}): Promise<Attempt> {
  const stage = await setStage({ ...options, env: { ...ENV[way], ...options.env } });
  await PREPARE[way](stage);
  return way === 'add back' ? addition(stage) : removal(stage, way);
}

/** Everything that was shown to people since this many entries, as it was read and as it was spoken. */
export function everSaid({ slack }: Stage, since = 0): readonly string[] {
  return slack
    .said()
    .slice(since)
    .flatMap(({ text, spoken }: Said) => [text, spoken]);
}

/** Time passes in so many steps. */
export async function passesInSteps(stage: Stage, count: number, ms: number): Promise<void> {
  for (let step = 0; step < count; step++) await stage.passes(ms);
}

const ENV: Record<Way, Record<string, string>> = {
  remove: {},
  'remove with approval': { APPROVAL: 'always', APPROVERS: 'U0BOB' },
  'add back': {},
};

const PREPARE: Record<Way, (stage: Stage) => Promise<void>> = {
  async remove({ alice }) {
    await alice.runs(`/linq-remove ${BOTH}`);
    await alice.seesModal(/Review removal/);
  },
  async 'remove with approval'(stage) {
    const bob = stage.slack.person('bob');
    stage.support.members.add(bob.id);
    await approves(stage.alice);
    await bob.sees(/Waiting for approval/);
    await stage.app.idle();
    await bob.presses('Review');
    await bob.seesModal(/Review removal/);
  },
  async 'add back'(stage) {
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
    stage.linq.settles();
    await stage.passes(seconds(2));
    await stage.alice.presses('Add back…');
    await stage.alice.seesModal(/What this does not do/);
  },
};

async function begun(stage: Stage, person: Person): Promise<void> {
  await person.submits();
  await stage.app.idle();
  await stage.passes(seconds(1));
}

function removal(stage: Stage, way: Way): Attempt {
  const person = way === 'remove' ? stage.alice : stage.slack.person('bob');
  return {
    stage,
    press: () => person.submits(),
    begins: () => begun(stage, person),
    shown: () => requestMessage(stage).shown,
    nextCall: stage.linq.nextRemoval,
    calls: () => stage.linq.deletes.length,
    words: {
      done: /^\*Removed\*/,
      untrue: /Nobody was removed\.|Not removed|Already gone/,
      checking: /It is not known yet whether the removal went through/,
      notConfirmed: /^\*Not confirmed\*/,
    },
  };
}

function addition(stage: Stage): Attempt {
  return {
    stage,
    press: () => stage.alice.submits(),
    begins: () => begun(stage, stage.alice),
    shown: () => repliesIn(stage)[0]?.shown ?? '',
    nextCall: stage.linq.nextAddition,
    calls: () => stage.ledger.count('POST /v3/chats/{id}/participants'),
    words: {
      done: /^\*Back\*/,
      untrue: /Nobody was added\.|Not added back|Already back/,
      checking: /It is not known yet whether it went through/,
      notConfirmed: /^\*Not confirmed\*/,
    },
  };
}
