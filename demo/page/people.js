import { h } from './dom.js';

const TINTS = 6;

/** A rounded square with initials; the app has its icon. The tint follows from the id, so it never changes. */
export function avatar(person, size = '') {
  if (person.bot) return h('img', { class: `avatar ${size}`, src: 'icon.svg', alt: '' });
  const tint = [...person.id].reduce((sum, char) => sum + char.codePointAt(0), 0) % TINTS;
  return h('span', { class: `avatar tint-${tint} ${size}`, 'aria-hidden': 'true' }, initial(person.name));
}

function initial(name) {
  return (name.match(/\p{L}/u)?.[0] ?? '#').toUpperCase();
}

/** Looks people and channels up by id, for mentions; `here` is the channel on the screen, and `channels` all to choose from. */
export function namesOf(snapshot, here) {
  const people = new Map(snapshot.people.map((person) => [person.id, person.name]));
  const channels = new Map(snapshot.channels.map((channel) => [channel.id, channel.name]));
  return {
    person: (id) => people.get(id),
    channel: (id) => channels.get(id),
    here: here?.name,
    channels: snapshot.channels.filter(({ kind }) => kind !== 'im').map(({ name }) => name),
  };
}
