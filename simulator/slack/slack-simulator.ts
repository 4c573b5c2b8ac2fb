import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createCable } from '../cable.js';
import { createInFlight } from '../in-flight.js';
import type { Ledger } from '../ledger.js';
import { createCallLog, type SlackCall } from './calls.js';
import { chatMethods } from './chat-methods.js';
import { createCourier } from './courier.js';
import { createFaults, type SlackFault } from './faults.js';
import { createFiles, type SharedFile } from './file-methods.js';
import { close, listen, readBody } from './http.js';
import type { Json } from './json.js';
import { createMessages, type Message } from './messages.js';
import type { MethodTable } from './method.js';
import { createModals } from './modals.js';
import type { Delivery } from './parcel.js';
import { eventPayload } from './payloads.js';
import { createPerson, type Person } from './person.js';
import { createQuotaKeeper, type SlackQuota } from './quota.js';
import { readMethods } from './read-methods.js';
import { createResponseUrls } from './response-urls.js';
import { createSaidRecord, type Said } from './said.js';
import { createSocketMode } from './socket-mode.js';
import { APP_TOKEN, BOT_TOKEN, createTokens, INSTALLED_SCOPES, SIGNING_SECRET } from './tokens.js';
import { createTriggers, type TriggerRefusal } from './triggers.js';
import { viewMethods } from './view-methods.js';
import { createWebApi } from './web-api.js';
import { type Channel, createWorld, type NewChannel, type User } from './world.js';

/** Slack to run against: strict by default, failing the way Slack fails. */
export interface SlackSimulator {
  /** `http://127.0.0.1:PORT/api/` */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly botUserId: string;
  readonly teamId: string;
  readonly appId: string;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly users: ReadonlyMap<string, User>;
  /** Members by the id of a user group. */
  readonly usergroups: Map<string, Set<string>>;
  /** Kinds of blocks that have not reached this workspace yet: views with them are `invalid_blocks`. */
  readonly missingBlocks: Set<string>;
  /** The bot token's scopes: those of manifest.yml unless changed. */
  readonly scopes: Set<string>;
  /** The names of the Web API methods that it answers. */
  readonly methods: readonly string[];
  addChannel(channel: NewChannel): Channel;
  /** The person of that name, created on first use: `alice` is `U0ALICE`. */
  person(name: string): Person;
  /** HTTP mode: where signed requests go. Without it Socket Mode is used. */
  deliverTo(url: string): void;
  /** The last payload once more, with the same envelope or body. */
  redeliver(): Promise<Delivery>;
  /** The last payload, changed: what the app would get if somebody could send what they like. */
  deliverAltered(change: (payload: Json) => Json): Promise<Delivery>;
  /**
   * Something goes wrong with the next call of this method, or of `response_url`. Used once each, in order. `ack`: the
   * next acknowledgement is lost, in Socket Mode with its connection unless the fault is `lost-reply`.
   */
  next(method: string, fault: SlackFault): void;
  /** Faults that still wait for a call are dropped. */
  forgetFaults(): void;
  /** The app's next answer to a command, press or submission is lost: the person sees that nothing came back. */
  loseNextAck(): void;
  /** The next payload reaches the app, but its connection is gone before the app can answer. */
  cutNextDelivery(): void;
  /** Null: no limits, as at the start. */
  quota(quota: SlackQuota | null): void;
  /** Every Web API call, in order. */
  readonly calls: readonly SlackCall[];
  /** The calls that the quota refused. */
  readonly refusals: readonly SlackCall[];
  /** The calls that came while a `Retry-After` of the same limit was not over. */
  readonly earlyCalls: readonly SlackCall[];
  /** Everything that was ever shown to people, in order. */
  said(): readonly Said[];
  /** Every connection is cut and none is taken, until plugged in again. */
  unplug(): void;
  plug(): void;
  connections(): number;
  /** `refresh` announces it first, as Slack does when it recycles a connection. */
  dropConnections(how?: 'cut' | 'refresh'): void;
  /** Every token is refused from now on, until `acceptTokens`; with `invalid_auth` unless said otherwise. */
  refuseTokens(code?: string): void;
  acceptTokens(): void;
  /** The app is installed in a whole organisation; user groups are in one of its workspaces. */
  installOrgWide(where: { readonly teams: readonly string[]; readonly groupsIn: string }): void;
  /** An admin of the workspace uninstalls the app: Slack tells it, and refuses its tokens from then on. */
  uninstalls(): Promise<Delivery>;
  /** These tokens are revoked, and the app is told; without the bot's own, it goes on. */
  revokes(tokens: {
    readonly oauth?: readonly string[];
    readonly bot?: readonly string[];
  }): Promise<Delivery>;
  /** The next trigger that the app uses is refused with this spelling. */
  expireNextTrigger(spelling?: TriggerRefusal): void;
  messagesIn(channelId: string): readonly Message[];
  /** The files that the app shared, in order. */
  readonly files: readonly SharedFile[];
  /**
   * Resolves when nothing is under way: no call being answered, no delivery that can still be acknowledged. Held and
   * unanswered calls do not count.
   */
  idle(): Promise<void>;
}

