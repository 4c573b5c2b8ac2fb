import type { WebClient } from '@slack/web-api';
import type { AuditLine, AuditOutbox } from '../../removal/audit.js';
import { POSTS_OF_UNKNOWN_FATE } from '../../removal/delivery-failure.js';
import type { Log, Posted } from '../../removal/ports.js';
import { later } from '../../removal/schedule.js';
import { mrkdwn, section } from '../blocks/blocks.js';
import { escapeMrkdwn, type HandleDisplay } from '../blocks/text.js';
import type { SlackGate } from '../connection/gate.js';
import type { Message } from '../message/body.js';
import { toFailedPost } from '../message/post-errors.js';
import { createPosting } from '../message/posting.js';
import { auditSentence } from './audit-sentence.js';

export interface AuditChannelDeps {
  readonly client: WebClient;
  readonly gate: Pick<SlackGate, 'slotFor'>;
  readonly outbox: AuditOutbox;
  /** AUDIT_CHANNEL; null: there is none. */
  readonly channel: string | null;
  /** Whether another organisation takes part in this conversation; null when Slack does not tell. */
  readonly isExternal: (channelId: string) => Promise<boolean | null>;
  readonly now: () => Date;
  readonly log: Log;
}

/** As many as are told in one post, after an outage; Slack: 3,000 characters a section, 50 sections. */
const AT_ONCE = 20;
/** Longer than any call to Slack with its timeout. */
const HOLD_MS = 15_000;
const AGAIN_MS = 5_000;
const REFUSED_AGAIN_MS = 5 * 60_000;
/** What a channel has refused for so long stands in the log alone. */
const KEPT_MS = 30 * 24 * 3_600_000;
/** `chat.postMessage` advises against more. */
const TEXT_LENGTH = 3_900;

/**
 * Tells the audit channel what is in the outbox, in order, one post at a time. What Slack does not take stays there:
 * after a request to wait until that is over, after a refusal for 30 days.
 */
export function createAuditChannel(deps: AuditChannelDeps) {
  const { client, gate, outbox, channel, now, log } = deps;
  const posting = createPosting(client, log);
  let slot: Date | null = null;
  let underWay: Promise<void> | null = null;
  let isRefused = false;

  async function tell(to: string): Promise<void> {
    slot ??= gate.slotFor('chat.postMessage', to);
    if (slot > now()) return;
    const lines = await outbox.take(now(), later(now(), HOLD_MS), AT_ONCE);
    if (lines.length === 0) return;
    slot = null;
    const display: HandleDisplay = (await deps.isExternal(to).catch(() => null)) ? 'hidden' : 'masked';
    await settle(lines, await post(to, messageOf(lines, display)));
  }

  async function post(to: string, message: Message): Promise<Posted> {
    try {
      return { ok: true, place: await posting.post({ channel: to, thread: null }, message) };
    } catch (error) {
      return toFailedPost(error);
    }
  }

  async function settle(lines: readonly AuditLine[], posted: Posted): Promise<void> {
    if (posted.ok) {
      isRefused = false;
      return outbox.drop(lines);
    }
    const { why, retryAfterMs } = posted;
    if (why === 'later') return outbox.putOff(lines, later(now(), retryAfterMs ?? AGAIN_MS), false);
    if (why === 'unknown') return afterUnknown(lines);
    if (!isRefused) log.error({ channel, why, hint: posted.hint }, REFUSED);
    isRefused = true;
    const old = lines.filter(({ fact }) => now().getTime() - fact.at.getTime() > KEPT_MS);
    if (old.length > 0) await outbox.drop(old);
    await outbox.putOff(lines, later(now(), REFUSED_AGAIN_MS), false);
  }

  /** A line told twice is better than none; after that it may have been told often enough. */
  async function afterUnknown(lines: readonly AuditLine[]): Promise<void> {
    const isOver = ({ unheard }: AuditLine) => unheard + 1 >= POSTS_OF_UNKNOWN_FATE;
    const over = lines.filter(isOver);
    if (over.length > 0) await outbox.drop(over);
    const rest = lines.filter((line) => !isOver(line));
    if (rest.length > 0) await outbox.putOff(rest, later(now(), AGAIN_MS), true);
  }

  return {
    async idle(): Promise<void> {
      await underWay?.catch(() => {});
    },
    /** Rejects when the store does not answer. */
    async tick(): Promise<void> {
      if (channel === null) return;
      underWay ??= tell(channel).finally(() => {
        underWay = null;
      });
      await underWay;
    },
  };
}

const REFUSED =
  'AUDIT_CHANNEL could not be told: check its ID and /invite @linq-remove there. Until then its lines are kept for 30 days and tried again every 5 minutes; the log has each of them';

function messageOf(lines: readonly AuditLine[], display: HandleDisplay): Message {
  const sentences = lines.map(({ fact }) => auditSentence(fact, display));
  const text = sentences.join('\n');
  const whole = text.length <= TEXT_LENGTH ? text : escapeMrkdwn(`${lines.length} lines of the audit`);
  return { text: whole, blocks: sentences.map((sentence) => section(mrkdwn(sentence))) };
}
