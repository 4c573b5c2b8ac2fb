import type { History } from '../../removal/history.js';
import type { Log, Store } from '../../removal/ports.js';
import { hasEnded, type RequestState } from '../../removal/state.js';
import type { Access } from '../access/access.js';
import { type Viewers, whyNarrow } from '../access/viewers.js';
import { failedModal, loadingModal, NOT_FOUND, noticeModal, refusedModal } from '../blocks/notice-modals.js';
import { openView, type ViewDeps } from '../blocks/open-view.js';
import { escapeMrkdwn, type HandleDisplay } from '../blocks/text.js';
import type { Respond } from '../connection/response-url.js';
import { acknowledge } from '../guard/acknowledge.js';
import { type PressArgs, sayNotOpened } from '../guard/press.js';
import type { Progress } from '../guard/progress.js';
import { approvalsIn } from '../history/request-details.js';
import { type Receipt, receiptOf } from './receipt.js';
import { receiptModal } from './receipt-modal.js';
import { type SendReceiptDeps, sendReceipt } from './send-receipt.js';

export interface ReceiptDeps extends SendReceiptDeps, ViewDeps {
  readonly store: Pick<Store, 'find'>;
  readonly history: Pick<History, 'ofRequest'>;
  readonly access: Pick<Access, 'personBehind'>;
  readonly viewers: Viewers;
  /** HANDLE_DISPLAY, for those who do not see everything. */
  readonly display: HandleDisplay;
  readonly respond: Respond;
  /** True when this trigger was seen before: the same press, delivered twice. */
  readonly isRepeated: (triggerId: string) => boolean;
  readonly log: Log;
}

const TITLE = 'Receipt';
const NOT_ENDED = 'This has not ended yet, so there is no receipt of it. Press “Receipt…” once it has.';
const SENDING = 'It is being sent to you as a direct message …';

/** “Receipt…”: who, what, when and how it was proven, in a window and in a direct message with a file. */
export async function onReceipt(deps: ReceiptDeps, args: PressArgs, progress: Progress): Promise<void> {
  progress.isFor('look');
  const { body, action, client } = args;
  await acknowledge(() => args.ack(), deps.log);
  if (deps.isRepeated(body.trigger_id)) return;
  const viewId = await openView(client, body.trigger_id, loadingModal('Writing the receipt …'));
  if (!viewId) return sayNotOpened(deps, args);
  const found = await receiptFor(deps, body.user.id, action.value ?? '').catch((error: unknown) => {
    deps.log.error({ err: error }, 'A receipt could not be written');
    return { view: failedModal(progress.sentence(), null) };
  });
  if ('view' in found) return void (await deps.replaceView(client, viewId, found.view));
  await deps.replaceView(client, viewId, receiptModal(found, SENDING));
  const sent = await sendReceipt(deps, client, body.user.id, found);
  await deps.replaceView(client, viewId, receiptModal(found, sent));
}

type Refusing = { readonly view: ReturnType<typeof noticeModal> };

async function receiptFor(deps: ReceiptDeps, userId: string, requestId: string): Promise<Receipt | Refusing> {
  const state = await deps.store.find(requestId);
  if (!state) return { view: noticeModal(TITLE, NOT_FOUND) };
  if (!hasEnded(state)) return { view: noticeModal(TITLE, NOT_ENDED) };
  const sight = await deps.viewers.sightOf(userId);
  if (!sight.everything && !(await tookPart(deps, userId, state))) {
    const refusal = notYours(state, deps.viewers);
    const sentence = sight.unknown ? whyNarrow(sight.unknown, 'No receipt was written.') : refusal;
    return { view: refusedModal(sentence) };
  }
  const records = await deps.history.ofRequest(requestId);
  return receiptOf(state, records, sight.everything ? 'full' : deps.display);
}

/** The asker, and those who approved or decided it, however Slack spells their IDs. */
async function tookPart(
  { access }: ReceiptDeps,
  userId: string,
  { request, proposal }: RequestState,
): Promise<boolean> {
  const people = [request.requestedBy, ...request.approvedBy, proposal?.decidedBy ?? null];
  if (people.includes(userId)) return true;
  const person = await access.personBehind(userId);
  if (proposal?.approvals.some((approval) => approval.person === person)) return true;
  return person === (await access.personBehind(request.requestedBy));
}

function notYours(state: RequestState, viewers: Viewers): string {
  const asker = `<@${escapeMrkdwn(state.request.requestedBy)}>`;
  const approvers = approvalsIn(state).map(({ by }) => `<@${escapeMrkdwn(by)}>`);
  const whoElse = [...approvers.map((approver) => `${approver}, who approved it`), viewers.named()].filter(
    Boolean,
  );
  const others = whoElse.length > 0 ? `, and for ${whoElse.join(' and ')}` : '';
  return `This receipt is for ${asker}, who asked for it${others}. Nothing was sent.`;
}