export interface SlackOptions {
  readonly ledger: Ledger;
  readonly now: () => Date;
  /** `now` is the wall clock, and the app perhaps a process of its own. Default: no. */
  readonly timers?: boolean;
  readonly port: number;
}

/** Resolves once it listens. Rejects when the port is taken. */
export async function startSlackSimulator(
  options: SlackOptions,
): Promise<SlackSimulator & { stop(): Promise<void> }> {
  const { ledger, now, timers = false } = options;
  const world = createWorld();
  const record = createSaidRecord(world, now);
  const messages = createMessages(world, record, now);
  const modals = createModals(world, record);
  const triggers = createTriggers(now);
  const faults = createFaults();
  const tokens = createTokens();
  const scopes = new Set(INSTALLED_SCOPES);
  const quota = createQuotaKeeper(now);
  const log = createCallLog(now, timers);
  const inFlight = createInFlight();
  const responseUrls = createResponseUrls({ world, messages, faults, inFlight, ledger, now });

  const server = createServer((request, response) => void route(request, response));
  const cable = createCable(server);
  const socket = createSocketMode(server, { appId: world.appId, ledger, now, faults });
  const host = `127.0.0.1:${await listen(server, options.port)}`;
  const origin = `http://${host}`;

  const files = createFiles({ world, messages, origin });
  const methods: MethodTable = {
    ...readMethods({ world, scopes, openSocket: () => `ws://${host}${socket.ticket()}` }),
    ...viewMethods({ world, modals, triggers }),
    ...chatMethods({ world, messages, scopes }),
    ...files.methods,
  };
  const answerCall = createWebApi({ methods, tokens, scopes, faults, quota, log, inFlight, ledger, now });
  const courier = createCourier({ socket, faults, inFlight, ledger, now });
  const screen = { world, messages, modals, triggers, responseUrls, courier, ledger, record, now, origin };

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, folder, name = ''] = new URL(request.url ?? '/', origin).pathname.split('/');
    try {
      if (folder === 'api') await answerCall(name, request, response);
      else if (folder === 'response') await responseUrls.handle(name, request, response);
      else if (folder === 'upload') await receive(name, request, response);
      else response.writeHead(404).end();
    } catch (error) {
      if (!response.headersSent) response.writeHead(500).end(String(error));
    }
  }

  async function receive(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await inFlight.track(readBody(request));
    response.writeHead(files.receive(id, body) ? 200 : 404).end('OK');
  }

  return {
    apiUrl: `${origin}/api/`,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    signingSecret: SIGNING_SECRET,
    botUserId: world.botUserId,
    teamId: world.teamId,
    appId: world.appId,
    channels: world.channels,
    users: world.users,
    usergroups: world.usergroups,
    missingBlocks: world.missingBlocks,
    scopes,
    methods: Object.keys(methods),
    addChannel: world.addChannel,
    person: (name) => createPerson(screen, world.userNamed(name)),
    deliverTo: courier.deliverTo,
    redeliver: courier.again,
    deliverAltered: courier.altered,
    next: faults.add,
    forgetFaults: faults.forget,
    loseNextAck: () => faults.add('ack', 'lost-reply'),
    cutNextDelivery: () => faults.add('delivery', 'reset'),
    quota: quota.set,
    calls: log.calls,
    get refusals() {
      return log.calls.filter(({ refused }) => refused);
    },
    get earlyCalls() {
      return log.calls.filter(({ early }) => early);
    },
    said: () => record.said,
    unplug: cable.unplug,
    plug: cable.plug,
    connections: socket.connections,
    dropConnections: (how = 'cut') => socket.drop(how),
    refuseTokens: tokens.refuse,
    acceptTokens: tokens.accept,
    installOrgWide(where) {
      world.orgWide = where;
    },
    uninstalls() {
      tokens.refuse('account_inactive');
      return courier.send('events_api', eventPayload(world, { type: 'app_uninstalled' }, now()));
    },
    revokes(revoked) {
      if (revoked.bot?.includes(world.botUserId)) tokens.refuse('token_revoked');
      const event = { type: 'tokens_revoked', tokens: { oauth: [], bot: [], ...revoked } };
      return courier.send('events_api', eventPayload(world, event, now()));
    },
    expireNextTrigger: (spelling = 'expired_trigger_id') => triggers.refuseNext(spelling),
    files: files.shared,
    messagesIn: (channelId) => world.channels.get(channelId)?.messages ?? [],
    idle: inFlight.idle,
    async stop() {
      await socket.stop();
      await close(server);
    },
  };
}
