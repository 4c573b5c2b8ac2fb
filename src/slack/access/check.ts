import { peopleIn } from '../../removal/people.js';
import type { RequestState } from '../../removal/state.js';

/** A person is about to do something: who, where it was or will be told, and about what as far as it is known. */
export interface AccessCheck {
  readonly by: string;
  readonly teamId: string;
  /** Null before the person has chosen where it will be told. */
  readonly channelId: string | null;
  readonly requestId: string | null;
  readonly chatId: string | null;
  /** Null also where it is about several people. */
  readonly handle: string | null;
}

/** Who presses, types or submits, as every payload of Slack's names them under its signature. */
export interface Actor {
  readonly user: { readonly id: string; readonly team_id?: string };
  /** Null where the app is installed in a whole Enterprise organisation. */
  readonly team: { readonly id: string } | null;
  readonly enterprise?: { readonly id: string } | null;
}

export function teamOf({ user, team, enterprise }: Actor): string {
  return team?.id ?? user.team_id ?? enterprise?.id ?? '';
}

/** What a person does in a dialogue about this chat and person, as far as they are known. */
export function checkOf(
  actor: Actor,
  about: {
    readonly channel: string | null;
    readonly chatId: string | null;
    readonly handles: readonly string[];
  },
  requestId: string | null = null,
): AccessCheck {
  const { channel: channelId, chatId, handles } = about;
  const handle = handles.length === 1 ? (handles[0] ?? null) : null;
  return { by: actor.user.id, teamId: teamOf(actor), channelId, requestId, chatId, handle };
}

/** A press on a request's message: it counts as made in the conversation of the request, about what was asked for. */
export function checkOnRequest(actor: Actor, { request, changes, proposal }: RequestState): AccessCheck {
  const pairs = changes.length > 0 ? changes : (proposal?.wanted ?? []);
  const chatId = pairs.length === 1 ? (pairs[0]?.chatId ?? null) : null;
  const about = { channel: request.channelId, chatId, handles: peopleIn(pairs) };
  return checkOf(actor, about, request.id);
}
