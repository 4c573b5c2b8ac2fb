import type { Activity } from './activity.js';
import type { Life } from './life.js';

/** A call that a process of ours made, as it left and as its answer was read. */
export interface Call {
  readonly process: string;
  readonly system: 'linq' | 'slack';
  readonly method: string;
  /** Below the system's base: `/v3/chats/{id}`, `chat.postMessage`, `/response/R1`. */
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly at: number;
  /** When an answer could be read, or none could come any more; null while it is open, and for ever after a crash. */
  endedAt: number | null;
  /** Null without an answer. */
  status: number | null;
  /** How long the answer asked to wait; null when it did not. */
  retryAfterMs: number | null;
  /** Of a call that changes something at Linq, or asks Slack about a group: the answer was read to its end, and is one. */
  isReadable: boolean;
  /** How many calls had left, in all, when the answer was read. */
  readAfter: number | null;
  /** What a reading at Linq showed, or Slack answered to a post or an edit. */
  shown: Promise<string> | null;
}

export interface Network {
  readonly calls: readonly Call[];
  /** Outgoing calls of one process. */
  of(process: string, life: Life): typeof fetch;
}

interface NetworkDeps {
  readonly activity: Activity;
  readonly now: () => Date;
  readonly linqUrl: string;
  readonly slackUrl: string;
  /** Told of every call as it leaves. */
  readonly onCall: () => void;
}

/** What leaves our processes for Linq and Slack, with a record of it. After its end nothing leaves or reaches a process. */
export function createNetwork({ activity, now, linqUrl, slackUrl, onCall }: NetworkDeps): Network {
  const calls: Call[] = [];
  const origin = new URL(slackUrl).origin;

  function record(process: string, url: string, init: RequestInit | undefined): Call {
    const isLinq = url.startsWith(linqUrl);
    const base = isLinq ? linqUrl : url.startsWith(slackUrl) ? slackUrl : origin;
    const [path = '', query = ''] = url.slice(base.length).split('?');
    const call: Call = {
      process,
      system: isLinq ? 'linq' : 'slack',
      method: init?.method?.toUpperCase() ?? 'GET',
      path,
      query,
      body: typeof init?.body === 'string' ? init.body : '',
      at: now().getTime(),
      endedAt: null,
      status: null,
      retryAfterMs: null,
      isReadable: false,
      readAfter: null,
      shown: null,
    };
    calls.push(call);
    return call;
  }

  return {
    calls,
    of: (process, life) => async (input, init) => {
      await life.pass('call');
      const call = record(process, urlOf(input), init);
      onCall();
      const answer = await activity.call(fetch(input, init)).then(hand, drop);
      await life.pass('answer');
      call.endedAt = now().getTime();
      const response = answer();
      call.status = response.status;
      call.retryAfterMs = retryAfter(response);
      call.readAfter = calls.length;
      const isNoted = call.system === 'linq' ? call.method !== 'GET' : call.path === 'usergroups.users.list';
      if (isNoted) void noteWhole(call, response.clone());
      if ((call.system === 'linq' && call.method === 'GET') || call.path.startsWith('chat.'))
        call.shown = response
          .clone()
          .text()
          .catch(() => '');
      return response;
    },
  };
}

function urlOf(input: string | URL | Request): string {
  return input instanceof Request ? input.url : String(input);
}

async function noteWhole(call: Call, answer: Response): Promise<void> {
  call.isReadable = await answer.json().then(
    (body: unknown) => (body as { readonly ok?: boolean } | null)?.ok !== false,
    () => false,
  );
}

function retryAfter({ headers }: Response): number | null {
  const seconds = headers.get('retry-after');
  return seconds === null ? null : Number(seconds) * 1_000;
}

/** An answer is handed on only after the moment in which the process may be killed. */
const hand = (response: Response) => () => response;
const drop = (error: unknown) => () => {
  throw error;
};
