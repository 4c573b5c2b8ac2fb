import type { ErrorCode } from '../../simulator/linq/errors.js';
import type { LinqFault } from '../../simulator/linq/faults.js';
import { minutes, seconds } from '../support/clock.js';
import { approves, linqAnswers, onlyMessage, PAT, type Stage, setStage } from '../support/stage.js';

interface Case {
  readonly name: string;
  readonly fault: LinqFault;
  readonly sentence: string;
  /** Linq's own words, when they are shown. */
  readonly quoted?: string;
}

const CREW = '“Launch crew” (…0000)';
const OWNER = "Give the app's owner the reference {trace}.";
const FROM_A_PHONE = `Ask a member of the chat to remove ${PAT} from their phone.`;
const UNFIT = `Linq says the removal does not fit the state ${CREW} is in now. Nobody was removed. Run /linq-remove again and review the chat before you try once more.`;
const UNEXPLAINED = `Linq refused this removal. Nobody was removed. ${OWNER}`;
const NO_ACCESS = `Our Linq account has no access to ${CREW}. Nobody was removed. Choose another chat, or ask the app's owner.`;
const NO_KEY =
  "The app could not sign in to Linq. Nobody was removed. Ask the app's owner to check the Linq API key.";
const NOT_FOUND = `Linq could not find ${CREW}, or ${PAT} is no longer in it. Nobody was removed. Run /linq-remove again to see who is in the chat now.`;
const BUSY = 'Linq is busy and asked us to slow down. Nobody was removed yet. It is tried again by itself.';
const UNKNOWN = 'It is not known yet whether the removal went through.';
const READ_AGAIN = `${UNKNOWN} The member list is read again before the next try.`;
const CHECKING = `${UNKNOWN} The member list is being checked, and what it shows is told here.`;
const PROBLEM = `Linq had a problem. ${READ_AGAIN}`;
const UNEXPLAINED_PROBLEM = `Linq had a problem it did not explain. ${READ_AGAIN}`;

const code = (number: ErrorCode, quoted: string, sentence: string): Case => ({
  name: `code ${number}`,
  fault: ['refused', number],
  sentence,
  quoted,
});
const said = (status: number, error: { code?: number; message?: string }, sentence: string): Case => ({
  name: `${status} with ${error.code ? `code ${error.code}` : 'no code'}`,
  fault: linqAnswers(status, error),
  sentence,
  ...(error.message && { quoted: error.message }),
});
const page = (status: number, sentence: string): Case => ({
  name: `a page of HTML with ${status}`,
  fault: ['status', status],
  sentence,
});
const redirect = (status: number): Case => ({
  name: `a redirect with ${status}`,
  fault: ['answers', { status, headers: { location: '/api/partner/v3/phone_numbers' } }],
  sentence: UNEXPLAINED,
});

