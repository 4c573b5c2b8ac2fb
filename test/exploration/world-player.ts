import type { Channel } from '../../simulator/slack/world.js';
import type { LinqAct, ProcessAct, SlackAct } from './acts.js';
import { chatOf, MEMBERS, PEOPLE, type PersonName } from './cast.js';
import type { Journal, Spell } from './journal.js';
import { Skipped } from './people-player.js';
import type { Stage } from './stage.js';
import { LINQ_TROUBLES, SLACK_TROUBLES } from './troubles.js';

const ROUTES = {
  removals: 'DELETE /v3/chats/{id}/participants',
  additions: 'POST /v3/chats/{id}/participants',
  chats: 'GET /v3/chats/{id}',
  lists: 'GET /v3/chats',
  'our lines': 'GET /v3/phone_numbers',
} as const;

export async function playLinq(stage: Stage, journal: Journal, act: LinqAct): Promise<void> {
  const { linq } = stage.simulator;
  switch (act.do) {
    case 'Linq has trouble':
      for (let time = 0; time < act.times; time += 1) linq.next(ROUTES[act.with], LINQ_TROUBLES[act.how]);
      return;
    case 'Linq is away':
      linq.unplug();
      return spell(stage, journal, 'Linq is away', act.seconds, linq.plug);
    case 'leaves':
      return linq.leaves(chatOf(act.chat).id, MEMBERS[act.member]);
    case 'is added by a member':
      return linq.adds(chatOf(act.chat).id, MEMBERS[act.member]);
    case 'our line leaves':
      return linq.ourLineLeaves(chatOf(act.chat).id);
    case 'the others leave': {
      const { id, members } = chatOf(act.chat);
      const stay: readonly string[] = [MEMBERS.pat, MEMBERS.max];
      for (const handle of members) if (!stay.includes(handle)) linq.leaves(id, handle);
      return;
    }
    case 'Linq marks our line nowhere':
      return linq.hideOurLine(true);
    case 'is renamed':
      return linq.rename(chatOf(act.chat).id, act.to);
  }
}

export async function playSlack(stage: Stage, journal: Journal, act: SlackAct): Promise<void> {
  const { slack } = stage.simulator;
  switch (act.do) {
    case 'Slack has trouble':
      for (let time = 0; time < act.times; time += 1) slack.next(act.with, SLACK_TROUBLES[act.how]());
      return;
    case 'Slack is away':
      slack.unplug();
      return spell(stage, journal, 'Slack is away', act.seconds, slack.plug);
    case 'Slack takes the app away':
      return takeAway(stage, journal, act.seconds);
    case 'the channel':
      journal.marks.push({ at: stage.now(), what: act.becomes === 'shared' ? 'shared' : 'unshared' });
      return changeChannel(stage, stage.support, act.becomes);
    case 'the channel of the approvers':
      if (!stage.approvals) throw new Skipped('approvers have no channel of their own');
      return changeChannel(stage, stage.approvals, act.becomes);
    case 'a message is deleted':
      return deleteMessage(stage, journal, placesOf(stage, act.where));
    case 'takes no direct messages':
    case 'takes direct messages':
      directOf(stage, act.who).readOnly = act.do === 'takes no direct messages';
  }
}

const isUnderWay = ({ spells }: Journal, what: Spell['what']) =>
  spells.some((each) => each.what === what && each.until === null);

/** Begins something that ends by itself. What the story does next does not wait for that. */
function spell(stage: Stage, journal: Journal, what: Spell['what'], seconds: number, end: () => void): void {
  const finish = () => {
    if (begun.until !== null) return;
    begun.until = stage.now();
    // Of two that overlap, the later end is the end.
    if (!isUnderWay(journal, what)) end();
  };
  const begun: Spell = { what, from: stage.now(), until: null, end: finish };
  journal.spells.push(begun);
  setTimeout(finish, seconds * 1_000);
}

/** The app is told where a process takes requests. It begins again with another token, in one process. */
async function takeAway(stage: Stage, journal: Journal, seconds: number): Promise<void> {
  const { slack } = stage.simulator;
  spell(stage, journal, 'Slack takes the app away', seconds, () => {
    slack.acceptTokens();
    for (const process of stage.living()) void process.stop();
    stage.launch();
  });
  await slack.uninstalls();
}

function changeChannel(
  { simulator }: Stage,
  channel: Channel,
  becomes: (SlackAct & { do: 'the channel' })['becomes'],
): void {
  channel.shared = becomes === 'shared' ? 'external' : 'no';
  channel.archived = becomes === 'archived';
  if (becomes === 'closed to the bot') channel.members.delete(simulator.slack.botUserId);
  else channel.members.add(simulator.slack.botUserId);
}

/** Opened before its time where the app has never written there. */
function directOf({ simulator: { slack }, people }: Stage, who: PersonName): Channel {
  const { id } = people[who];
  const open = [...slack.channels.values()].find(({ kind, members }) => kind === 'im' && members.has(id));
  return open ?? slack.addChannel({ name: `with-${id}`, kind: 'im', members: [id], bot: true });
}

function placesOf(
  stage: Stage,
  where: (SlackAct & { do: 'a message is deleted' })['where'],
): readonly Channel[] {
  if (where === undefined) return [stage.support];
  if (where === 'among approvers') return stage.approvals ? [stage.approvals] : [];
  return PEOPLE.map((name) => directOf(stage, name));
}

/** The newest message of the bot: someone with the right to do so deletes it. */
function deleteMessage({ now, simulator }: Stage, journal: Journal, places: readonly Channel[]): void {
  const newest = places
    .flatMap(({ messages }) => messages)
    .filter(
      ({ user, ephemeralFor, thread_ts }) =>
        user === simulator.slack.botUserId && !ephemeralFor && !thread_ts,
    )
    .sort((a, b) => Number(a.ts) - Number(b.ts))
    .at(-1);
  const place = places.find(({ messages }) => newest && messages.includes(newest));
  if (!newest || !place) throw new Skipped('there is no message');
  place.messages.splice(place.messages.indexOf(newest), 1);
  journal.marks.push({ at: now(), what: 'deleted', ts: newest.ts });
}

export async function playProcess(stage: Stage, journal: Journal, act: ProcessAct): Promise<void> {
  const process = stage.living()[0];
  switch (act.do) {
    case 'is killed':
      if (!process) throw new Skipped('no process is alive');
      journal.marks.push({ at: stage.now(), what: 'kill' });
      process.life.onEnd(() => setTimeout(stage.launch, act.downFor * 1_000));
      return process.life.endAt(act.moments);
    case 'is restarted':
      if (!process) throw new Skipped('no process is alive');
      await process.stop();
      return stage.launch().started.catch(() => {});
    case 'a second process comes':
      if (stage.living().length !== 1) throw new Skipped('there is no room for a second one');
      return stage.launch().started.catch(() => {});
    case 'a second process goes':
      if (stage.living().length < 2) throw new Skipped('there is no second one');
      return stage.living().at(-1)?.life.end();
    case 'the store fails':
      if (!process) throw new Skipped('no process is alive');
      return process.life.failAt(act.writes);
    case 'the clock jumps':
      if (!process) throw new Skipped('no process is alive');
      journal.marks.push({ at: stage.now(), what: 'clock', byMs: act.minutes * 60_000 });
      // Processes on one machine share its clock, and those on one server its.
      for (const each of stage.processes) each.skewMs += act.minutes * 60_000;
      return;
  }
}
