import { elementsOf } from '../../simulator/slack/block-kit.js';
import type { Message } from '../../simulator/slack/messages.js';
import type { Person } from '../../simulator/slack/person.js';
import type { PersonAct } from './acts.js';
import { type ChatName, chatOf, MEMBERS, type MemberName, type PersonName } from './cast.js';
import type { Journal, Pausing, Submission } from './journal.js';
import type { Stage } from './stage.js';
import { choicesOf, readWindow, textInputsOf } from './windows.js';

/** The words on buttons that people press inside windows. */
const GO_BACK = 'Change chat or person';
const DECLINE = 'Decline …';
/** The shortcuts, as an installation names them. */
const EVERYWHERE = 'Remove a participant';
const ON_MESSAGE = 'Remove from a Linq chat';
/** A person who sees nothing come does something else. */
const LOOKS_FOR_MS = 6_000;

/** Thrown by an act that makes no sense at its moment. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}

export async function playPerson(stage: Stage, journal: Journal, act: PersonAct): Promise<void> {
  const person = stage.people[act.who];
  switch (act.do) {
    case 'names both':
      return type(stage, journal, act.who, `${chatOf(act.chat).id} ${MEMBERS[act.member]}`);
    case 'names a person':
      await type(stage, journal, act.who, MEMBERS[act.member]);
      return submit(stage, journal, act.who);
    case 'names a chat':
      await type(stage, journal, act.who, chatOf(act.chat).id);
      return submit(stage, journal, act.who);
    case 'names several':
      await type(stage, journal, act.who, wordsFor(act));
      // With a chat the review opens at once.
      return act.chat === null ? submit(stage, journal, act.who) : undefined;
    case 'uses the shortcut':
      await open(stage, journal, act.who, () => person.uses(EVERYWHERE));
      return fillIn(stage, journal, act.who, { handle: handlesOf(act.members), chat: act.chat });
    case 'uses the shortcut on a message': {
      const message = person.writes(wordsFor(act));
      await open(stage, journal, act.who, () => person.usesOn(ON_MESSAGE, message));
      return submit(stage, journal, act.who);
    }
    case 'types again':
      return fillIn(stage, journal, act.who, { handle: MEMBERS[act.member], chat: act.chat });
    case 'goes back':
      return pressInWindow(person, GO_BACK);
    case 'chooses':
      return choose(person, act.picks);
    case 'submits':
      if (act.ackLost) stage.simulator.slack.loseNextAck();
      await Promise.all(Array.from({ length: act.times }, () => submit(stage, journal, act.who)));
      return;
    case 'presses':
      return press(stage, journal, act);
    case 'declines':
      return decline(stage, journal, act.who);
    case 'withdraws':
      return withdraw(stage, journal, act.who);
    case 'pauses':
    case 'resumes':
      return pauseOrResume(stage, journal, act.who, act.do);
    case 'closes the window':
      openWindow(person);
      journal.marks.push({ at: stage.now(), what: 'closed', who: act.who });
      return person.closes();
    case 'asks for the history':
      journal.commands.push({ who: act.who, at: stage.now() });
      await person.runs('/linq-remove history');
  }
}

function type(stage: Stage, journal: Journal, who: PersonName, text: string): Promise<void> {
  return open(stage, journal, who, () => stage.people[who].runs(`/linq-remove ${text}`));
}

/** By a command or a shortcut; waits until a window says more than that it is loading. */
async function open(
  stage: Stage,
  journal: Journal,
  who: PersonName,
  begin: () => Promise<unknown>,
): Promise<void> {
  const person = stage.people[who];
  const before = person.modal?.id;
  journal.commands.push({ who, at: stage.now() });
  await begin();
  await awaitWindow(stage, person, before);
}

interface Wanted {
  readonly members: readonly MemberName[];
  readonly chat: ChatName | null;
}

const handlesOf = (members: readonly MemberName[]) => members.map((name) => MEMBERS[name]).join(', ');
const wordsFor = ({ members, chat }: Wanted) =>
  [...(chat ? [chatOf(chat).id] : []), handlesOf(members)].join(' ');

/** Nothing to press yet is nothing to go on with. */
async function awaitWindow(
  { simulator: { ledger } }: Stage,
  person: Person,
  before: string | undefined,
): Promise<void> {
  const opened = () => person.modal?.id !== before && person.modal?.view.submit;
  await ledger.until(opened, 'a window', LOOKS_FOR_MS).catch(() => {
    throw new Skipped('no window with a button came');
  });
}

function openWindow(person: Person) {
  if (!person.modal) throw new Skipped('no window is open');
  return person.modal;
}

