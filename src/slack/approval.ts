import type { AckFn, ViewOutput, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { type Approved, approve } from '../removal/approve.js';
import type { Request } from '../removal/removal.js';
import { acknowledge } from './acknowledge.js';
import { CHATS_INPUT } from './chats-blocks.js';
import type { SlackDeps } from './listeners.js';
import { approvedModal } from './notice-modals.js';
import type { Origin } from './origin.js';
import { NOTE_INPUT, readApproval } from './review-modal.js';

export interface ApprovalArgs {
  readonly body: ViewSubmitAction;
  readonly view: ViewOutput;
  readonly ack: AckFn<ViewResponseAction>;
}

const NOT_RECORDED =
  'The approval could not be recorded, so nothing was removed. Please press Remove again in a moment.';

/** The review was approved: record it, then answer. From here on the loop does the rest, whatever happens to us. */
export async function onApproval(deps: SlackDeps, { body, view, ack }: ApprovalArgs): Promise<void> {
  const { chatIds, handle, origin, note } = readApproval(view);
  if (chatIds.length === 0) {
    return ack({ response_action: 'errors', errors: { [CHATS_INPUT]: 'Choose at least one chat.' } });
  }
  const request = requestOf(deps, body, origin, note);
  const recorded = await record(
    deps,
    request,
    chatIds.map((chatId) => ({ chatId, handle })),
  );
  if (recorded === 'failed') {
    return ack({ response_action: 'errors', errors: { [NOTE_INPUT]: NOT_RECORDED } });
  }
  deps.wake();
  if (recorded === 'new')
    deps.log.info({ request: request.id, user: request.requestedBy }, 'Removal approved');
  await acknowledge(() => ack({ response_action: 'update', view: approvedModal() }), deps.log);
}

function requestOf(deps: SlackDeps, body: ViewSubmitAction, origin: Origin, note: string | null): Request {
  return {
    id: deps.newId(),
    viewId: body.view.id,
    teamId: body.team?.id ?? body.user.team_id ?? '',
    channelId: origin.channel,
    requestedBy: body.user.id,
    note,
    responseUrl: origin.responseUrl,
    commandHadText: origin.commandHadText,
    createdAt: deps.now(),
    stoppedBy: null,
  };
}

async function record(deps: SlackDeps, request: Request, chats: readonly Approved[]) {
  try {
    return (await approve(deps.store, request, chats)) ? 'new' : 'known';
  } catch (error) {
    deps.log.error({ err: error }, 'An approval could not be recorded');
    return 'failed';
  }
}
