import { z } from 'zod';
import type { Simulator } from '../simulator/simulator.js';
import type { Delivery } from '../simulator/slack/parcel.js';
import type { Channel } from '../simulator/slack/world.js';
import type { Clock } from './clock.js';
import type { Tools } from './page-tools.js';
import { ROLES, say } from './world.js';

const as = z.enum(ROLES);
const channel = z.string().max(40);
const values = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** Of a button in a message: several messages may have one of that name. */
const place = z.object({ ts: z.string().max(40), value: z.string().max(2_000) });

/** What a page may ask for: a person's verbs, and the tools. */
const ACT = z.discriminatedUnion('verb', [
  z.object({ as, verb: z.literal('runs'), text: z.string().min(1).max(4_000), channel }),
  z.object({ as, verb: z.literal('uses'), shortcut: z.string(), channel, ts: z.string().max(40).nullable() }),
  z.object({ as, verb: z.literal('submits'), values }),
  z.object({ as, verb: z.literal('presses'), text: z.string(), values, place: place.optional() }),
  z.object({ as, verb: z.literal('closes') }),
  z.object({ as, verb: z.literal('cancels') }),
  z.object({ as, verb: z.literal('tool'), id: z.string(), choice: z.string().nullable(), channel }),
]);

type Act = z.infer<typeof ACT>;

export interface Answer {
  readonly ok: boolean;
  /** What Slack itself tells the person when the app let them down. */
  readonly trouble?: string;
  /** Inline errors by label. */
  readonly errors?: Readonly<Record<string, string>> | null;
}

export interface ActsOptions {
  readonly simulator: Simulator;
  readonly clock: Clock;
  readonly tools: Tools;
  /** The app's command, `/linq-remove`. */
  readonly command: string;
}

/** Carries out what the page asks for. Never rejects: what cannot be done is said in the answer. */
export function createActs({ simulator, clock, tools, command }: ActsOptions) {
  const { slack, ledger } = simulator;

  async function perform(act: Act): Promise<Answer> {
    const person = slack.person(act.as);
    switch (act.verb) {
      case 'runs':
        return type(act.text.trim(), conversation(act.channel), person);
      case 'uses':
        return answerTo(await use(act.shortcut, conversation(act.channel), act.ts, person));
      case 'submits': {
        person.fills(act.values);
        const { errors, trouble } = await person.submits();
        return { ok: trouble === undefined, errors, ...(trouble && { trouble }) };
      }
      case 'presses':
        if (person.modal && !act.place) person.fills(act.values);
        return answerTo(await person.presses(act.text, act.place));
      case 'closes':
        if (person.modal) await person.closes();
        return { ok: true };
      case 'cancels':
        if (person.modal) await person.cancels();
        return { ok: true };
      case 'tool':
        await tools.use({ id: act.id, choice: act.choice, channelId: act.channel });
        return { ok: true };
    }
  }

  function conversation(id: string): Channel {
    const found = slack.channels.get(id);
    if (!found) throw new Error(`There is no conversation ${id}.`);
    return found;
  }

  /** A shortcut from the menu of a message, or without one from beside the message box. */
  async function use(
    shortcut: string,
    where: Channel,
    ts: string | null,
    person: ReturnType<typeof slack.person>,
  ): Promise<Delivery> {
    if (ts === null) return person.uses(shortcut, { in: where.id });
    const message = where.messages.find((each) => each.ts === ts);
    if (!message) throw new Error('This message is not there any more.');
    return person.usesOn(shortcut, message);
  }

  /** A line in the message box: the app's command, one of Slack's own, or just words. */
  async function type(
    text: string,
    where: Channel,
    person: ReturnType<typeof slack.person>,
  ): Promise<Answer> {
    const word = text.split(/\s/, 1)[0] ?? '';
    if (word === command) {
      const answer = answerTo(await person.runs(text, { in: where.id }));
      if (answer.trouble) say(where, SLACKBOT, answer.trouble, clock.now(), person.id);
      return answer;
    }
    if (word === '/invite') where.members.add(slack.botUserId);
    else if (word.startsWith('/')) say(where, SLACKBOT, notACommand(word), clock.now(), person.id);
    else say(where, person.id, escapeText(text), clock.now());
    return { ok: true };
  }

  return async (asked: unknown): Promise<Answer> => {
    const act = ACT.safeParse(asked);
    if (!act.success) return { ok: false, trouble: 'This page does not know that act.' };
    try {
      return await perform(act.data);
    } catch (error) {
      return { ok: false, trouble: error instanceof Error ? error.message : String(error) };
    } finally {
      ledger.note();
    }
  };
}

const SLACKBOT = 'USLACKBOT';

function answerTo({ outcome, trouble }: Delivery): Answer {
  const ok = outcome === 'acknowledged';
  return { ok, ...(trouble && { trouble }) };
}

function notACommand(word: string): string {
  return `\`${escapeText(word)}\` is not a command here. Try \`/linq-remove\` or \`/linq-remove help\`.`;
}

/** What people type is text; Slack's client escapes it before sending. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
