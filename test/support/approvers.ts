import type { Person } from '../../simulator/slack/person.js';
import type { HistoryKind } from '../../src/removal/history.js';
import { openDatabase } from '../../src/store/database.js';
import { createHistory } from '../../src/store/history-store.js';
import { seconds } from './clock.js';
import { approves, BOTH, type Stage, type StageOptions, setStage } from './stage.js';

/** A stage on which removals need the approval of others. */
export interface ApprovalStage {
  readonly stage: Stage;
  readonly bob: Person;
  readonly carol: Person;
  readonly dave: Person;
  /** Another person in #support. */
  comes(name: string): Person;
  /** Alice asks for pat to be removed, and the request waits. */
  asks(command?: string, where?: { in: string }): Promise<void>;
  /** Opens the review from the newest message that has its button. */
  reviews(person: Person): Promise<void>;
  /** Reviews and submits. */
  approves(person: Person): Promise<void>;
  declines(person: Person, why: string): Promise<void>;
  withdraws(why?: string): Promise<void>;
  /** Edits wait a second for their message to be readable. */
  becomes(pattern: RegExp): Promise<void>;
  /** What the history has of this kind. */
  entries(kind: HistoryKind): ReturnType<typeof history>;
}

/** Bob, carol and dave are in #support, and may approve: bob by his ID, the others by the group S0LEADS. */
export async function setApprovals({ env, ...options }: StageOptions = {}): Promise<ApprovalStage> {
  const stage = await setStage({
    ...options,
    env: { APPROVAL: 'always', APPROVERS: 'U0BOB,S0LEADS', ...env },
  });
  const comes = (name: string) => {
    const person = stage.slack.person(name);
    stage.support.members.add(person.id);
    return person;
  };
  const [bob, carol, dave] = [comes('bob'), comes('carol'), comes('dave')];
  stage.slack.usergroups.set('S0LEADS', new Set([carol.id, dave.id]));

  async function reviews(person: Person): Promise<void> {
    await person.presses('Review');
    await person.seesModal(/Review removal/);
  }

  return {
    stage,
    bob,
    carol,
    dave,
    comes,
    async asks(command = `/linq-remove ${BOTH}`, where) {
      await approves(stage.alice, command, where);
      await stage.alice.sees(/[Ww]aiting for approval/);
      await stage.app.idle();
    },
    reviews,
    async approves(person) {
      await reviews(person);
      await person.submits();
    },
    async declines(person, why) {
      await reviews(person);
      await person.presses('Decline …');
      await person.seesModal(/Nobody is removed when you decline/);
      person.fills({ 'Why not?': why });
      await person.submits();
    },
    async withdraws(why) {
      const { alice } = stage;
      await alice.presses('Withdraw…');
      await alice.seesModal(/Withdraw request/);
      if (why) alice.fills({ 'Why?': why });
      await alice.submits();
    },
    async becomes(pattern) {
      // The first edit may still say that Linq is being asked.
      for (const _edit of [1, 2]) await stage.passes(seconds(1));
      await stage.app.idle();
      await stage.alice.sees(pattern);
    },
    async entries(kind) {
      await stage.app.idle();
      return (await history(stage)).filter((record) => record.kind === kind);
    },
  };
}

async function history({ databaseUrl }: Stage) {
  const db = await openDatabase(databaseUrl);
  const records = await createHistory(db).page({ since: null, until: null, after: null, limit: 100 });
  await db.destroy();
  return records;
}
