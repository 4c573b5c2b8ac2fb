import { escapeMrkdwn } from '../blocks/text.js';
import type { People } from './access-config.js';
import type { Asking } from './asking.js';
import type { Unanswered } from './rules.js';
import { mentions, whyUnanswered } from './sentences.js';

/** How far one person sees back. */
export interface Sight {
  /** The whole workspace's history, handles complete, and refused attempts. */
  readonly everything: boolean;
  /** Why it could not be told whether they see everything; null when it could. */
  readonly unknown: Unanswered | null;
}

/** Who of HISTORY_VIEWERS a person is. Never rejects: what Slack cannot tell is the narrow view. */
export interface Viewers {
  sightOf(userId: string): Promise<Sight>;
  /** The people of HISTORY_VIEWERS in mrkdwn, and what they are; empty when nobody is named. */
  named(): string;
  /** Why refused attempts are not shown to a person who does not see everything. In mrkdwn. */
  whyNoRefusals(sight: Sight): string;
}

export function createViewers(viewers: People, asking: Pick<Asking, 'isInGroup'>): Viewers {
  return {
    async sightOf(userId) {
      if (viewers.users.includes(userId)) return { everything: true, unknown: null };
      if (viewers.groups.length === 0) return { everything: false, unknown: null };
      const answer = await asking.isInGroup(userId, viewers.groups);
      return answer.ok
        ? { everything: answer.value, unknown: null }
        : { everything: false, unknown: answer.why };
    },

    named() {
      const named = mentions(viewers);
      return named && `those who see the whole history (${named})`;
    },

    whyNoRefusals({ unknown }) {
      if (unknown) return whyNarrow(unknown, 'Refused attempts are not shown.');
      const named = mentions(viewers);
      return named
        ? `Refused attempts are shown only to those who see the whole history: ${named}.`
        : "Nobody is named who sees refused attempts. Please tell the app's owner: HISTORY_VIEWERS names them.";
    },
  };
}

/** That Slack could not tell whether a person sees everything, what follows from that, and what helps. In mrkdwn. */
export function whyNarrow(unknown: Unanswered, follows: string): string {
  const why = whyUnanswered(unknown, escapeMrkdwn(follows));
  return `It cannot be told whether you are in a group that sees the whole history: ${why}`;
}