const REFUSALS: readonly Case[] = [
  code(
    1001,
    'Missing required field',
    `Something went wrong on our side: Linq says the request was incomplete. Nobody was removed. ${OWNER}`,
  ),
  code(
    1002,
    'Phone number must be in E.164 format',
    `Linq did not accept ${PAT} as a phone number or email. Nobody was removed. Write the number with + and the country code, like +12025550143, and try again.`,
  ),
  code(
    1003,
    'Invalid request body',
    `Something went wrong on our side: Linq could not read the request. Nobody was removed. ${OWNER}`,
  ),
  code(
    1005,
    'Invalid parameter value',
    `Linq would not accept this removal from ${CREW}. Nobody was removed. Check the chat and the person, then try again. If it happens twice: ${OWNER}`,
  ),
  code(
    1006,
    'Cannot update direct message chats',
    `${CREW} is a one-to-one chat, and Linq removes people only from groups. Nobody was removed. Choose a group chat.`,
  ),
  code(2001, 'Resource not found', NOT_FOUND),
  code(2004, 'Unauthorized', NO_KEY),
  code(2005, 'Access denied', NO_ACCESS),
  code(
    2006,
    'Phone number permission denied',
    "Our Linq account no longer has the phone line this chat uses. Nobody was removed. Ask the app's owner to check the line with Linq.",
  ),
  code(
    2008,
    'Recipient not allowed',
    "This Linq account is in test mode and cannot do that. Nobody was removed. Ask the app's owner to check the Linq account.",
  ),
  code(
    2011,
    'Feature not available',
    "Linq has not switched this on for our account. Nobody was removed. Ask the app's owner to contact Linq support.",
  ),
  code(
    2013,
    'This chat is unavailable',
    `Linq says ${CREW} is unavailable: most likely our line is no longer in it. Nobody was removed. ${FROM_A_PHONE}`,
  ),
  code(2015, 'Operation conflicts with current state', UNFIT),
  code(
    2016,
    'Operation not supported in group chats',
    `Linq does not allow this in a group chat. Nobody was removed. ${OWNER}`,
  ),
  code(
    2017,
    "Operation not supported on this chat's service type",
    `Linq cannot remove members from this kind of chat (${CREW} is probably an SMS group). Nobody was removed. To leave ${PAT} out, start a new group without them.`,
  ),
  said(400, { code: 9999, message: 'Something new' }, UNEXPLAINED),
  said(400, { code: 3006, message: 'A code that does not go with its status' }, UNEXPLAINED),
  said(401, { message: 'No' }, NO_KEY),
  said(403, { code: 9999 }, NO_ACCESS),
  said(404, { code: 2019, message: 'Phone number not found' }, NOT_FOUND),
  said(409, { code: 9999 }, UNFIT),
  said(418, { code: 9999, message: 'Teapot' }, UNEXPLAINED),
  said(422, { code: 4005, message: 'Recipient does not support this message type' }, UNEXPLAINED),
  page(400, UNEXPLAINED),
  page(409, UNFIT),
  page(413, UNEXPLAINED),
  page(499, UNEXPLAINED),
  ...[301, 302, 303, 307, 308].map(redirect),
];

const PUT_OFF: readonly (Case & { readonly wait: number })[] = [
  { wait: 2, ...code(1007, 'Rate limit exceeded', BUSY) },
  { wait: 2, ...page(429, BUSY) },
  {
    wait: 3,
    ...code(
      2009,
      'The chat is still being created',
      `Linq is still setting up ${CREW}. Nobody was removed yet. It is tried again by itself.`,
    ),
  },
  { wait: 2, ...code(3001, 'Server connection error', PROBLEM) },
  { wait: 2, ...code(3002, 'Server operation failed', PROBLEM) },
  { wait: 2, ...code(3003, 'Service connection error', PROBLEM) },
  { wait: 2, ...code(3004, 'Service operation failed', PROBLEM) },
  {
    wait: 2,
    ...code(
      3006,
      'Internal server error',
      `Linq had an internal error. ${READ_AGAIN} If this stays unclear: ${OWNER}`,
    ),
  },
  {
    wait: 2,
    ...code(3007, 'Maximum delivery attempts exceeded', `Linq could not reach ${CREW}. ${READ_AGAIN}`),
  },
  {
    wait: 2,
    ...code(
      4002,
      'Phone not available',
      `The phone line of this chat is not available at Linq right now. ${UNKNOWN} If this goes on, ask the app's owner to check the line.`,
    ),
  },
  { wait: 30, ...code(4004, 'Service unavailable', `Linq is unavailable right now. ${READ_AGAIN}`) },
  { wait: 30, ...page(503, `Linq is unavailable right now. ${READ_AGAIN}`) },
  { wait: 2, ...page(500, UNEXPLAINED_PROBLEM) },
  { wait: 2, ...page(502, UNEXPLAINED_PROBLEM) },
  { wait: 2, ...page(599, UNEXPLAINED_PROBLEM) },
  { wait: 2, ...said(500, { code: 9999, message: 'Something new' }, UNEXPLAINED_PROBLEM) },
  {
    wait: 2,
    ...said(500, { code: 1002, message: 'A code that does not go with its status' }, UNEXPLAINED_PROBLEM),
  },
];

