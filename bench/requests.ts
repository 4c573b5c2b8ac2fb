import type { Request } from '../src/removal/request.js';

/** A request that was not made in Slack. */
export function requestOf(number: number, createdAt: Date): Request {
  return {
    id: `request-${number}`,
    viewId: `V${number}`,
    teamId: 'T0',
    channelId: 'C0',
    threadTs: null,
    requestedBy: 'U0',
    note: null,
    responseUrl: null,
    commandHadText: false,
    createdAt,
    approvedBy: [],
    stoppedBy: null,
    undoes: null,
  };
}
