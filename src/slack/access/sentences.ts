import type { Direction } from '../../removal/request.js';
import { escapeMrkdwn } from '../blocks/text.js';
import type { AccessConfig, People } from './access-config.js';
import type { Refusal, Subject, Unanswered } from './rules.js';

const MOST_NAMED = 10;

/** People and groups as Slack shows them; empty when none is named. */
export function mentions({ users, groups }: People, except: string | null = null): string {
  const people = users.filter((id) => id !== except).map((id) => `<@${escapeMrkdwn(id)}>`);
  return listed([...people, ...groups.map((id) => `<!subteam^${escapeMrkdwn(id)}>`)]);
}

function listed(names: readonly string[]): string {
  const hidden = names.length - MOST_NAMED;
  return [...names.slice(0, MOST_NAMED), ...(hidden > 0 ? [`${hidden} more`] : [])].join(', ');
}

const OWNER = "the app's owner";
const NOTHING_REMOVED = 'Nothing was removed.';

/** What a person reads who may not: what is refused, what was not done, and who can help. In mrkdwn. */
export function refusalSentence(
  refusal: Refusal,
  userId: string,
  rules: AccessConfig,
  notDone = NOTHING_REMOVED,
): string {
  if (refusal.rule === 'cannot-tell') return unansweredSentence(refusal.about, refusal.why, notDone);
  const helpers = mentions(rules.allowed, userId) || OWNER;
  switch (refusal.rule) {
    case 'conversation':
      return `/linq-remove may not be used in this conversation. ${notDone} ${elsewhere(rules)}`;
    case 'person':
      return `You are not among the people who may do this. ${notDone} Please ask ${helpers}.`;
    case 'deactivated':
      return `Slack says that your account is deactivated. ${notDone} Please ask ${helpers}.`;
    case 'guest':
      return `Guests of this workspace may not do this. ${notDone} Please ask ${helpers}.`;
    case 'outsider':
      return `Only members of this workspace may do this, and you belong to another one. ${notDone} Please ask ${helpers}.`;
    case 'external-conversation':
      return `This conversation is shared with another organisation, and /linq-remove may not be used there. ${notDone} Use it in a conversation of your own organisation, or ask ${OWNER}.`;
  }
}

function elsewhere({ channels }: AccessConfig): string {
  const names = listed(
    channels.map((id) => (id.startsWith('D') ? 'a direct message with the app' : `<#${escapeMrkdwn(id)}>`)),
  );
  return `Use it in ${names}, or ask ${OWNER}.`;
}

const QUESTION: Record<Subject, string> = {
  person: 'whether you are a member or a guest of this workspace',
  conversation: 'whether this conversation is shared with another organisation',
  group: 'whether you are in a group that may do this',
};

function unansweredSentence(about: Subject, why: Unanswered, notDone: string): string {
  return `It cannot be told ${QUESTION[about]}: ${whyUnanswered(why, notDone)}`;
}

/** Why Slack could not say something, what follows from that, and what helps. In mrkdwn. */
export function whyUnanswered(why: Unanswered, notDone: string): string {
  switch (why.kind) {
    case 'missing-scope':
      return `Slack wants the app to have the scope ${code(why.scope)}. ${notDone} Please tell ${OWNER}: the scope has to be added as in manifest.yml, and the app reinstalled.`;
    case 'unseen':
      return `the app is not in it. ${notDone} Invite it with \`/invite @linq-remove\` and try again; instead of a conversation between people, use a direct message with the app.`;
    case 'no-groups':
      return `this workspace's plan has no user groups. ${notDone} Please tell ${OWNER}.`;
    case 'unknown-group':
      return `Slack knows no user group ${code(why.group)}. ${notDone} Please tell ${OWNER}.`;
    case 'busy':
      return `Slack is busy. ${notDone} Please try again in a minute.`;
    case 'no-answer':
      return `Slack gave no answer${why.code ? ` (${code(why.code)})` : ''}. ${notDone} Please try again in a moment; if it stays so, tell ${OWNER}.`;
  }
}

/** Each request is decided by another person than the asker; and where none is named, by none. */
export function notTheirOwn(approvers: People, requestedBy: string, notDone = NOTHING_REMOVED): string {
  const others = mentions(approvers, requestedBy);
  return others
    ? `Somebody else has to decide this: nobody approves their own request. ${notDone} Please ask ${others}.`
    : `Nobody is named who may approve this. ${notDone} Please tell ${OWNER}: APPROVERS names them.`;
}

const NO_LONGER: Record<Exclude<Refusal['rule'], 'cannot-tell'>, string> = {
  person: 'is not among the people who may ask for removals any more',
  deactivated: 'has been deactivated in Slack, so nobody can be asked what this was for',
  guest: 'is a guest of this workspace now, and guests may not ask for removals',
  outsider: 'belongs to another organisation now, and may not ask for removals',
  conversation: 'asked in a conversation where /linq-remove may not be used any more',
  'external-conversation': 'asked in a conversation that is shared with another organisation now',
};

/** For an approver: the person who asked may not any more, or it cannot be told. */
export function askerSentence(
  refusal: Refusal,
  requestedBy: string,
  direction: Direction,
  notDone: string,
): string {
  const asker = `<@${escapeMrkdwn(requestedBy)}>`;
  if (refusal.rule === 'cannot-tell')
    return `It cannot be told whether ${asker}, who asked for this, still may: ${whyUnanswered(refusal.why, notDone)}`;
  return `This cannot be approved: ${asker} ${NO_LONGER[refusal.rule]}. ${notDone} If it is still wanted, a person who may has to ask for it with ${direction === 'add' ? '“Add back…”' : '/linq-remove'}.`;
}

/** For an approver who is not the first: it cannot be told whether an earlier one still may approve. */
export function earlierApproverSentence(
  { why }: Extract<Refusal, { rule: 'cannot-tell' }>,
  userId: string,
  notDone: string,
): string {
  return `It cannot be told whether <@${escapeMrkdwn(userId)}>, who approved this before, still may: ${whyUnanswered(why, notDone)}`;
}

export function onlyAskerWithdraws(requestedBy: string): string {
  return `Only <@${escapeMrkdwn(requestedBy)}>, who asked for this, can withdraw it. Whoever may approve it can decline it: press Review.`;
}

export function onlyAskerStops(requestedBy: string): string {
  return `Only <@${escapeMrkdwn(requestedBy)}>, or somebody who may approve removals, can stop this.`;
}

function code(text: string): string {
  return `\`${escapeMrkdwn(text.replaceAll('`', "'"))}\``;
}
