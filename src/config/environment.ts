import { readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { ConfigError } from './problems.js';

/** Variables by name, as `process.env` holds them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Adds what stands in the file `.env` of the working directory to this process's environment, which wins. The whole
 * environment, because PostgreSQL's own variables may stand there too. Throws `ConfigError` for a file that is no text.
 */
export function readEnvironmentFile(path = '.env'): void {
  for (const [name, value] of Object.entries(readVariables(path))) process.env[name] ??= value;
}

function readVariables(path: string): Record<string, string> {
  const bytes = readIfThere(path);
  // Windows PowerShell writes UTF-16 when its output is sent to a file.
  if (bytes.includes(0) || /^(?:fffe|feff)/.test(bytes.toString('hex', 0, 2))) {
    throw new ConfigError(
      `The file ${path} is written in UTF-16, so nothing in it can be read. Save it as UTF-8 and start again.`,
    );
  }
  return parse(bytes);
}

function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw new ConfigError(`The file ${path} cannot be read. Check its permissions, or remove it.`, {
      cause: error,
    });
  }
}
