import { loadConfig, VARIABLES } from '../../src/config/config.js';
import { ConfigError } from '../../src/config/problems.js';

const socket = {
  SLACK_BOT_TOKEN: 'xoxb-1-a',
  SLACK_APP_TOKEN: 'xapp-1-a',
  LINQ_API_V3_API_KEY: 'linq-key',
  ALLOW_EVERYONE: 'true',
};
const http = {
  SLACK_BOT_TOKEN: 'xoxb-1-a',
  SLACK_SIGNING_SECRET: '0123abcd',
  LINQ_API_V3_API_KEY: 'linq-key',
  ALLOWED_USERS: 'U0ALICE',
};

/** What is said about an environment that cannot be used. */
function complaintAbout(env: Record<string, string | undefined>): string {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  throw new Error('nothing to complain about');
}

describe('The configuration', () => {
  it('needs three variables only, and who may use it', () => {
    expect(loadConfig(socket)).toEqual({
      slack: { mode: 'socket', botToken: 'xoxb-1-a', appToken: 'xapp-1-a', apiUrl: 'https://slack.com/api/' },
      linq: { apiKey: 'linq-key', baseUrl: 'https://api.linqapp.com/api/partner', webhookSecrets: [] },
      databaseUrl: 'file:data/linq-remove.db',
      databasePool: 10,
      port: 3000,
      host: '0.0.0.0',
      metrics: { port: 9464, host: '127.0.0.1' },
      defaultCountry: 'US',
      handleDisplay: 'full',
      confirmWindowMs: 30 * 60_000,
      keepPersonalForMs: 365 * 86_400_000,
      logLevel: 'info',
      access: {
        allowed: { users: [], groups: [] },
        channels: [],
        allowGuests: false,
        allowExternalChannels: false,
      },
      approval: {
        when: 'never',
        bulkAbove: 5,
        needed: 1,
        channel: null,
        expiresMs: 8 * 3_600_000,
        approvers: { users: [], groups: [] },
      },
      historyViewers: { users: [], groups: [] },
      auditChannel: null,
      settings: expect.stringMatching(/ Mode.*as by default\.$/i),
      removalsPerHour: 200,
      reason: 'optional',
      proxy: null,
    });
  });

  it('reaches Slack by HTTP when there is a signing secret and no app token', () => {
    expect(loadConfig(http).slack).toEqual({
      mode: 'http',
      botToken: 'xoxb-1-a',
      signingSecret: '0123abcd',
      apiUrl: 'https://slack.com/api/',
    });
    expect(loadConfig({ ...http, ...socket }).slack.mode).toBe('socket');
  });

  it('takes every variable', () => {
    const config = loadConfig({
      ...socket,
      SLACK_API_URL: 'http://127.0.0.1:4000/api',
      LINQ_API_V3_BASE_URL: 'https://linq.example.com/partner/',
      LINQ_WEBHOOK_SECRET: 'whsec_c2VjcmV0, whsec_bmV3',
      DATABASE_URL: 'postgres://linq:pw@db/linq',
      DATABASE_POOL: '25',
      PORT: '0',
      HOST: '127.0.0.1',
      METRICS_PORT: 'off',
      METRICS_HOST: '::1',
      DEFAULT_COUNTRY: 'GB',
      HANDLE_DISPLAY: 'masked',
      CONFIRM_WINDOW_MINUTES: '1440',
      RETENTION_DAYS: '0',
      LOG_LEVEL: 'warn',
      ALLOWED_USERS: 'U0ALICE, W0BOB,,U0ALICE',
      ALLOWED_USERGROUPS: 'S0OPS',
      ALLOWED_CHANNELS: 'C0SUPPORT,G0OLD,D0APP',
      ALLOW_GUESTS: 'true',
      ALLOW_EXTERNAL_CHANNELS: 'true',
      APPROVAL: 'bulk',
      APPROVERS: 'S0LEADS,U0CAROL',
      APPROVAL_BULK_ABOVE: '0',
      APPROVALS_NEEDED: '2',
      APPROVAL_CHANNEL: 'C0APPROVALS',
      APPROVAL_EXPIRES_HOURS: '720',
      REASON: 'required',
      REMOVALS_PER_HOUR: '0',
    });

    expect(config).toEqual({
      slack: {
        mode: 'socket',
        botToken: 'xoxb-1-a',
        appToken: 'xapp-1-a',
        apiUrl: 'http://127.0.0.1:4000/api/',
      },
      linq: {
        apiKey: 'linq-key',
        baseUrl: 'https://linq.example.com/partner',
        webhookSecrets: ['whsec_c2VjcmV0', 'whsec_bmV3'],
      },
      databaseUrl: 'postgres://linq:pw@db/linq',
      databasePool: 25,
      port: 0,
      host: '127.0.0.1',
      metrics: null,
      defaultCountry: 'GB',
      handleDisplay: 'masked',
      confirmWindowMs: 86_400_000,
      keepPersonalForMs: null,
      logLevel: 'warn',
      access: {
        allowed: { users: ['U0ALICE', 'W0BOB'], groups: ['S0OPS'] },
        channels: ['C0SUPPORT', 'G0OLD', 'D0APP'],
        allowGuests: true,
        allowExternalChannels: true,
      },
      approval: {
        when: 'bulk',
        bulkAbove: 0,
        needed: 2,
        channel: 'C0APPROVALS',
        expiresMs: 720 * 3_600_000,
        approvers: { users: ['U0CAROL'], groups: ['S0LEADS'] },
      },
      historyViewers: { users: [], groups: [] },
      auditChannel: null,
      settings: expect.stringMatching(/ Mode.*as by default\.$/i),
      removalsPerHour: null,
      reason: 'required',
      proxy: null,
    });
  });

  it('is frozen', () => {
    const config = loadConfig(socket);

    expect([config, config.slack, config.linq].every(Object.isFrozen)).toBe(true);
  });

  it('takes blank values for missing ones, and drops spaces around the others', () => {
    const blank = Object.fromEntries(VARIABLES.map((name) => [name, '  ']));

    expect(loadConfig({ ...blank, ...socket, LINQ_API_V3_API_KEY: ' linq-key\n' })).toEqual(
      loadConfig(socket),
    );
  });
});

