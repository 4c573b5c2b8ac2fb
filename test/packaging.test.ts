import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/* How the build's file is started. Each start is a process of its own: within one, V8 remembers what it compiled. */

const PACKAGING = join(__dirname, '../packaging');

let folder: string;
let file: string;
let cache: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linq-remove-packaging-'));
  file = join(folder, 'app.cjs');
  cache = `${file}.cache`;
  contains("const { sep } = require('node:path'); module.exports = { where: __filename, sep };");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function contains(program: string): void {
  writeFileSync(file, `'use strict';\n${program}\n`);
}

function warmUp(): void {
  execFileSync(process.execPath, [join(PACKAGING, 'warm-up.js'), file], { stdio: 'ignore' });
}

/** What the file exports, and whether V8 refused its cache; null where there is none. */
function start(): unknown {
  const program = `
    import { compile, run } from ${JSON.stringify(pathToFileURL(join(PACKAGING, 'code-cache.js')))};
    const [file] = process.argv.slice(-1);
    const script = compile(file);
    const exported = run(script, file);
    process.stdout.write(JSON.stringify({ ...exported, refused: script.cachedDataRejected ?? null }));`;
  const args = ['--input-type=module', '--eval', program, file];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

describe('The built application', () => {
  it('runs as Node.js runs a module', () => {
    expect(start()).toEqual({ where: file, sep: '/', refused: null });
  });

  it('runs with what V8 made of it at the build', () => {
    warmUp();
    expect(start()).toEqual({ where: file, sep: '/', refused: false });
  });

  it.each([
    ['is cut off', (made: Buffer) => made.subarray(0, made.length / 2)],
    ['is of another V8', (made: Buffer) => Buffer.from(made).fill(0, 4, 8)],
    ['is nonsense', () => Buffer.from('nonsense')],
    ['is empty', () => Buffer.alloc(0)],
  ])('runs all the same with a cache that %s', (_what, spoil) => {
    warmUp();
    writeFileSync(cache, spoil(readFileSync(cache)));
    expect(start()).toEqual({ where: file, sep: '/', refused: true });
  });

  it('gets no cache from a run that failed', () => {
    contains('process.exit(1);');
    expect(warmUp).toThrow();
    expect(existsSync(cache)).toBe(false);
  });
});
