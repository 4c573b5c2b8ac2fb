import type { ModalView } from '@slack/types';
import type { Store } from '../../removal/ports.js';
import type { RequestState } from '../../removal/state.js';
import type { Access } from '../access/access.js';
import { type Actor, checkOnRequest } from '../access/check.js';
import type { Refused } from '../access/refusals.js';
import { NOT_FOUND, noticeModal, refusedModal } from '../blocks/notice-modals.js';
import { escapeMrkdwn } from '../blocks/text.js';

export const TITLE = 'Add back';

export interface OpenAddBackDeps {
  readonly store: Pick<Store, 'find'>;
  readonly access: Pick<Access, 'check' | 'checkApprover'>;
}

/** The request in the hands of a person who may undo it, or the window that says why not. */
export type OpenedAddBack =
  | { readonly ok: true; readonly state: RequestState }
  | { readonly ok: false; readonly view: ModalView };

/** What one person had done, that person may undo, and so may an approver. Asked anew at every step. */
export async function openAddBack(
  { store, access }: OpenAddBackDeps,
  actor: Actor,
  requestId: string,
): Promise<OpenedAddBack> {
  const state = await store.find(requestId);
  if (!state) return { ok: false, view: noticeModal(TITLE, NOT_FOUND) };
  const { requestedBy } = state.request;
  const check = checkOnRequest(actor, state);
  const refused =
    actor.user.id === requestedBy
      ? await access.check(check, NOBODY_ADDED)
      : await access.checkApprover(check, requestedBy, NOBODY_ADDED);
  return refused ? { ok: false, view: refusedModal(wordsFor(refused, requestedBy)) } : { ok: true, state };
}

const NOBODY_ADDED = 'Nobody is added.';

/** Who is neither the asker nor an approver; every other refusal has its own reason. */
function wordsFor({ rule, sentence }: NonNullable<Refused>, requestedBy: string): string {
  if (rule !== 'person' && rule !== 'no-approvers') return sentence;
  return `Only <@${escapeMrkdwn(requestedBy)}>, who asked for the removal, can add them back.`;
}
