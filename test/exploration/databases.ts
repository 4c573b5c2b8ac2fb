import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config/config.js';
import { borrowDatabase } from '../support/postgres/databases.js';
import type { Engine } from '../support/stage.js';

/** An empty store for one story. */
export interface StoryDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

/** Where files live in memory, a commit does not wait for a disk. */
const FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A file with all its tables and no row, made once in this process: migrating takes longer than many a story. */
let template: Promise<string> | undefined;

export const DATABASES: Record<Engine, () => Promise<StoryDatabase>> = {
  async sqlite() {
    template ??= makeTemplate();
    const folder = mkdtempSync(join(FOLDER, 'linq-remove-story-'));
    const file = join(folder, 'story.db');
    copyFileSync(await template, file);
    return { url: `file:${file}`, remove: async () => rmSync(folder, { recursive: true }) };
  },
  postgres: borrowDatabase,
};

/** A closed file has everything in it, and none of it beside it in a write-ahead log. */
async function makeTemplate(): Promise<string> {
  const folder = mkdtempSync(join(FOLDER, 'linq-remove-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'template.db');
  const app = await createApp(loadConfig({ ...NOWHERE, DATABASE_URL: `file:${file}` }));
  await app.stop();
  return file;
}

/** An app that is never started needs neither Slack nor Linq. */
const NOWHERE = {
  SLACK_BOT_TOKEN: 'xoxb-unused',
  SLACK_SIGNING_SECRET: 'unused',
  SLACK_API_URL: 'http://127.0.0.1:9/api/',
  LINQ_API_V3_API_KEY: 'unused',
  LINQ_API_V3_BASE_URL: 'http://127.0.0.1:9',
  ALLOW_EVERYONE: 'true',
  LOG_LEVEL: 'silent',
};
