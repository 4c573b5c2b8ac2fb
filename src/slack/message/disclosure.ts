import type { HandleDisplay } from '../blocks/text.js';

export interface DisclosureDeps {
  /** HANDLE_DISPLAY. */
  readonly display: 'full' | 'masked';
  /** ALLOW_EXTERNAL_CHANNELS. */
  readonly allowExternal: boolean;
  /** Whether another organisation takes part in this conversation; null when Slack does not tell. */
  readonly isExternal: (channelId: string) => Promise<boolean | null>;
}

/**
 * How people are shown in a conversation, decided each time something is posted or edited there: it may have been
 * shared with another organisation since the command was typed. Never rejects.
 */
export function createDisclosure({ display, allowExternal, isExternal }: DisclosureDeps) {
  return async (channelId: string): Promise<HandleDisplay> => {
    if (allowExternal) return display;
    const external = await isExternal(channelId).catch(() => null);
    if (external === null) return 'masked';
    return external ? 'hidden' : display;
  };
}