async function submit(stage: Stage, journal: Journal, who: PersonName): Promise<void> {
  const person = stage.people[who];
  if (stage.setting.reason === 'required' && textInputsOf(person).includes('Reason'))
    person.fills({ Reason: 'Left the company' });
  const window = readWindow(person, stage);
  if (!window?.button) throw new Skipped('there is no window with a button');
  const at = stage.now();
  const submission: Submission = { who, at, window, endedAt: null, heard: false, hasMistakes: false };
  journal.submissions.push(submission);
  const { outcome, errors } = await person.submits();
  submission.endedAt = stage.now();
  submission.heard = outcome === 'acknowledged';
  submission.hasMistakes = errors !== null;
}

/** In the first window: which chat, which person. */
async function fillIn(
  stage: Stage,
  journal: Journal,
  who: PersonName,
  { handle, chat }: { readonly handle: string; readonly chat: ChatName | null },
): Promise<void> {
  const person = stage.people[who];
  const [chatField, handleField] = textInputsOf(person);
  if (!chatField || !handleField) throw new Skipped('there is nothing to type into');
  person.fills({ [chatField]: chat ? chatOf(chat).id : '', [handleField]: handle });
  await submit(stage, journal, who);
}

async function pressInWindow(person: Person, label: string): Promise<void> {
  const buttons = openWindow(person).view.blocks.flatMap(elementsOf);
  if (!buttons.some((button) => wordsOn(button.text) === label)) throw new Skipped(`no button “${label}”`);
  await person.presses(label);
}

/** In the first field all of it; in each one after that, of the next person, one less. */
function choose(person: Person, picks: readonly number[]): void {
  const choices = choicesOf(person);
  if (choices.length === 0) throw new Skipped('there is nothing to choose');
  for (const [index, { label, options, several }] of choices.entries()) {
    const own = picks.slice(index % picks.length);
    const chosen = [...new Set(own.map((pick) => options[pick % options.length] ?? ''))];
    person.fills({ [label]: several ? chosen : (chosen[0] ?? '') });
  }
}

async function press(
  stage: Stage,
  journal: Journal,
  { who, button, times, ackLost }: PersonAct & { do: 'presses' },
): Promise<void> {
  const person = stage.people[who];
  const message = newestWith(stage, person, button);
  if (!message) throw new Skipped(`nobody sees a button “${button}”`);
  if (ackLost) stage.simulator.slack.loseNextAck();
  const { ts } = message;
  const once = async () => {
    const noted = { who, at: stage.now(), button, ts, endedAt: null as number | null, heard: false };
    journal.presses.push(noted);
    const { outcome } = await person.presses(button, { ts });
    noted.endedAt = stage.now();
    noted.heard = outcome === 'acknowledged';
  };
  await Promise.all(Array.from({ length: times }, once));
}

function newestWith({ simulator: { slack } }: Stage, person: Person, label: string): Message | undefined {
  const visible = [...slack.channels.values()]
    .filter(({ members }) => members.has(person.id))
    .flatMap(({ messages }) => messages)
    .filter(({ ephemeralFor }) => !ephemeralFor || ephemeralFor === person.id)
    .sort((a, b) => Number(a.ts) - Number(b.ts));
  return visible.findLast(({ blocks }) =>
    blocks.flatMap(elementsOf).some(({ text }) => wordsOn(text) === label),
  );
}

function wordsOn(text: { readonly text: string } | string | undefined): string {
  return typeof text === 'object' ? text.text : '';
}

/** The window asks why, which need not be said. */
async function withdraw(stage: Stage, journal: Journal, who: PersonName): Promise<void> {
  const before = stage.people[who].modal?.id;
  await press(stage, journal, { do: 'presses', who, button: 'Withdraw…', times: 1, ackLost: false });
  await awaitWindow(stage, stage.people[who], before);
  await submit(stage, journal, who);
}

/** Also at the end of a story: what somebody paused has to go on for anything to end. */
export async function pauseOrResume(
  stage: Stage,
  journal: Journal,
  who: PersonName,
  what: Pausing['what'],
): Promise<void> {
  const at = stage.now();
  journal.pauses.push({ who, at, what });
  journal.commands.push({ who, at });
  await stage.people[who].runs(`/linq-remove ${what === 'pauses' ? 'pause' : 'resume'}`);
}

async function decline(stage: Stage, journal: Journal, who: PersonName): Promise<void> {
  const person = stage.people[who];
  await pressInWindow(person, DECLINE);
  const [why] = textInputsOf(person);
  if (!why) throw new Skipped('nobody asks why');
  person.fills({ [why]: 'Not this one' });
  await submit(stage, journal, who);
}
