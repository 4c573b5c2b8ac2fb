import type { Log } from '../../src/removal/ports.js';

export interface LogDouble extends Log {
  readonly lines: readonly string[];
}

/** Every line with its level, its fields and what went wrong. */
export function logDouble(): LogDouble {
  const lines: string[] = [];
  const at = (level: string) => (fields: Record<string, unknown>, message: string) => {
    const err = fields.err instanceof Error ? fields.err.message : '';
    lines.push(`${level}: ${message} ${JSON.stringify(fields)} ${err}`.trim());
  };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
}