describe('A configuration that cannot be used', () => {
  it('is reported whole: every missing variable, what it should be, and a way to look around', () => {
    expect(complaintAbout({}).split('\n')).toEqual([
      'The settings are not complete:',
      '  SLACK_BOT_TOKEN is missing. It should be the bot token of the Slack app, starting with xoxb-.',
      expect.stringContaining(
        'SLACK_APP_TOKEN is missing. It should be the app-level token, starting with xapp- (or',
      ),
      '  LINQ_API_V3_API_KEY is missing. It should be the API key of the Linq account.',
      expect.stringMatching(/^ {2}ALLOWED_USERS is missing\..*ALLOWED_USERGROUPS.*ALLOW_EVERYONE=true.*\.$/),
      'Set them in the environment or in a file named .env; .env.example says where to get each one.',
      'To look around without Slack or Linq: npm run demo',
    ]);
  });

  it.each([
    ['SLACK_BOT_TOKEN', 'xapp-1-a', 'starting with xoxb-'],
    ['SLACK_APP_TOKEN', 'xoxb-1-a', 'starting with xapp-'],
    ['SLACK_API_URL', 'slack.example.com/api', 'https://slack.com/api/'],
    [
      'SLACK_API_URL',
      'http://slack.example.com/api/',
      'plain http only for this machine, since tokens travel in it',
    ],
    ['SLACK_API_URL', 'http://127.0.0.1.example.com/', 'plain http only for this machine'],
    ['LINQ_API_V3_BASE_URL', 'ftp://api.linqapp.com', 'https://api.linqapp.com/api/partner'],
    [
      'LINQ_API_V3_BASE_URL',
      'http://10.0.0.1/',
      'plain http only for this machine, since the key travels in it',
    ],
    ['LINQ_WEBHOOK_SECRET', 'not-base64!', 'whsec_ and base64'],
    ['LINQ_WEBHOOK_SECRET', 'whsec_YQ==,whsec_Yg==,whsec_Yw==', 'or two of them'],
    ['DATABASE_URL', 'mysql://db/linq', 'file:folder/name.db or postgres://'],
    ['DATABASE_POOL', '0', '1 to 100'],
    ['DATABASE_POOL', 'ten', 'how many connections'],
    ['PORT', '3000a', 'a port number, 0 to 65535'],
    ['PORT', '65536', 'a port number, 0 to 65535'],
    ['RETENTION_DAYS', '-1', '0 to keep everything for ever'],
    ['RETENTION_DAYS', 'a year', 'a whole number of days'],
    ['DEFAULT_COUNTRY', 'UK', 'like US or GB'],
    ['DEFAULT_COUNTRY', 'us', 'two capital letters'],
    ['HANDLE_DISPLAY', 'hidden', '"full", "masked"'],
    ['CONFIRM_WINDOW_MINUTES', '0', 'a whole number of minutes, 1 to 1440'],
    ['CONFIRM_WINDOW_MINUTES', '1441', 'a whole number of minutes, 1 to 1440'],
    ['CONFIRM_WINDOW_MINUTES', '1.5', 'a whole number of minutes, 1 to 1440'],
    ['LOG_LEVEL', 'loud', '"debug", "info"'],
    ['METRICS_PORT', 'none', 'or "off"'],
    ['ALLOWED_USERS', ',', 'IDs of users like U012AB3CD'],
    ['ALLOWED_USERGROUPS', ' , ,', 'IDs of user groups'],
    ['ALLOWED_USERS', 'alice', 'IDs of users like U012AB3CD'],
    ['ALLOWED_USERS', 'U0ALICE,S0OPS', 'IDs of users'],
    ['ALLOWED_USERGROUPS', '@ops', 'IDs of user groups like S012AB3CD'],
    ['ALLOWED_CHANNELS', ',', 'IDs of conversations'],
    ['ALLOWED_CHANNELS', '#support', 'IDs of conversations like C012AB3CD'],
    ['ALLOW_EVERYONE', 'yes', '"true" or "false"'],
    ['ALLOW_GUESTS', 'yes', '"true" or "false"'],
    ['ALLOW_EXTERNAL_CHANNELS', '1', '"true" or "false"'],
    ['APPROVAL', 'sometimes', '"never", "bulk", "always"'],
    ['APPROVERS', ' , ', 'IDs of users (U…) and user groups (S…)'],
    ['APPROVERS', 'U0BOB;U0CAROL', 'IDs of users (U…) and user groups (S…)'],
    ['APPROVAL_BULK_ABOVE', '-1', '0 to 100'],
    ['REMOVALS_PER_HOUR', 'many', '0 for no limit'],
    ['REASON', 'yes', '"optional", "required", "off"'],
    ['APPROVAL_EXPIRES_HOURS', '0', 'a whole number of hours, 1 to 720'],
  ])('because of %s=%s says what it should be, and not what it is', (name, value, words) => {
    const complaint = complaintAbout({ ...socket, [name]: value });

    expect(complaint).toContain(`  ${name} cannot be used. It should be `);
    expect(complaint).toContain(words);
    expect(complaint.split('\n')).toHaveLength(4);
    if (name.startsWith('SLACK') || name.startsWith('LINQ')) expect(complaint).not.toContain(value);
  });

  describe('leaves open who may use the app:', () => {
    const { ALLOW_EVERYONE: _decided, ...undecided } = socket;

    it.each([
      ['no list', {}],
      ['blank lists', { ALLOWED_USERS: ' ', ALLOWED_USERGROUPS: '' }],
      ['a list of conversations', { ALLOWED_CHANNELS: 'C0SUPPORT' }],
      ['everybody denied', { ALLOW_EVERYONE: 'false' }],
    ])('%s', (_what, changes) => {
      const complaint = complaintAbout({ ...undecided, ...changes });
      expect(complaint).toMatch(/ {2}ALLOWED_USERS is missing\. .* or set ALLOW_EVERYONE=true/);
      expect(complaint.split('\n')).toHaveLength(4);
    });

    it.each([
      ['users', { ALLOWED_USERS: 'U0ALICE' }, ['U0ALICE']],
      ['a group', { ALLOWED_USERGROUPS: 'S0OPS' }, ['S0OPS']],
      ['everybody', { ALLOW_EVERYONE: 'true' }, []],
      [
        'a list, which everybody beside it does not open',
        { ...socket, ALLOWED_USERS: 'U0ALICE' },
        ['U0ALICE'],
      ],
    ])('but not %s', (_what, changes, named) => {
      const { allowed } = loadConfig({ ...undecided, ...changes }).access;
      expect([...allowed.users, ...allowed.groups]).toEqual(named);
    });
  });

  it.each(['bulk', 'always'])('is APPROVAL=%s when nobody is named who may approve', (when) => {
    expect(complaintAbout({ ...socket, APPROVAL: when })).toMatch(
      /APPROVERS is missing\. It should be IDs of users .* it has to name who approves/,
    );
    expect(() => loadConfig({ ...socket, APPROVAL: when, APPROVERS: 'U0BOB' })).not.toThrow();
  });

  it.each([
    'http://localhost:4000',
    'http://127.9.9.9:1/x',
    'http://[::1]:4000/',
    'http://slack.localhost/api',
  ])('is not one with plain http on this machine: %s', (url) => {
    expect(() => loadConfig({ ...socket, SLACK_API_URL: url, LINQ_API_V3_BASE_URL: url })).not.toThrow();
  });
});
