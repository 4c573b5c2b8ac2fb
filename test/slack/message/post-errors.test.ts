import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { isOurMistake, toFailedPost } from '../../../src/slack/message/post-errors.js';

const said = (code: string) => new WebAPIPlatformError({ ok: false, error: code });
const network = (code: string) => Object.assign(new Error('connect'), { code });

/** Slack's published errors of chat.postMessage and chat.update, by what helps. */
const TABLE: Record<string, readonly string[]> = {
  'refused invite': [
    'not_in_channel',
    'channel_not_found',
    'no_permission',
    'access_denied',
    'user_not_in_channel',
  ],
  'refused closed': [
    'is_archived',
    'is_inactive',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_thread_locked',
    'restricted_action_non_threadable_channel',
    'messages_tab_disabled',
    'slack_connect_file_link_sharing_blocked',
    'slack_connect_canvas_sharing_blocked',
    'external_channel_migrating',
  ],
  'refused deleted': ['thread_not_found'],
  'refused admin': [
    'ekm_access_denied',
    'app_access_restricted',
    'org_login_required',
    'team_added_to_org',
    'two_factor_setup_required',
    'message_limit_exceeded',
  ],
  'misconfigured admin': [
    'invalid_auth',
    'not_authed',
    'token_revoked',
    'token_expired',
    'account_inactive',
    'missing_scope',
    'not_allowed_token_type',
  ],
  'later null': ['ratelimited', 'rate_limited'],
  'lost deleted': ['message_not_found'],
  'frozen deleted': [
    'cant_update_message',
    'edit_window_closed',
    'block_mismatch',
    'streaming_state_conflict',
    'update_failed',
  ],
  'unknown null': ['fatal_error', 'internal_error', 'service_unavailable', 'request_timeout'],
};

describe.each(Object.entries(TABLE))('%s', (meaning, codes) => {
  it.each(codes)('is what %s means', (code) => {
    const { ok, why, hint, retryAfterMs } = toFailedPost(said(code));
    expect([ok, `${why} ${hint}`, retryAfterMs]).toEqual([false, meaning, null]);
    expect(isOurMistake(said(code))).toBe(false);
  });
});

it.each([
  'no_text',
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'markdown_text_conflict',
  'metadata_too_large',
  'invalid_arguments',
])('%s is a mistake of ours: nothing was posted, and plainer words may pass', (code) => {
  expect(isOurMistake(said(code))).toBe(true);
  expect(toFailedPost(said(code)).why).toBe('refused');
});

it('takes a code that is new to us for a refusal: Slack answered, so nothing was posted', () => {
  expect(toFailedPost(said('something_new'))).toMatchObject({ why: 'refused', hint: 'invite' });
});

it('knows from the client how long Slack wants us to wait', () => {
  expect(toFailedPost(new WebAPIRateLimitedError(30))).toMatchObject({ why: 'later', retryAfterMs: 30_000 });
});

describe('a failure without an answer', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])(
    'before a connection stood (%s) posted nothing',
    (code) => {
      const error = new WebAPIRequestError(new TypeError('fetch failed', { cause: network(code) }));
      expect(toFailedPost(error).why).toBe('later');
      expect(toFailedPost(new WebAPIRequestError(network(code))).why).toBe('later');
    },
  );

  it.each<[string, unknown]>([
    ['a connection cut half-way', new WebAPIRequestError(network('ECONNRESET'))],
    ['a timeout', new WebAPIRequestError(new DOMException('timed out', 'TimeoutError'))],
    ['a timeout in the body', new DOMException('timed out', 'TimeoutError')],
    ['a gateway that answers with HTML', new WebAPIHTTPError(502, 'Bad Gateway', {}, '<html>')],
    ['an error without a cause', new WebAPIRequestError(new Error('?'))],
    ['anything else that is thrown', 'a string'],
    ['nothing at all', undefined],
  ])('is of unknown fate: %s', (_what, error) => {
    expect(toFailedPost(error)).toEqual({ ok: false, why: 'unknown', hint: null, retryAfterMs: null });
    expect(isOurMistake(error)).toBe(false);
  });
});
