import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { VARIABLES } from '../src/config/config.js';
import { COMMAND } from '../src/slack/command/name.js';

/** What the documents say about the tree is true. */

const ROOT = join(__dirname, '..');
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'docs/operations.md', 'bench/README.md'];
const PATH = /`((?:src|test|simulator|demo|bench|deploy|docs)\/[\w./-]*[\w/-])`|\]\((?!https?:|#)([^)#]+)/gu;

it.each(DOCUMENTS)('%s names only files that there are', (document) => {
  const folder = join(ROOT, document, '..');
  const missing = [...read(document).matchAll(PATH)].flatMap(([, quoted, linked]) => {
    const path = quoted ? join(ROOT, quoted) : join(folder, linked ?? '');
    return existsSync(path) ? [] : [quoted ?? linked];
  });
  expect(missing).toEqual([]);
});

it.each(DOCUMENTS)('%s names only npm scripts that there are', (document) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = [...read(document).matchAll(/npm run (?:--silent )?([\w:]+)/gu)].map(([, name]) => name);
  expect(named.filter((name) => !scripts[name ?? ''])).toEqual([]);
});

describe('README.md', () => {
  const readme = read('README.md');

  it.each(VARIABLES)('has %s in its table of settings', (variable) => {
    expect(readme).toContain(`\`${variable}\``);
  });

  it('gives a reason for every scope of the manifest, and names no other', () => {
    const { oauth_config } = parse(read('manifest.yml')) as { oauth_config: { scopes: { bot: string[] } } };
    const table = readme.slice(readme.indexOf('| scope | why |'), readme.indexOf('## The command'));
    const named = [...table.matchAll(/`(\w+(?::\w+)?)`/gu)].map(([, scope]) => scope ?? '');
    expect(named.filter((scope) => /:|^commands$/u.test(scope)).sort()).toEqual(
      [...oauth_config.scopes.bot].sort(),
    );
  });

  it('has the two commands that a newcomer types, and the command that people type in Slack', () => {
    expect(readme).toContain('\nnpm ci && npm run demo\n');
    expect(readme).toContain('\nnpm ci && npm test\n');
    expect(readme).toContain(`\`${COMMAND}\``);
  });
});

describe('docs/operations.md', () => {
  const operations = read('docs/operations.md');
  const example = (language: string) => operations.split(`\`\`\`${language}\n`)[1]?.split('```')[0] ?? '';

  it('has an nginx example that lets exactly two paths through', () => {
    const locations = [...example('nginx').matchAll(/location (.+?)\s+\{ (\w+)/gu)].map(
      ([, at, what]) => `${at} ${what}`,
    );
    expect(locations).toEqual(['= /slack/events proxy_pass', '= /linq/webhooks proxy_pass', '/ return']);
  });

  it('has a Caddy example that lets exactly two paths through', () => {
    const caddy = example('caddy');
    expect(caddy.match(/@open path (.+)/u)?.[1]).toBe('/slack/events /linq/webhooks');
    expect(caddy.match(/reverse_proxy/gu)).toHaveLength(1);
    expect(caddy).toMatch(/handle \{\s+respond 404\s+\}/u);
  });
});
