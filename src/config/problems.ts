/** The environment is not usable. The message lists every problem by variable name, without any value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export type Problem =
  | 'missing'
  | 'unusable'
  | 'quoted'
  | 'shortened'
  | 'broken'
  | 'unprintable'
  | 'unescaped'
  | 'twice'
  | 'no-file';

/** What follows the name of a variable. */
const SENTENCES: Record<Problem, (name: string, shouldBe: string) => string> = {
  missing: (_name, shouldBe) => `is missing. It should be ${shouldBe}.`,
  unusable: (_name, shouldBe) => `cannot be used. It should be ${shouldBe}.`,
  quoted: () => 'has quotes around it. Write the value without them.',
  shortened: (_name, shouldBe) =>
    `has an ellipsis in it, so it was copied from where it is shown shortened. It should be ${shouldBe}.`,
  broken: () => 'has a line break or a blank in it. Write it in one piece, on one line.',
  unprintable: () => 'has a character in it that no request can carry. Copy it again from where it is shown.',
  unescaped: () =>
    'has a character in its user or password that has to be written otherwise there: @ as %40, / as %2F, # as %23, ' +
    '? as %3F, % as %25. Or leave the password out and set PGPASSWORD, where it is written as it is.',
  twice: (name) => `is set, and ${name}_FILE too. Leave one of them out.`,
  'no-file': (name) => `cannot be read from the file that ${name}_FILE names, or that file is empty.`,
};

export interface Complaint {
  readonly name: string;
  readonly problem: Problem;
  readonly shouldBe: string;
}

export function complaint(complaints: readonly Complaint[]): string {
  const lines = complaints.map(
    ({ name, problem, shouldBe }) => `  ${name} ${SENTENCES[problem](name, shouldBe)}`,
  );
  return [
    'The settings are not complete:',
    ...lines,
    'Set them in the environment or in a file named .env; .env.example says where to get each one.',
    'To look around without Slack or Linq: npm run demo',
  ].join('\n');
}

const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['‘', '’'],
];

/** What is wrong with the text of any variable, whatever it should be. */
export function problemOfText(value: string): Problem | null {
  if (QUOTES.some(([open, close]) => value.length > 1 && value.startsWith(open) && value.endsWith(close)))
    return 'quoted';
  return /[\r\n]/.test(value) ? 'broken' : null;
}

/** What would be a mystery later: a token travels in headers exactly as it stands. */
export function problemOfToken(value: string): Problem | null {
  if (/…|\.\.\./.test(value)) return 'shortened';
  if (/[^,\s]\s+[^,\s]/.test(value)) return 'broken';
  return /[^\s\x21-\x7e]/.test(value) ? 'unprintable' : null;
}
