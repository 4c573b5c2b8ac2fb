import type { ViewSubmitAction } from '@slack/bolt';
import type { Request, Wanted } from '../../removal/request.js';
import { teamOf } from '../access/check.js';
import type { Origin } from '../blocks/origin.js';
import type { Progress } from '../guard/progress.js';

/** A submitted review in our words, on its way to be recorded. */
export interface Submission {
  readonly request: Request;
  readonly wanted: readonly Wanted[];
  readonly origin: Origin;
  /** What the window showed, for the history. */
  readonly shown: string;
  readonly progress: Progress;
}

interface Facts {
  readonly id: string;
  readonly note: string | null;
  readonly createdAt: Date;
}

/** The request that this window submits. */
export function requestOf(body: ViewSubmitAction, origin: Origin, { id, note, createdAt }: Facts): Request {
  return {
    id,
    viewId: body.view.id,
    teamId: teamOf(body),
    channelId: origin.channel,
    threadTs: origin.threadTs,
    requestedBy: body.user.id,
    note,
    responseUrl: origin.responseUrl,
    commandHadText: origin.commandHadText,
    createdAt,
    approvedBy: [],
    stoppedBy: null,
    undoes: null,
  };
}
