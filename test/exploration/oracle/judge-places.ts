import { PEOPLE } from '../cast.js';
import type { Told } from './evidence.js';
import { type Judge, type Said, unless } from './said.js';
import { copiesOf, placeOf } from './told-of.js';

/* What is said about where approvers are asked: the messages that stood there by then are the witnesses. */

export const isAskedThere: Judge = unless('nothing stands there', (said) =>
  placesIn(said).every((place) => copiesBy(said).some((copy) => placeOf(copy) === place)),
);

export const isNotAskedThere: Judge = unless('a message stands there', (said) =>
  placesIn(said).every((place) => !copiesBy(said).some((copy) => placeOf(copy) === place)),
);

export const nobodyIsAsked: Judge = unless(
  'a message asks an approver',
  ({ wish, at }) => !wish.copies.some(({ states }) => (states[0]?.at ?? 0) <= at),
);

/** The conversations that a sentence names, by ID. */
function placesIn({ found, statement }: Said): readonly string[] {
  const { slack } = found.stage.simulator;
  const channels = [...slack.channels.values()];
  const named = channels.filter(({ kind, name }) => kind !== 'im' && statement.sentence.includes(`#${name}`));
  const people = PEOPLE.filter((name) => statement.sentence.includes(`@${name}`));
  const direct = people.map((name) => {
    const { id } = found.stage.people[name];
    return channels.find(({ kind, members }) => kind === 'im' && members.has(id))?.id ?? id;
  });
  return [...named.map(({ id }) => id), ...direct];
}

function copiesBy({ found, wish, at }: Said): readonly Told[] {
  return copiesOf(found.wishes, wish).filter(({ states }) => (states[0]?.at ?? 0) <= at);
}
