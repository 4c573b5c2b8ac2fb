import type { Generated } from 'kysely';
import * as z from 'zod';
import type { AuditFact, AuditLine, AuditOutbox } from '../removal/audit.js';
import type { Instant } from './columns.js';
import type { Db } from './schema.js';
import { storable } from './storable.js';

interface AuditRow {
  id: number;
  at: Instant;
  /** When it may be tried, or when the try of another process is over. */
  due_at: Instant;
  unheard: number;
  /** JSON, without its time. */
  fact: string;
}

declare module './schema.js' {
  interface Tables {
    audit_outbox: Omit<AuditRow, 'id'> & { id: Generated<number> };
  }
}

const KINDS = [
  'refused',
  'decided',
  'asked',
  'approved',
  'declined',
  'expired',
  'withdrawn',
  'stopped',
  'paused',
  'resumed',
  'started',
] as const satisfies readonly AuditFact['kind'][];

const text = z.string().nullable();
const factSchema = z.object({
  kind: z.enum(KINDS),
  by: text,
  askedBy: text,
  channelId: text,
  requestId: text,
  direction: z.enum(['remove', 'add']).nullable(),
  about: z.array(z.object({ chatId: text, chatName: text, handle: text })),
  detail: text,
});

function toRow({ at, ...fact }: AuditFact): Omit<AuditRow, 'id'> {
  const about = fact.about.map(({ chatId, chatName, handle }) => ({
    chatId: storable(chatId, 'id'),
    chatName: storable(chatName, 'name'),
    handle: storable(handle, 'handle'),
  }));
  const kept = { ...fact, about, detail: storable(fact.detail, 'words') };
  return { at: at.toISOString(), due_at: at.toISOString(), unheard: 0, fact: JSON.stringify(kept) };
}

function fromRow({ id, at, unheard, fact }: AuditRow): AuditLine {
  return { id, unheard, fact: { at: new Date(at), ...factSchema.parse(JSON.parse(fact)) } };
}

export async function insertAuditLines(db: Db, facts: readonly AuditFact[]): Promise<void> {
  if (facts.length > 0) await db.insertInto('audit_outbox').values(facts.map(toRow)).execute();
}

export function createAuditOutbox(db: Db): AuditOutbox {
  return {
    async take(now, until, limit) {
      const oldest = await db.selectFrom('audit_outbox').selectAll().orderBy('id').limit(limit).execute();
      const first = oldest.findIndex(({ due_at: due }) => due > now.toISOString());
      const due = first === -1 ? oldest : oldest.slice(0, first);
      if (due.length === 0) return [];
      const taken = await db
        .updateTable('audit_outbox')
        .set({ due_at: until.toISOString() })
        .where('id', 'in', idsOf(due))
        // Another process that took them meanwhile tells them.
        .where('due_at', '<=', now.toISOString())
        .returningAll()
        .execute();
      return taken.sort((a, b) => a.id - b.id).map(fromRow);
    },

    async drop(lines) {
      await db.deleteFrom('audit_outbox').where('id', 'in', idsOf(lines)).execute();
    },

    async putOff(lines, at, unheard) {
      await db
        .updateTable('audit_outbox')
        .set((eb) => ({ due_at: at.toISOString(), unheard: eb('unheard', '+', unheard ? 1 : 0) }))
        .where('id', 'in', idsOf(lines))
        .execute();
    },
  };
}

function idsOf(lines: readonly { readonly id: number }[]): number[] {
  return lines.map(({ id }) => id);
}
