import type { InputBlock, KnownBlock } from '@slack/types';
import { activeMembers, type Chat } from '../../removal/chat.js';
import { explainImpossible } from '../../removal/outcome.js';
import { isConflict, type JointChoice, type PersonReview } from '../../removal/people-review.js';
import { isUnchecked, type Review } from '../../removal/review.js';
import { context, fields, plain, section } from '../blocks/blocks.js';
import { bold, headed, paragraph } from '../blocks/rich.js';
import { clean, readable, showChat } from '../blocks/text.js';
import {
  chatOption,
  MORE_AT_LINQ,
  noChats,
  OPTION_LENGTH,
  obstacleLine,
  obstacleLines,
  peopleNow,
  picker,
  serviceOf,
} from './chats-blocks.js';
import { writeChoice } from './people-chosen.js';
import { rosterOf, subject } from './person-blocks.js';
import { SHORT_WARNING, WARNINGS } from './warnings.js';

type PeopleReview = Review & { readonly kind: 'people' };

/** A window may have 250 KB, and an option takes up to 600 bytes. */
const MOST_OFFERED = 300;
const MOST_NOTES = 10;
/** Reasons shown in all, shared out between the people. */
const OBSTACLES_SHOWN = 60;

/** Several people: in the one chat, or each in their own chats. */
export function peopleBlocks({ chat, people }: PeopleReview): KnownBlock[] {
  return chat ? inOneChat(chat, people) : inTheirChats(people);
}

function inOneChat(chat: Chat, people: readonly PersonReview[]): KnownBlock[] {
  const name = bold(showChat(chat.name, chat.id, 'full'));
  const choices = people.flatMap((person) => person.choices);
  const refused = people.flatMap(({ handle, obstacles }) =>
    obstacles.map((each) => obstacleLine(readable(handle), each)),
  );
  const impossible = refused.length > 0 ? [headed(['Not possible', ...refused].join('\n'))] : [];
  const [first] = choices;
  if (!first) {
    return [
      paragraph('None of these people can be removed from ', name, '. Nobody was removed.'),
      ...impossible,
    ];
  }
  const options = people.flatMap(({ handle, choices: [choice] }, index) =>
    choice ? [{ text: plain(readable(handle), OPTION_LENGTH), value: writeChoice(index, choice) }] : [],
  );
  const asked = choices.map(({ person }) => person);
  return [
    subject('Remove these people from ', name),
    ...first.warnings.map((warning) => section(plain(`⚠ ${WARNINGS[warning]}`))),
    ...conflictNotes(people),
    picker({ block: 'people', label: 'People', options, chosen: isConflict(first) ? [] : options }),
    fields(
      ['Service', chat.service ?? 'unknown'],
      ['People now', peopleNow(chat)],
      ...(isConflict(first) ? [] : [['People after', remain(first)] as const]),
    ),
    headed(rosterOf(chat, asked, 'asked for'), 1 + asked.length),
    ...impossible,
  ];
}

function inTheirChats(people: readonly PersonReview[]): KnownBlock[] {
  const isAny = people.some(({ choices }) => choices.length > 0);
  return [
    isAny
      ? paragraph('From which chats should these ', bold(`${people.length} people`), ' be removed?')
      : paragraph('None of these people can be removed from any chat that Linq lists. Nobody was removed.'),
    ...conflictNotes(people),
    ...people.flatMap((person, index) => personBlocks(person, index, shareOf(people), people.length)),
  ];
}

/** How many options each person has at most, so that all of them fit: those with few leave room for the others. */
function shareOf(people: readonly PersonReview[]): number {
  const counts = people.map(({ choices }) => choices.length).sort((a, b) => a - b);
  let left = MOST_OFFERED;
  for (const [index, count] of counts.entries()) {
    const share = Math.floor(left / (counts.length - index));
    if (count > share) return share;
    left -= count;
  }
  return MOST_OFFERED;
}

