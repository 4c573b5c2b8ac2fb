import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';

/* X.509 certificates as servers have them, written by hand (RFC 5280): Node.js reads certificates, but makes none. */

export interface Authority {
  readonly pem: string;
  readonly name: string;
  readonly key: KeyObject;
}

export interface Certificate {
  readonly pem: string;
  readonly keyPem: string;
}

export function makeAuthority(name = 'Authority of a test'): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const isAuthority = extension('2.5.29.19', sequence(der(0x01, Buffer.from([0xff]))));
  const pem = certify(
    { subject: name, publicKey, from: years(-1), to: years(1), extensions: [isAuthority] },
    name,
    privateKey,
  );
  return { pem, name, key: privateKey };
}

/** A server that shows the authority's own certificate. */
export function selfSigned({ pem, key }: Authority): Certificate {
  return { pem, keyPem: String(key.export({ type: 'pkcs8', format: 'pem' })) };
}

export interface Wanted {
  /** Host names and IPv4 addresses. */
  readonly names: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
}

export function makeCertificate(
  authority: Authority,
  { names, from = years(-1), to = years(1) }: Wanted,
): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const entries = names.map((name) =>
    isIP(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name)),
  );
  const extensions = [extension('2.5.29.17', sequence(...entries))];
  const pem = certify(
    { subject: names[0] ?? '', publicKey, from, to, extensions },
    authority.name,
    authority.key,
  );
  return { pem, keyPem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })) };
}

export const years = (count: number) => new Date(Date.now() + count * 365 * 86_400_000);

interface Content {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly from: Date;
  readonly to: Date;
  readonly extensions: readonly Buffer[];
}

function certify(
  { subject, publicKey, from, to, extensions }: Content,
  issuer: string,
  key: KeyObject,
): string {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const content = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    commonName(issuer),
    sequence(utcTime(from), utcTime(to)),
    commonName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', content, key));
  const lines =
    sequence(content, algorithm, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const body = Buffer.concat(contents);
  const { length } = body;
  const long = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...(length < 128 ? [length] : long)]), body]);
}

const sequence = (...contents: readonly Buffer[]) => der(0x30, ...contents);
const integer = (bytes: Buffer) => der(0x02, bytes);
const commonName = (name: string) =>
  sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, Buffer.from(name)))));
const extension = (id: string, value: Buffer) => sequence(oid(id), der(0x04, value));

/** Two digits a field, without separators: 261126225500Z. */
const utcTime = (at: Date) => der(0x17, Buffer.from(`${at.toISOString().replace(/\D/g, '').slice(2, 14)}Z`));

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}
