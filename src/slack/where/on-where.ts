import { setTimeout as after } from 'node:timers/promises';
import type { AckFn, RespondArguments, SlashCommand } from '@slack/bolt';
import type { History } from '../../removal/history.js';
import type { Log } from '../../removal/ports.js';
import { type LookUp, lookUp } from '../../removal/review.js';
import type { Access } from '../access/access.js';
import type { AccessCheck } from '../access/check.js';
import { ASKING_LINQ } from '../blocks/notice-modals.js';
import { escapeMrkdwn } from '../blocks/text.js';
import { ephemeral, type Respond, type ResponseBody } from '../connection/response-url.js';
import { findByChats } from '../find/find-people.js';
import { askingOnce } from '../find/once.js';
import { acknowledge } from '../guard/acknowledge.js';
import type { Candidate } from '../typed/candidate.js';
import type { Command } from '../typed/command.js';
import { whereAnswer } from './where-answer.js';

export interface WhereDeps {
  readonly linq: LookUp;
  readonly access: Pick<Access, 'check'>;
  readonly history: Pick<History, 'record'>;
  readonly respond: Respond;
  readonly now: () => Date;
  readonly log: Log;
}

interface WhereArgs {
  readonly command: Pick<SlashCommand, 'response_url'>;
  readonly ack: AckFn<string | RespondArguments>;
}

/** Slack waits 3 s for the acknowledgement, which is the answer where Linq is quick. */
const ANSWER_MS = 2_000;

const ASK =
  'Whose group chats? Write a phone number or an email, like `/linq-remove where +12052499136`. Nothing is changed by it.';
const ONE = 'Write one person: `/linq-remove where` looks for one at a time.';

/** `/linq-remove where <person>`: a person's group chats, for who asks alone. Nothing but the look is written down. */
export async function onWhere(
  deps: WhereDeps,
  { command, ack }: WhereArgs,
  asked: Command & { readonly kind: 'where' },
  check: AccessCheck,
): Promise<void> {
  const [person, ...others] = asked.people;
  if (!person) return ack(ephemeral(ASK));
  if (others.length > 0) return ack(ephemeral(ONE));
  const pending = look(deps, person, check);
  // It is awaited below; until then an early failure must not count as nobody's.
  pending.catch(() => {});
  const inTime = await Promise.race([pending, after(ANSWER_MS, null, { ref: false })]);
  const isHeard = await acknowledge(() => ack(inTime ? toAck(inTime) : ephemeral(ASKING_LINQ)), deps.log);
  if (inTime && isHeard) return;
  const told = await deps.respond(command.response_url, await pending);
  if (!told) deps.log.warn({ user: check.by }, 'Slack did not take the whereabouts that were asked for');
}

function toAck({ blocks, ...body }: ResponseBody): RespondArguments {
  return { ...body, ...(blocks && { blocks: [...blocks] }) };
}

async function look(
  { access, history, linq, now }: WhereDeps,
  person: Candidate,
  check: AccessCheck,
): Promise<ResponseBody> {
  const refused = await access.check(check, NOT_SHOWN);
  if (refused) return ephemeral(refused.sentence);
  // Before Linq is asked: what was not written down is not shown.
  await history.record([lookEntry(check, now())]);
  const once = askingOnce(linq);
  const found = await findByChats(person, once);
  switch (found.kind) {
    case 'one': {
      const { handle } = found;
      return whereAnswer({ handle, review: await lookUp(once, { chatId: null, handles: [handle] }) });
    }
    case 'either':
      return ephemeral(escapeMrkdwn(whichOf(person, found.handles)));
    case 'nobody':
      return ephemeral(escapeMrkdwn(found.problem));
  }
}

const NOT_SHOWN = 'Nothing was looked up.';

function whichOf(person: Candidate, handles: readonly string[]): string {
  return `“${person.typed}” can be read as ${handles.join(' or ')}, and Linq lists them all. Write the one you mean, with + and the country code.`;
}

function lookEntry({ by, teamId, channelId, handle }: AccessCheck, at: Date) {
  return {
    at,
    kind: 'looked-up' as const,
    requestId: null,
    changeId: null,
    teamId,
    channelId,
    requestedBy: by,
    decidedBy: null,
    chatId: null,
    chatName: null,
    handle,
    reason: null,
    note: null,
    shown: null,
    traceId: null,
  };
}
