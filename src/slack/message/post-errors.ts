import { WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import type { Hint } from '../../removal/delivery.js';
import type { Posted } from '../../removal/ports.js';

type Failed = Posted & { readonly ok: false };

const failed = (why: Failed['why'], hint: Hint = null, retryAfterMs: number | null = null): Failed => ({
  ok: false,
  why,
  hint,
  retryAfterMs,
});

/** The bot is not in the conversation, or may not post there: an invitation would help. */
const INVITE = [
  'not_in_channel',
  'channel_not_found',
  'no_permission',
  'access_denied',
  'user_not_in_channel',
];

/** The conversation takes no posts, or none from an app. */
const CLOSED = [
  'is_archived',
  'is_inactive',
  'messages_tab_disabled',
  'external_channel_migrating',
  'as_user_not_supported',
];
const CLOSED_FAMILY = /^(?:restricted_action|slack_connect_\w+_blocked$)/;

/** Only a workspace admin can change these. */
const ADMIN = [
  'ekm_access_denied',
  'app_access_restricted',
  'org_login_required',
  'team_added_to_org',
  'two_factor_setup_required',
  'message_limit_exceeded',
];

/** Our token is no good any more: nothing goes out until the operator mends the configuration. */
const MISCONFIGURED = [
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'account_inactive',
  'missing_scope',
  'not_allowed_token_type',
];

/** The message stands, and cannot be changed any more; a workspace may close the time for that after minutes. */
const FROZEN = [
  'cant_update_message',
  'edit_window_closed',
  'block_mismatch',
  'streaming_state_conflict',
  'update_failed',
];

/** Slack's errors for posting and editing, by what helps (docs.slack.dev/reference/methods/chat.postMessage). */
const BY_CODE: ReadonlyMap<string, Failed> = new Map([
  ...INVITE.map((code) => [code, failed('refused', 'invite')] as const),
  ...CLOSED.map((code) => [code, failed('refused', 'closed')] as const),
  ...ADMIN.map((code) => [code, failed('refused', 'admin')] as const),
  ...MISCONFIGURED.map((code) => [code, failed('misconfigured', 'admin')] as const),
  ...FROZEN.map((code) => [code, failed('frozen', 'deleted')] as const),
  ['message_not_found', failed('lost', 'deleted')],
  // The message that a reply belongs under is gone.
  ['thread_not_found', failed('refused', 'deleted')],
  ['ratelimited', failed('later')],
  ['rate_limited', failed('later')],
  ['fatal_error', failed('unknown')],
  ['internal_error', failed('unknown')],
  ['service_unavailable', failed('unknown')],
  ['request_timeout', failed('unknown')],
]);

/** Failures before a connection stood: nothing can have been posted. */
const NEVER_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

const OUR_MISTAKES = [
  'no_text',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'markdown_text_conflict',
  'metadata_too_large',
  'invalid_arguments',
];

/** Slack refused the form of what we sent; nothing was posted, and plainer words may pass. */
export function isOurMistake(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && OUR_MISTAKES.includes(error.data.error);
}

/** What a failed `chat.postMessage` or `chat.update` means for the next step. */
export function toFailedPost(error: unknown): Failed {
  if (error instanceof WebAPIRateLimitedError) return failed('later', null, error.retryAfter * 1_000);
  if (error instanceof WebAPIPlatformError) return fromCode(error.data.error);
  if (error instanceof WebAPIRequestError && NEVER_SENT.includes(networkCode(error.cause)))
    return failed('later');
  return failed('unknown');
}

/** A code new to us is a refusal: Slack answered, so nothing was posted. */
function fromCode(code: string): Failed {
  const known = BY_CODE.get(code);
  if (known) return known;
  return failed('refused', CLOSED_FAMILY.test(code) ? 'closed' : 'invite');
}

function networkCode(cause: unknown): string {
  if (!(cause instanceof Error)) return '';
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return networkCode(cause.cause);
}
