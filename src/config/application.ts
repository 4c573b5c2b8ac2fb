import { type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';
import * as z from 'zod';
import { oneOf, text, type Values, wholeNumber } from './setting.js';

/** Where this process listens, and how it behaves. */
export interface ApplicationConfig {
  readonly port: number;
  readonly host: string;
  /** Where Prometheus reads; null: nowhere. */
  readonly metrics: { readonly port: number; readonly host: string } | null;
  /** The country of phone numbers written without a country code. */
  readonly defaultCountry: CountryCode;
  readonly handleDisplay: 'full' | 'masked';
  readonly confirmWindowMs: number;
  /** How long the history keeps handles, names and reasons; null: for ever. */
  readonly keepPersonalForMs: number | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
/** As `listen` takes it: an IPv6 address without the brackets that it has in URLs. */
const address = text.transform((value) => value.replace(/^\[(.+)\]$/, '$1'));
const HANDLE_DISPLAYS = ['full', 'masked'] as const;

export const applicationSettings = {
  PORT: { default: '3000', shouldBe: 'a port number, 0 to 65535', schema: wholeNumber(0, 65_535) },
  HOST: {
    default: '0.0.0.0',
    shouldBe: 'the address to listen on, like 0.0.0.0, 127.0.0.1 or ::',
    schema: address,
  },
  METRICS_PORT: {
    default: '9464',
    shouldBe: 'a port number, 0 to 65535, for /metrics, or "off"',
    schema: z.union([z.literal('off').transform(() => null), wholeNumber(0, 65_535)]),
  },
  METRICS_HOST: {
    default: '127.0.0.1',
    shouldBe: 'the address on which /metrics listens, like 127.0.0.1',
    schema: address,
  },
  DEFAULT_COUNTRY: {
    default: 'US',
    shouldBe: 'a country code of two capital letters, like US or GB',
    schema: text.refine(isSupportedCountry),
  },
  HANDLE_DISPLAY: { default: 'full', shouldBe: oneOf(HANDLE_DISPLAYS), schema: z.enum(HANDLE_DISPLAYS) },
  CONFIRM_WINDOW_MINUTES: {
    default: '30',
    shouldBe: 'a whole number of minutes, 1 to 1440',
    schema: wholeNumber(1, 1_440),
  },
  RETENTION_DAYS: {
    default: '365',
    shouldBe: 'a whole number of days, 1 to 36500, or 0 to keep everything for ever',
    schema: wholeNumber(0, 36_500),
  },
  LOG_LEVEL: { default: 'info', shouldBe: oneOf(LOG_LEVELS), schema: z.enum(LOG_LEVELS) },
} as const;

export function toApplicationConfig(env: Values<typeof applicationSettings>): ApplicationConfig {
  return {
    port: env.PORT,
    host: env.HOST,
    metrics: env.METRICS_PORT === null ? null : { port: env.METRICS_PORT, host: env.METRICS_HOST },
    defaultCountry: env.DEFAULT_COUNTRY,
    handleDisplay: env.HANDLE_DISPLAY,
    confirmWindowMs: env.CONFIRM_WINDOW_MINUTES * 60_000,
    keepPersonalForMs: env.RETENTION_DAYS === 0 ? null : env.RETENTION_DAYS * 86_400_000,
    logLevel: env.LOG_LEVEL,
  };
}
