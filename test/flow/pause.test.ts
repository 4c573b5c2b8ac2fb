import type { Person } from '../../simulator/slack/person.js';
import { minutes, seconds } from '../support/clock.js';
import {
  approves,
  BOTH,
  type Engine,
  type Mode,
  type Stage,
  type StageOptions,
  setStage,
} from '../support/stage.js';

/* While it is paused nothing is sent to Linq, nothing is lost, and everybody can read why. */

const WAYS: readonly [Mode, Engine][] = [
  ['socket', 'sqlite'],
  ['http', 'postgres'],
];

let stage: Stage;
afterEach(() => stage.stop());

async function set(options: StageOptions = {}): Promise<void> {
  stage = await setStage({ ...options, env: { APPROVERS: 'U0BOB', ...options.env } });
}

function comes(name: string): Person {
  const person = stage.slack.person(name);
  stage.support.members.add(person.id);
  return person;
}

async function isPaused(by: Person, reason = ''): Promise<void> {
  await by.runs(`/linq-remove pause ${reason}`);
  await by.sees(/Paused.*has paused this app: nothing is sent to Linq before it is resumed/s);
  await stage.app.idle();
}

async function isResumed(by: Person): Promise<void> {
  await by.runs('/linq-remove resume');
  await by.sees(/Resumed.*What waited is sent to Linq now/s);
  await stage.app.idle();
}

/** The message of the only request, which is not the newest in the channel. */
function message() {
  const found = stage.slack.messagesIn(stage.support.id).find(({ text }) => text.includes('Asked for by'));
  if (!found) throw new Error('No request has a message.');
  return found;
}

describe.each(WAYS)('A pause, in %s mode on %s', (mode, engine) => {
  it('keeps what is approved after it, says so in the window and the message, and loses nothing', async () => {
    await set({ mode, engine });
    const bob = comes('bob');
    await isPaused(bob, 'Linq has an incident');
    expect(bob.ephemerals).toEqual([]);
    await bob.sees(/Why it is paused: Linq has an incident/, { in: stage.support.id });

    await approves(stage.alice);
    await stage.alice.seesModal(
      /Your approval is recorded\. It waits: @bob has paused this app .*, and nothing is sent to Linq before it is resumed\./,
    );
    await stage.passes(seconds(5));
    expect(message().text).toMatch(/^Paused: The request to remove \+12052499136 from “Launch crew”.* waits/);
    expect(message().text).toMatch(
      /Nobody was removed yet\.\nPaused by <@U0BOB> since .*Linq has an incident/,
    );
    // Longer than a removal is given otherwise.
    for (let hour = 0; hour < 3; hour++) await stage.passes(minutes(60));
    expect(stage.linq.deletes).toEqual([]);

    await isResumed(bob);
    await stage.passes(seconds(2));
    expect(stage.linq.deletes).toHaveLength(1);
    expect(message().text).toMatch(/^Removal queued/);
    expect(message().text).not.toMatch(/[Pp]aused/);
    stage.linq.settles();
    await stage.passes(seconds(4));
    expect(message().text).toMatch(/^Removed:/);
  });

  it('holds what Linq put off, whose time does not run out meanwhile', async () => {
    await set({ mode, engine, env: { CONFIRM_WINDOW_MINUTES: '5' } });
    const bob = comes('bob');
    stage.linq.nextRemoval(['rate-limited', 120]);
    await approves(stage.alice);
    await stage.alice.sees(/Trying again soon/);
    await stage.passes(minutes(1));
    await isPaused(bob);
    await stage.passes(seconds(2));
    expect(message().text).toMatch(/^Paused: /);
    for (let times = 0; times < 4; times++) await stage.passes(minutes(30));
    expect(stage.linq.deletes).toHaveLength(1);
    expect(message().text).toMatch(/^Paused: /);

    await isResumed(bob);
    await stage.passes(seconds(2));
    expect(stage.linq.deletes).toHaveLength(2);
    expect(message().text).toMatch(/^Removal queued/);
  });

  it('goes on looking for proof of what was sent before', async () => {
    await set({ mode, engine });
    await approves(stage.alice);
    await stage.alice.sees(/Removal queued/);
    await isPaused(comes('bob'));
    await stage.passes(seconds(2));
    expect(message().text).toMatch(
      /^Removal queued.*\nPaused by <@U0BOB>.*What was sent before is still checked/s,
    );
    stage.linq.settles();
    // The reading first, and then the edit, which has a place of its own.
    for (const wait of [30, 1, 1]) await stage.passes(seconds(wait));
    expect(message().text).toMatch(/^Removed:/);
    expect(message().text).not.toMatch(/Paused/);
  });

  it('does not send an unclear call again, nor gives it up, until it is resumed', async () => {
    await set({ mode, engine, env: { CONFIRM_WINDOW_MINUTES: '5' } });
    const bob = comes('bob');
    stage.linq.nextRemoval('reset-before');
    await approves(stage.alice);
    await stage.alice.sees(/No answer yet, checking/);
    await isPaused(bob);
    for (let times = 0; times < 20; times++) await stage.passes(minutes(1));
    expect(stage.linq.deletes).toHaveLength(1);
    expect(message().text).toMatch(/^No answer yet, checking/);
    await isResumed(bob);
    for (let times = 0; times < 4; times++) await stage.passes(seconds(30));
    expect(stage.linq.deletes).toHaveLength(2);
  });

  it('holds what is approved by somebody else while it lasts', async () => {
    await set({ mode, engine, env: { APPROVAL: 'always' } });
    const bob = comes('bob');
    await stage.alice.runs(`/linq-remove ${BOTH}`);
    await stage.alice.seesModal(/Review removal/);
    await stage.alice.submits();
    await stage.alice.sees(/Waiting for approval/);
    await stage.app.idle();
    await isPaused(bob);
    await stage.passes(seconds(2));
    expect(message().text).toMatch(/^Waiting for approval.*\nPaused by <@U0BOB>/s);
    await bob.presses('Review');
    await bob.seesModal(/Review removal/);
    await bob.submits();
    await bob.seesModal(/Your approval is recorded\. It waits: @bob has paused this app/);
    for (let times = 0; times < 3; times++) await stage.passes(minutes(10));
    expect(stage.linq.deletes).toEqual([]);
    expect(message().text).toMatch(/^Paused: /);
    await isResumed(bob);
    await stage.passes(seconds(2));
    expect(stage.linq.deletes).toHaveLength(1);
  });

  it('outlives the process, and is obeyed by another one at once', async () => {
    await set({ mode, engine });
    const bob = comes('bob');
    await isPaused(bob);
    await stage.restarts();
    const { app: second } = await stage.another();
    await approves(stage.alice);
    for (let times = 0; times < 3; times++) {
      await stage.passes(seconds(10));
      await second.tick();
    }
    expect(stage.linq.deletes).toEqual([]);
    await isResumed(bob);
    await second.tick();
    await second.idle();
    expect(stage.linq.deletes).toHaveLength(1);
  });

  it('and Stop of a paused request leaves it undone', async () => {
    await set({ mode, engine });
    const bob = comes('bob');
    await isPaused(bob);
    await approves(stage.alice);
    await stage.passes(seconds(5));
    await stage.alice.presses('Stop');
    await stage.passes(seconds(2));
    expect(message().text).toMatch(/^Not removed: This was stopped before it was sent to Linq/);
    await isResumed(bob);
    await stage.passes(minutes(1));
    expect(stage.linq.deletes).toEqual([]);
  });
});
