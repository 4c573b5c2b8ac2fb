import { escapeMrkdwn } from '../blocks/text.js';
import type { AccessConfig, People } from './access-config.js';
import type { Refusal, Subject, Unanswered } from './rules.js';

const MOST_NAMED = 10;

/** People and groups as Slack shows them; empty when nobody is named. */
export function mentions({ users, groups }: People, except: string | null = null): string {
  const people = users.filter((id) => id !== except).map((id) => `<@${escapeMrkdwn(id)}>`);
  return listed([...people, ...groups.map((id) => `<!subteam^${escapeMrkdwn(id)}>`)]);
}

function listed(names: readonly string[]): string {
  const hidden = names.length - MOST_NAMED;
  return [...names.slice(0, MOST_NAMED), ...(hidden > 0 ? [`${hidden} more`] : [])].join(', ');
}

const OWNER = "the app's owner";
const NOTHING = 'Nothing was removed.';

/** What somebody reads who may not: what is refused, what was not done, and who can help. In mrkdwn. */
export function refusalSentence(refusal: Refusal, userId: string, rules: AccessConfig): string {
  if (refusal.rule === 'cannot-tell') return unansweredSentence(refusal.about, refusal.why);
  const helpers = mentions(rules.allowed, userId) || OWNER;
  switch (refusal.rule) {
    case 'conversation':
      return `/linq-remove may not be used in this conversation. ${NOTHING} ${elsewhere(rules)}`;
    case 'person':
      return `You are not among the people who may do this. ${NOTHING} Please ask ${helpers}.`;
    case 'guest':
      return `Guests of this workspace may not do this. ${NOTHING} Please ask ${helpers}.`;
    case 'outsider':
      return `Only members of this workspace may do this, and you belong to another organisation. ${NOTHING} Please ask ${helpers}.`;
    case 'external-conversation':
      return `This conversation is shared with another organisation, and /linq-remove may not be used there. ${NOTHING} Use it in a conversation of your own organisation, or ask ${OWNER}.`;
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

function unansweredSentence(about: Subject, why: Unanswered): string {
  return `It cannot be told ${QUESTION[about]}: ${whyUnanswered(why)}`;
}

function whyUnanswered(why: Unanswered): string {
  switch (why.kind) {
    case 'missing-scope':
      return `Slack wants the app to have the scope ${code(why.scope)}. ${NOTHING} Please tell ${OWNER}: the scope has to be added as in manifest.yml, and the app reinstalled.`;
    case 'unseen':
      return `the app is not in it. ${NOTHING} Invite it with \`/invite @linq-remove\` and try again; instead of a conversation between people, use a direct message with the app.`;
    case 'no-groups':
      return `this workspace's plan has no user groups. ${NOTHING} Please tell ${OWNER}.`;
    case 'unknown-group':
      return `Slack knows no user group ${code(why.group)}. ${NOTHING} Please tell ${OWNER}.`;
    case 'busy':
      return `Slack is busy. ${NOTHING} Please try again in a minute.`;
    case 'no-answer':
      return `Slack gave no answer${why.code ? ` (${code(why.code)})` : ''}. ${NOTHING} Please try again in a moment; if it stays so, tell ${OWNER}.`;
  }
}

function code(text: string): string {
  return `\`${escapeMrkdwn(text.replaceAll('`', "'"))}\``;
}
