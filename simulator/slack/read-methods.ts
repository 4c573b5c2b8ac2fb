import type { Json } from './json.js';
import { type MethodTable, required } from './method.js';
import { Refusal } from './refusal.js';
import type { Channel, User, World } from './world.js';

interface ReadDeps {
  readonly world: World;
  readonly scopes: ReadonlySet<string>;
  /** A WebSocket address good for one connection. */
  openSocket(): string;
}

/** Who am I, who are they, where is this; and the door to Socket Mode. */
export function readMethods({ world, scopes, openSocket }: ReadDeps): MethodTable {
  return {
    'auth.test': { token: 'bot', act: authTest },
    'auth.teams.list': { token: 'bot', act: authTeamsList },
    'apps.connections.open': { token: 'app', act: () => ({ url: openSocket() }) },
    'conversations.info': { token: 'bot', act: conversationsInfo },
    'conversations.members': { token: 'bot', act: conversationsMembers },
    'users.info': { token: 'bot', scope: 'users:read', act: usersInfo },
    'usergroups.users.list': { token: 'bot', scope: 'usergroups:read', act: usergroupsUsersList },
  };

  function authTest(): Json {
    const { teamId, botUserId, botId, names } = world;
    if (world.orgWide) {
      const organisation = { enterprise_id: ORGANISATION, is_enterprise_install: true };
      return { user_id: botUserId, bot_id: botId, team_id: ORGANISATION, ...organisation };
    }
    const who = { team_id: teamId, user_id: botUserId, bot_id: botId, user: names.user(botUserId) };
    return { url: 'https://workspace.slack.com/', team: 'Workspace', ...who, is_enterprise_install: false };
  }

  function authTeamsList(): Json {
    return { teams: (world.orgWide?.teams ?? [world.teamId]).map((id) => ({ id, name: id })) };
  }

  /** A conversation that the bot may look at; it need not be in a public one. */
  function readable(args: Json): { channel: Channel; isMember: boolean } {
    const channel = world.channels.get(required(args, 'channel'));
    if (!channel) throw new Refusal('channel_not_found');
    const needed = READ_SCOPE[channel.kind];
    if (!scopes.has(needed)) throw missingScope(needed, scopes);
    const isMember = channel.members.has(world.botUserId);
    if (!isMember && channel.kind !== 'public') throw new Refusal('channel_not_found');
    return { channel, isMember };
  }

  function conversationsInfo(args: Json): Json {
    const { channel, isMember } = readable(args);
    return { channel: asSlackShows(channel, isMember) };
  }

  /** The cursor is an offset; Slack's is opaque. */
  function conversationsMembers(args: Json): Json {
    const members = [...readable(args).channel.members];
    const start = Number(args.cursor ?? 0) || 0;
    const end = start + (Number(args.limit ?? 0) || USUAL_PAGE);
    const next_cursor = end < members.length ? String(end) : '';
    return { members: members.slice(start, end), response_metadata: { next_cursor } };
  }

  function usersInfo(args: Json): Json {
    const wanted = required(args, 'user');
    const user = [...world.users.values()].find(({ id, enterprise }) =>
      [id, enterprise?.id].includes(wanted),
    );
    if (!user) throw new Refusal('user_not_found');
    const { id, name, teamId, deleted } = user;
    const guest = { is_restricted: user.isRestricted, is_ultra_restricted: user.isUltraRestricted };
    const kind = { is_bot: user.isBot, is_stranger: user.isStranger, ...guest };
    return {
      user: { id, name, real_name: name, team_id: teamId, deleted, ...kind, ...organisationOf(user) },
    };
  }

  function usergroupsUsersList(args: Json): Json {
    const group = world.usergroups.get(required(args, 'usergroup'));
    if (world.orgWide && required(args, 'team_id') !== world.orgWide.groupsIn)
      throw new Refusal('no_such_subteam');
    if (!group) throw new Refusal('no_such_subteam');
    return { users: [...group] };
  }
}

const ORGANISATION = 'E0ORGANISATION';

function organisationOf({ enterprise }: User): Json {
  return enterprise ? { enterprise_user: { enterprise_id: ORGANISATION, ...enterprise } } : {};
}

/** Slack's own default for a page of members. */
const USUAL_PAGE = 100;

const READ_SCOPE: Record<Channel['kind'], string> = {
  public: 'channels:read',
  private: 'groups:read',
  im: 'im:read',
  mpim: 'mpim:read',
};

function asSlackShows({ id, name, kind, archived, shared }: Channel, isMember: boolean): Json {
  const kinds = {
    is_channel: kind === 'public',
    is_group: false,
    is_im: kind === 'im',
    is_mpim: kind === 'mpim',
  };
  const sharing = {
    is_shared: shared === 'within' || shared === 'external',
    is_org_shared: shared === 'within',
    is_ext_shared: shared === 'external',
    is_pending_ext_shared: shared === 'pending',
  };
  const state = { is_private: kind !== 'public', is_archived: archived, is_member: isMember };
  return { id, name, ...kinds, ...sharing, ...state };
}

/** `missing_scope`, with what was needed and what the token has. */
export function missingScope(needed: string, scopes: ReadonlySet<string>): Refusal {
  return new Refusal('missing_scope', { needed, provided: [...scopes].join(',') });
}
