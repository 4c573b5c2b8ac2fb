import { MEMBERS } from '../cast.js';
import type { Rule } from './violation.js';

/** Rule 6: no secret and no full handle in a log line or a metric. */
export const logsAreDiscreet: Rule = (found) => {
  const { slack, linq } = found.stage.simulator;
  const secrets: readonly (readonly [string, string | RegExp])[] = [
    ['a handle', new RegExp(Object.values(MEMBERS).map(literally).join('|'))],
    ['the bot token', slack.botToken],
    ['the signing secret', slack.signingSecret],
    ['the Linq key', linq.apiKey],
    ['a response_url', /\/response\/R\d/],
    ['a trigger', /\b\d{4}\.\d{13}\.u0/],
  ];
  const lines = [...found.stage.log, ...found.metrics.split('\n')];
  return secrets.flatMap(([what, secret]) => {
    const line = lines.find((each) =>
      typeof secret === 'string' ? each.includes(secret) : secret.test(each),
    );
    return line ? [{ kind: 'a secret in the log', words: `${what} in: ${line.slice(0, 300)}` }] : [];
  });
};

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