function personBlocks(person: PersonReview, index: number, share: number, of: number): KnownBlock[] {
  const { choices, obstacles, hasMore, unread } = person;
  const name = readable(person.handle);
  if (unread) return [section(plain(whyUnread(person.handle, unread)))];
  if (choices.length + obstacles.length === 0 && !hasMore) return [section(plain(noChats(name)))];
  const offered = choices.slice(0, Math.min(share, 100));
  const notes = [
    offered.length < choices.length ? latestOf(offered.length, choices.length) : null,
    hasMore ? MORE_AT_LINQ : null,
  ].filter((note) => note !== null);
  const most = Math.max(3, Math.floor(OBSTACLES_SHOWN / of));
  const reasons = obstacles.length > 0 ? [headed(obstacleLines(name, obstacles, most))] : [];
  return [
    ...(offered.length > 0 ? [chatsOf(person, index, offered)] : [paragraph(bold(name))]),
    ...(notes.length > 0 ? [context(plain(notes.join(' ')))] : []),
    ...reasons,
  ];
}

function latestOf(offered: number, all: number): string {
  return `These are the ${offered} latest of ${all} chats, which is all that fits here. Approve these first and ask for this person again.`;
}

function whyUnread(handle: string, reason: NonNullable<PersonReview['unread']>): string {
  const person = readable(handle);
  if (isUnchecked(reason))
    return `Linq gave no usable answer about ${person}, so their chats cannot be shown, and nothing is removed for them by this. Ask for them again in a moment.`;
  return `${person}: ${explainImpossible(reason, { person: clean(handle), chat: 'these chats', traceId: null })}`;
}

/** One person's chats; none is chosen beforehand unless there is only one, and no choice to make. */
function chatsOf({ handle }: PersonReview, index: number, offered: readonly JointChoice[]): InputBlock {
  const options = offered.map((choice) => ({
    ...chatOption(choice.chat),
    value: writeChoice(index, choice),
    description: plain(jointDetails(choice), OPTION_LENGTH),
  }));
  const [only, ...others] = offered;
  const isClear = only !== undefined && others.length === 0 && !isConflict(only);
  return {
    ...picker({ block: `people_${index}`, label: readable(handle), options, chosen: isClear ? options : [] }),
    optional: true,
  };
}

/** The service, how many people, how many remain of them in the end, and what speaks against it. */
export function jointDetails(choice: JointChoice): string {
  const { chat, among, most, remaining, warnings } = choice;
  const start = `${serviceOf(chat)}, ${activeMembers(chat).length} people`;
  const end = isConflict(choice)
    ? [`⚠ only ${most} of these ${among} can go`]
    : warnings.map((warning) => `⚠ ${SHORT_WARNING[warning]}`);
  const rest = isConflict(choice) ? '' : `, ${among > 1 ? remain(choice) : `${remaining} remain`}`;
  return [`${start}${rest}`, ...end].join(' · ');
}

function remain({ remaining, among }: JointChoice): string {
  return `${remaining} remain ${among === 1 ? '' : among === 2 ? 'if both go' : `if all ${among} go`}`.trimEnd();
}

/** Where not all of them can go: said in full, because somebody has to choose. */
function conflictNotes(people: readonly PersonReview[]): KnownBlock[] {
  const conflicts = new Map<string, { readonly choice: JointChoice; readonly handles: string[] }>();
  for (const { handle, choices } of people) {
    for (const choice of choices.filter(isConflict)) {
      const known = conflicts.get(choice.chat.id) ?? { choice, handles: [] };
      known.handles.push(readable(handle));
      conflicts.set(choice.chat.id, known);
    }
  }
  const notes = [...conflicts.values()].map(
    ({ choice: { chat, most, among }, handles }) =>
      `⚠ Only ${most} of these ${among} can be removed from ${showChat(chat.name, chat.id, 'full')}, because 3 people must remain, our line included: ${handles.join(', ')}. Choose ${most === 1 ? 'one' : `up to ${most}`}.`,
  );
  const hidden = notes.length - MOST_NOTES;
  const more =
    hidden > 0 ? [`In ${hidden} more chats not all of them can be removed: the choices say so.`] : [];
  return [...notes.slice(0, MOST_NOTES), ...more].map((note) => section(plain(note)));
}
