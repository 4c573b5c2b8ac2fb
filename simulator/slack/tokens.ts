import { Refusal } from './refusal.js';

/** What the app must present, and what it can check Slack by. Made up: they open nothing. */
export const BOT_TOKEN = 'xoxb-simulator-bot-token';
export const APP_TOKEN = 'xapp-simulator-app-token';
export const SIGNING_SECRET = 'simulator-signing-secret';

/** What an installation from manifest.yml may do. */
export const INSTALLED_SCOPES: readonly string[] = [
  'commands',
  'chat:write',
  'users:read',
  'files:write',
  'usergroups:read',
  'channels:read',
  'groups:read',
  'im:read',
  'mpim:read',
];

export interface Tokens {
  /** Throws a `Refusal` unless this is the right token for the method. */
  check(bearer: string | null, wanted: 'bot' | 'app'): void;
  /** With this error from now on. */
  refuse(code?: string): void;
  accept(): void;
}

export function createTokens(): Tokens {
  let refused: string | null = null;
  const known: Record<string, 'bot' | 'app'> = { [BOT_TOKEN]: 'bot', [APP_TOKEN]: 'app' };
  return {
    check(bearer, wanted) {
      if (!bearer) throw new Refusal('not_authed');
      const kind = known[bearer];
      if (refused || !kind) throw new Refusal(refused ?? 'invalid_auth');
      if (kind !== wanted) throw new Refusal('not_allowed_token_type');
    },
    refuse: (code = 'invalid_auth') => {
      refused = code;
    },
    accept: () => {
      refused = null;
    },
  };
}
