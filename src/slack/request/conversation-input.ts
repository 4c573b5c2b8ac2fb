import type { InputBlock } from '@slack/types';
import { plain } from '../blocks/blocks.js';

export const CONVERSATION_INPUT = 'conversation';

/**
 * In which conversation the result is posted, for a request that comes from none. Slack adds a `response_url` for the
 * one that is chosen: the way back where the app is not in it (docs.slack.dev/surfaces/modals).
 */
export function conversationInput(chosen: string | null): InputBlock {
  return {
    type: 'input',
    block_id: CONVERSATION_INPUT,
    label: plain('Conversation'),
    hint: plain('The result will be posted here.'),
    element: {
      type: 'conversations_select',
      action_id: CONVERSATION_INPUT,
      response_url_enabled: true,
      ...(chosen ? { initial_conversation: chosen } : { default_to_current_conversation: true }),
    },
  };
}
