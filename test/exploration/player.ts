import type { Engine } from '../support/stage.js';
import type { Act, Story } from './acts.js';
import { createJournal, type Journal } from './journal.js';
import { pauseOrResume, playPerson, Skipped } from './people-player.js';
import type { Sabotage } from './process.js';
import { openStage, type Stage } from './stage.js';
import { playLinq, playProcess, playSlack } from './world-player.js';

/** A story that has been played to its end, three quiet days later, before the stage is cleared away. */
export interface Played {
  readonly stage: Stage;
  readonly journal: Journal;
  /** When the world was healed, and nothing was done any more. */
  readonly healedAt: number;
  /** What a process shows at /metrics at the end; empty where it shows nothing there. */
  readonly metrics: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Longer than Slack, Linq and the app ever wait for each other. */
const LONGEST_ACT_MS = 30 * SECOND;

/** In longer ones the app looks less often for what is not planned. */
const LONG_PAUSE_MS = 15 * MINUTE;

/** Plays a story, lets `look` judge it, and clears the stage away. */
export async function play<T>(
  story: Story,
  engine: Engine,
  look: (played: Played) => Promise<T>,
  sabotage: Sabotage = (dialect) => dialect,
): Promise<T> {
  const stage = await openStage(story.setting, engine, sabotage);
  try {
    const journal = createJournal();
    await stage.finishes(stage.launch().started, MINUTE);
    await playActs(stage, journal, story.acts);
    heal(stage, journal);
    // On a busy machine a process may take its time to start, and three days are soon over.
    await stage.finishes(Promise.allSettled(stage.processes.map(({ started }) => started)), MINUTE);
    const healedAt = stage.now();
    await resumeAll(stage, journal);
    await letThreeDaysPass(stage, story.setting.window * MINUTE);
    return await look({ stage, journal, healedAt, metrics: await readMetrics(stage) });
  } finally {
    await stage.close();
  }
}

async function playActs(stage: Stage, journal: Journal, acts: readonly Act[]): Promise<void> {
  let together: Promise<void>[] = [];
  for (const [index, act] of acts.entries()) {
    stage.ticker.stir();
    together.push(playAct(stage, journal, act, index));
    if (act.pause === null) continue;
    await stage.finishes(Promise.all(together), LONGEST_ACT_MS);
    together = [];
    stage.ticker.pace(act.pause * SECOND > LONG_PAUSE_MS ? LONG_PAUSE_MS : MINUTE);
    await stage.passes(act.pause * SECOND);
  }
  await stage.finishes(Promise.all(together), LONGEST_ACT_MS);
}

async function playAct(stage: Stage, journal: Journal, act: Act, index: number): Promise<void> {
  try {
    await actOut(stage, journal, act);
  } catch (error) {
    if (!(error instanceof Skipped)) throw error;
    journal.skipped.add(index);
  }
}

function actOut(stage: Stage, journal: Journal, act: Act): Promise<void> {
  switch (act.do) {
    case 'Linq has trouble':
    case 'Linq is away':
    case 'leaves':
    case 'is added by a member':
    case 'our line leaves':
    case 'Linq marks our line nowhere':
    case 'the others leave':
    case 'is renamed':
      return playLinq(stage, journal, act);
    case 'Slack has trouble':
    case 'Slack is away':
    case 'Slack takes the app away':
    case 'the channel':
    case 'the channel of the approvers':
    case 'a message is deleted':
    case 'takes no direct messages':
    case 'takes direct messages':
      return playSlack(stage, journal, act);
    case 'is killed':
    case 'is restarted':
    case 'a second process comes':
    case 'a second process goes':
    case 'the store fails':
    case 'the clock jumps':
      return playProcess(stage, journal, act);
    case 'nothing happens':
      return Promise.resolve();
    default:
      return playPerson(stage, journal, act);
  }
}

async function readMetrics({ living, finishes }: Stage): Promise<string> {
  const [process] = living();
  let text = '';
  const reading = fetch(`http://127.0.0.1:${process?.metricsPort}/metrics`).then(async (response) => {
    text = response.ok ? await response.text() : '';
  });
  await finishes(
    reading.catch(() => {}),
    MINUTE,
  );
  return text;
}

/** No fault, no limit, everything plugged in, one process at least. */
function heal(stage: Stage, journal: Journal): void {
  const { slack, linq } = stage.simulator;
  for (const spell of journal.spells) spell.end();
  linq.forgetFaults();
  slack.forgetFaults();
  linq.quota(null);
  slack.quota(null);
  linq.rosterLag(0);
  linq.hideOurLine(false);
  for (const channel of slack.channels.values()) {
    channel.archived = false;
    channel.readOnly = false;
    channel.shared = 'no';
    channel.members.add(slack.botUserId);
  }
  for (const { life } of stage.processes) {
    life.endAt(null);
    life.failAt(null);
  }
}

/** When everybody has calmed down, and the app has forgotten what it remembered of Slack, an approver lets it go on. */
async function resumeAll(stage: Stage, journal: Journal): Promise<void> {
  if (journal.pauses.every(({ what }) => what === 'resumes')) return;
  await stage.passes(3 * MINUTE);
  await stage.finishes(pauseOrResume(stage, journal, 'bob', 'resumes'), LONGEST_ACT_MS);
}

/**
 * First through the time in which the app looks for proof, then ever more rarely where nothing is planned. A removal may be
 * proven a day late, and be added back for a day after that.
 */
async function letThreeDaysPass({ ticker, passes }: Stage, windowMs: number): Promise<void> {
  ticker.pace(30 * MINUTE);
  await passes(windowMs + 20 * MINUTE);
  ticker.pace(24 * HOUR);
  await passes(72 * HOUR);
}
