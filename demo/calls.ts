import type { Simulator } from '../simulator/simulator.js';
import type { Message } from '../simulator/slack/messages.js';
import { ROLES } from './world.js';

/** For each person, the time of the newest message from others that mentions them or is to them alone. */
export function callsOf(slack: Simulator['slack']): Readonly<Record<string, string>> {
  const calls = ROLES.map((role) => {
    const { id } = slack.person(role);
    const mine = [...slack.channels.values()].filter(({ members }) => members.has(id));
    const messages = mine.flatMap(({ kind, messages }) =>
      messages.filter(({ user, text }) => user !== id && (kind === 'im' || text.includes(`<@${id}>`))),
    );
    return [role, newestOf(messages)];
  });
  return Object.fromEntries(calls);
}

function newestOf(messages: readonly Message[]): string {
  return messages.reduce((newest, { ts }) => (Number(ts) > Number(newest) ? ts : newest), '0');
}
