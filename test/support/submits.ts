import type { Person } from '../../simulator/slack/person.js';

const MOST_TRIES = 5;

/** Submits the window. A machine that does other things too may answer too late for Slack: the person presses again. */
export async function submits(person: Person): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    if ((await person.submits()).outcome === 'acknowledged') return;
  }
  throw new Error('No press was acknowledged');
}
