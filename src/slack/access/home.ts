import { WebAPIPlatformError, type WebClient } from '@slack/web-api';

/** Where the app is installed: in one workspace, or in all of an Enterprise organisation. */
export interface Home {
  readonly team: string | null;
  /** Null where it is one workspace alone, whatever organisation that belongs to. */
  readonly organisation: string | null;
}

/** Rejects with the client's errors. */
export async function readHome(client: WebClient): Promise<Home> {
  const {
    team_id: team,
    enterprise_id: organisation,
    is_enterprise_install: isOrgWide,
  } = await client.auth.test();
  return { team: team ?? null, organisation: isOrgWide ? (organisation ?? null) : null };
}

/** Members of the workspace, or with an org-wide installation of any workspace of that organisation. */
export function belongsTo(
  { team, organisation }: Home,
  teams: readonly string[],
  inOrganisation?: string,
): boolean {
  if (team !== null && teams.includes(team)) return true;
  return organisation !== null && (inOrganisation === organisation || teams.includes(organisation));
}

const NOT_HERE = ['no_such_subteam', 'subteam_not_found'];

/**
 * Who is in a user group. It belongs to one workspace, which an org-wide token has to name
 * (docs.slack.dev/reference/methods/usergroups.users.list): there each is tried until one knows the group. Rejects with
 * the client's errors.
 */
export function createMembership(client: WebClient) {
  const workspaceOf = new Map<string, string>();

  async function list(group: string, team_id?: string): Promise<ReadonlySet<string>> {
    const { users } = await client.usergroups.users.list({ usergroup: group, ...(team_id && { team_id }) });
    if (!users) throw new Error('Slack answered without the members of a group');
    return new Set(users);
  }

  async function findIn(group: string, [team, ...others]: readonly string[]): Promise<ReadonlySet<string>> {
    if (!team) return list(group);
    try {
      const members = await list(group, team);
      workspaceOf.set(group, team);
      return members;
    } catch (error) {
      const isElsewhere = error instanceof WebAPIPlatformError && NOT_HERE.includes(error.data.error);
      if (!isElsewhere || others.length === 0) throw error;
      return findIn(group, others);
    }
  }

  return async (group: string, { organisation }: Home): Promise<ReadonlySet<string>> => {
    if (organisation === null) return list(group);
    const team = workspaceOf.get(group);
    return findIn(group, team ? [team] : await workspacesOf(client));
  };
}

async function workspacesOf(client: WebClient): Promise<readonly string[]> {
  const { teams } = await client.auth.teams.list({});
  return (teams ?? []).flatMap(({ id }) => id ?? []);
}
