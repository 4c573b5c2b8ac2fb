import type { KnownBlock } from '@slack/types';

export interface Message {
  /** The whole outcome in words: notifications and screen readers read this instead of the blocks. */
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** What a message says, without who asked, buttons and whatever else depends on where it stands. */
export interface Body {
  /** How it stands, in our own words. */
  readonly heading: string;
  /** A decoration beside the heading, never instead of it. */
  readonly emoji: string;
  /** The whole outcome as mrkdwn; it begins with our own words. */
  readonly text: string;
  /** What follows the heading. */
  readonly blocks: KnownBlock[];
}

/** How a body is told. */
export interface Manner {
  /** It will not be edited. */
  readonly isCopy: boolean;
  /** Nothing is sent to Linq now. */
  readonly isPaused: boolean;
}