const LEFT_OPEN: readonly Case[] = [
  { ...code(3005, '', `Linq did not get an answer in time from its own network. ${CHECKING}`) },
  page(504, `Linq did not get an answer in time from its own network. ${CHECKING}`),
  page(408, `Contact with Linq was lost before it gave an answer we could read. ${CHECKING}`),
];

let stage: Stage;
beforeEach(async () => {
  stage = await setStage();
});
afterEach(() => stage.stop());

/** The lines that people read after an approval which Linq answered like this, and the trace id among them. */
async function afterAnswer({ fault, sentence, quoted }: Case) {
  stage.linq.nextRemoval(fault);
  await approves(stage.alice);
  await stage.alice.sees(/Asked for by/);
  const { shown, text } = onlyMessage(stage);
  const trace = /Linq trace ([0-9a-f]{32})$/m.exec(shown)?.[1] ?? 'missing';
  const quote = quoted ? [`Linq said: “${quoted}”`] : [];
  return {
    lines: shown.split('\n').filter((line) => !['Stop', 'Retry', 'Receipt…'].includes(line)),
    text,
    sentence: sentence.replace('{trace}', trace),
    /** Of several messages in a conversation, each names the person and the chat. */
    subject: [PAT, CREW].every((name) => sentence.includes(name)) ? [] : [SUBJECT],
    quote,
    byline: `Asked for by @alice  ·  Linq trace ${trace}`,
  };
}

const SUBJECT = `Asked for was to remove ${PAT} from ${CREW}.`;

describe('a refusal', () => {
  it.each(REFUSALS)('of $name is said in a plain sentence, and nothing is sent again', async (refusal) => {
    const { lines, text, sentence, subject, quote, byline } = await afterAnswer(refusal);
    expect(lines).toEqual(['*Not removed*  :no_entry:', sentence, ...subject, ...quote, byline]);
    const words = [`Not removed: ${sentence}`, ...quote].join(' ');
    expect(text).toBe([words, ...subject, 'Asked for by <@U0ALICE>.'].join('\n'));

    for (let step = 0; step < 4; step++) await stage.passes(minutes(10));
    expect(stage.linq.deletes).toHaveLength(1);
    expect(onlyMessage(stage).edited).toBe(0);
  });
});

describe('trouble at Linq', () => {
  it.each(PUT_OFF)('with $name is waited out for $wait s, and the message says so', async (trouble) => {
    const { lines, text, sentence, subject, quote, byline } = await afterAnswer(trouble);
    const at = new Date(stage.clock.now().getTime() + seconds(trouble.wait));
    const again = `Trying again at ${at.toISOString().slice(11, 19)} UTC.`;
    expect(lines).toEqual([
      '*Trying again soon*  :hourglass_flowing_sand:',
      sentence,
      again,
      ...subject,
      ...quote,
      byline,
    ]);
    expect(text).toMatch(/^Trying again soon: .* Trying again at <!date\^\d+\^\{time_secs\}\|.*>\./);

    await stage.passes(seconds(trouble.wait) - 1);
    expect(stage.linq.deletes).toHaveLength(1);
    await stage.passes(1);
    expect(stage.linq.deletes).toHaveLength(2);
    expect(onlyMessage(stage).shown).toMatch(/Removal queued/);
  });

  it.each(LEFT_OPEN)('with $name leaves open what happened, and is checked first', async (trouble) => {
    const { lines, sentence, subject, byline } = await afterAnswer(trouble);
    expect(lines).toEqual(['*No answer yet, checking*  :grey_question:', sentence, ...subject, byline]);
    await stage.passes(seconds(29));
    expect(stage.linq.deletes).toHaveLength(1);
  });
});
