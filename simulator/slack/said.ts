import type { Message } from './messages.js';
import { modalText } from './modal-text.js';
import type { ModalView } from './modals.js';
import { drawText } from './visible-text.js';
import type { World } from './world.js';

/** Something that was put before people's eyes, as it was then. */
export interface Said {
  readonly at: Date;
  /** The one person who sees it; null for a message that its whole conversation sees. */
  readonly to: string | null;
  /** The conversation of a message; null for windows and what Slack itself says. */
  readonly channel: string | null;
  /**
   * `window`: a view as it was opened, pushed or replaced. `errors`: the window again, with errors on its fields.
   * `edit`: a message or an ephemeral in its new state. `trouble`: Slack's own words when the app let a person down.
   */
  readonly kind: 'window' | 'errors' | 'ephemeral' | 'message' | 'edit' | 'deleted' | 'trouble';
  /** The view's id or the message's `ts`; null for Slack's own words. */
  readonly id: string | null;
  readonly thread: string | null;
  /** What is read on the screen. */
  readonly text: string;
  /** What a notification or a screen reader says instead; for windows the same as `text`. */
  readonly spoken: string;
}

/** The record of everything that was ever shown to people. */
export interface SaidRecord {
  readonly said: readonly Said[];
  window(modal: ModalView, kind?: 'window' | 'errors'): void;
  message(message: Message, kind: 'posted' | 'edit' | 'deleted'): void;
  trouble(userId: string, words: string): void;
}

export function createSaidRecord({ names }: World, now: () => Date): SaidRecord {
  const said: Said[] = [];
  const add = (entry: Omit<Said, 'at'>) => void said.push({ at: now(), ...entry });
  return {
    said,
    window(modal, kind = 'window') {
      const text = modalText(modal, names);
      add({ to: modal.userId, channel: null, kind, id: modal.id, thread: null, text, spoken: text });
    },
    message({ ts, channel, ephemeralFor, thread_ts, shown, text }, what) {
      add({
        to: ephemeralFor ?? null,
        channel,
        kind: what === 'posted' ? (ephemeralFor ? 'ephemeral' : 'message') : what,
        id: ts,
        thread: thread_ts ?? null,
        text: what === 'deleted' ? '' : shown,
        spoken: what === 'deleted' ? '' : drawText(text, names),
      });
    },
    trouble: (userId, words) =>
      add({ to: userId, channel: null, kind: 'trouble', id: null, thread: null, text: words, spoken: words }),
  };
}
