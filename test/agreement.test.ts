import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseEnv } from 'dotenv';
import { parse as parseYaml } from 'yaml';
import { INSTALLED_SHORTCUTS } from '../simulator/slack/shortcuts.js';
import { INSTALLED_SCOPES } from '../simulator/slack/tokens.js';
import { DEFAULTS, VARIABLES } from '../src/config/config.js';
import { EVERYWHERE, ON_MESSAGE } from '../src/slack/shortcut/names.js';

/** What stands in two places says the same in both. */

const read = (name: string) => readFileSync(join(__dirname, '..', name), 'utf8');

interface Manifest {
  readonly display_information: { readonly name: string; readonly description: string };
  readonly features: {
    readonly app_home: Readonly<Record<string, boolean>>;
    readonly bot_user: { readonly display_name: string };
    readonly slash_commands: readonly {
      readonly command: string;
      readonly description: string;
      readonly usage_hint: string;
      readonly should_escape: boolean;
    }[];
    readonly shortcuts: readonly Record<'name' | 'type' | 'callback_id' | 'description', string>[];
  };
  readonly oauth_config: { readonly scopes: Record<string, readonly string[]> };
  readonly settings: Record<string, unknown>;
}

describe('.env.example', () => {
  const example = parseEnv(read('.env.example'));

  it('names every variable that the configuration reads, and no other, in the same order', () => {
    expect(Object.keys(example)).toEqual(VARIABLES);
  });

  it.each(VARIABLES)('shows the default of %s', (name) => {
    expect(example[name]).toBe(DEFAULTS[name] ?? '');
  });

  it('says something about every variable', () => {
    const lines = read('.env.example').split('\n');
    const bare = VARIABLES.filter(
      (name) => !lines[lines.findIndex((line) => line.startsWith(`${name}=`)) - 1]?.startsWith('# '),
    );

    expect(bare).toEqual([]);
  });
});

describe('manifest.yml', () => {
  const manifest = parseYaml(read('manifest.yml')) as Manifest;

  it('offers the one command, with its text as it was typed', () => {
    expect(manifest.features.slash_commands).toEqual([
      expect.objectContaining({ command: '/linq-remove', should_escape: false }),
    ]);
  });

  it('offers the shortcuts that the app answers and the simulated Slack has', () => {
    const { shortcuts } = manifest.features;
    expect(shortcuts.map(({ description: _, ...shortcut }) => shortcut)).toEqual(INSTALLED_SHORTCUTS);
    expect(shortcuts.map(({ callback_id: id }) => id)).toEqual([EVERYWHERE, ON_MESSAGE]);
  });

  it('lets people write to the app, so that they can type the command there', () => {
    expect(manifest.features.app_home).toEqual({
      home_tab_enabled: false,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  it('asks for the scopes that the simulated Slack grants, and for no other', () => {
    expect(manifest.oauth_config).toEqual({ scopes: { bot: INSTALLED_SCOPES } });
  });

  it('switches on Socket Mode and interactivity, and nothing that cannot be switched off', () => {
    expect(manifest.settings).toEqual({
      event_subscriptions: { bot_events: ['app_uninstalled', 'tokens_revoked'] },
      interactivity: { is_enabled: true },
      org_deploy_enabled: false,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    });
  });

  // The lengths that Slack's published schema allows (slackapi/manifest-schema).
  it.each([
    ['the name', manifest.display_information.name, 35],
    ['the description', manifest.display_information.description, 140],
    ['the bot’s name', manifest.features.bot_user.display_name, 80],
    ['the command', manifest.features.slash_commands[0]?.command, 32],
    ['the command’s description', manifest.features.slash_commands[0]?.description, 2_000],
    ['the command’s hint', manifest.features.slash_commands[0]?.usage_hint, 1_000],
  ])('keeps %s within Slack’s limit', (_what, value, longest) => {
    expect(value?.length).toBeGreaterThan(0);
    expect(value?.length).toBeLessThanOrEqual(longest);
  });

  it.each(manifest.features.shortcuts.map((shortcut) => [shortcut.name, shortcut] as const))(
    'keeps the shortcut “%s” within Slack’s limits',
    (name, { description }) => {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    },
  );

  it('names the bot in the letters that Slack allows', () => {
    expect(manifest.features.bot_user.display_name).toMatch(/^[a-z0-9._-]+$/);
  });
});
