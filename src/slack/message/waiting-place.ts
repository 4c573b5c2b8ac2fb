import type { Delivery } from '../../removal/delivery.js';
import { isPending } from '../../removal/proposal.js';
import { isAskedHere } from '../../removal/reminding.js';
import type { RequestState } from '../../removal/state.js';
import { escapeMrkdwn, mentionsOf } from '../blocks/text.js';
import { isPersonAlone } from './destination.js';

/** Where a request waits that is not decided where it was asked for, in mrkdwn; empty where it is, or is decided. */
export function waitingPlace(state: RequestState): string {
  const { copies, proposal, status } = state;
  if (!isPending(proposal) || (isAskedHere(state) && status.route === 'channel')) return '';
  const channel = copies.find(({ recipient }) => recipient !== null && !isPersonAlone(recipient));
  if (channel && channel.route !== 'nowhere') return inChannel(channel);
  return directly(copies.filter((each) => each !== channel));
}

function inChannel({ recipient, place }: Delivery): string {
  const name = `<#${escapeMrkdwn(recipient ?? '')}>`;
  return place ? `It waits in ${name}.` : `It is being posted in ${name}.`;
}

function directly(copies: readonly Delivery[]): string {
  const those = (is: (delivery: Delivery) => boolean) =>
    mentionsOf(copies.filter(is).flatMap(({ recipient }) => recipient ?? []));
  const reached = those(({ place }) => place !== null);
  const underWay = those(({ place, route }) => place === null && route !== 'nowhere');
  const isGivenUp = ({ place, route }: Delivery) => place === null && route === 'nowhere';
  // Posted without hearing what became of it, or gone from where it stood.
  const unknown = those((delivery) => isGivenUp(delivery) && delivery.unheard > 0);
  const unreached = those((delivery) => isGivenUp(delivery) && delivery.unheard === 0);
  return [
    reached && `It waits in a direct message to ${reached}.`,
    underWay && `It is on its way to ${underWay}.`,
    unknown && `It is not known whether ${unknown} can see it.`,
    unreached && `Slack did not take it to ${unreached}.`,
  ]
    .filter(Boolean)
    .join(' ');
}
