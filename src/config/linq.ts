import { safeUrl, text, type Values } from './setting.js';

export interface LinqConfig {
  readonly apiKey: string;
  readonly baseUrl: string;
  /** One; or two while the subscription is being replaced, when deliveries come signed with either. */
  readonly webhookSecrets: readonly string[];
}

const SIGNING_SECRET = /^whsec_[A-Za-z0-9+/]+={0,2}$/;

export const linqSettings = {
  LINQ_API_V3_API_KEY: {
    default: null,
    shouldBe: 'the API key of the Linq account',
    schema: text,
    secret: 'token',
  },
  LINQ_API_V3_BASE_URL: {
    default: 'https://api.linqapp.com/api/partner',
    shouldBe:
      'a URL like https://api.linqapp.com/api/partner; plain http only for this machine, since the key travels in it',
    schema: safeUrl.transform((url) => url.replace(/\/+$/, '')),
  },
  LINQ_WEBHOOK_SECRET: {
    default: null,
    shouldBe:
      'the signing secret of the webhook subscription: whsec_ and base64; or two of them, separated by a comma, while one replaces the other',
    schema: text
      .transform((value) => value.split(',').map((secret) => secret.trim()))
      .refine((secrets) => secrets.length <= 2 && secrets.every((secret) => SIGNING_SECRET.test(secret)))
      .optional(),
    secret: 'token',
  },
} as const;

export function toLinqConfig(env: Values<typeof linqSettings>): LinqConfig {
  return {
    apiKey: env.LINQ_API_V3_API_KEY,
    baseUrl: env.LINQ_API_V3_BASE_URL,
    webhookSecrets: env.LINQ_WEBHOOK_SECRET ?? [],
  };
}
