import { createComposer } from './composer.js';
import { act, watch } from './connection.js';
import { createMessages } from './messages.js';
import { confirmed, createModal } from './modal.js';
import { createPanel } from './panel.js';
import { namesOf } from './people.js';
import { drawChannelHeader, drawSidebar } from './sidebar.js';
import { createWelcome } from './welcome.js';

const ROLES = ['alice', 'bob', 'carol'];
const byId = (id) => document.getElementById(id);

const state = {
  as: ROLES[0],
  channelId: null,
  snapshot: null,
  panelOpen: true,
  /** The newest message when the page was opened; what is older is read. */
  opened: null,
  read: new Map(),
  called: new Map(),
  stop: () => {},
};
const presses = async (text, confirm, place) => {
  if (confirm && !(await confirmed(byId('overlay'), confirm, namesOf(state.snapshot)))) return;
  await send({ verb: 'presses', text, values: {}, ...(place && { place }) });
};
const uses = (shortcut, ts) => send({ verb: 'uses', shortcut, ts, channel: state.channelId });
const messages = createMessages(byId('messages'), { presses, uses });
const modal = createModal(byId('overlay'), {
  submits: (values) => send({ verb: 'submits', values }),
  presses: (text, values) => send({ verb: 'presses', text, values }),
  cancels: () => send({ verb: 'cancels' }),
  closes: () => send({ verb: 'closes' }),
});
const panel = createPanel(byId('panel'), {
  onCommand: (text) => composer.fill(`/linq-remove ${text}`),
  onTool: (id, choice) => send({ verb: 'tool', id, choice, channel: state.channelId }),
});
let composer;
let welcome;

function send(body) {
  return act({ as: state.as, ...body });
}

async function onSend(text) {
  welcome.shrink();
  const answer = await send({ verb: 'runs', text, channel: state.channelId });
  return answer.ok;
}

function draw() {
  const { snapshot } = state;
  const channel = snapshot.channels.find((item) => item.id === state.channelId) ?? snapshot.channels[0];
  state.channelId = channel.id;
  const names = namesOf(snapshot, channel);
  const here = snapshot.messages[channel.id] ?? [];
  state.read.set(`${state.as} ${channel.id}`, newest(here));
  state.called.set(state.as, Number(snapshot.calls[state.as]));
  drawSidebar(byId('sidebar'), {
    snapshot,
    channel,
    unread,
    called,
    roles: ROLES,
    onChannel: go,
    onPerson: be,
  });
  drawChannelHeader(byId('channel-header'), channel, snapshot.app, {
    panelOpen: state.panelOpen,
    onPanel: togglePanel,
  });
  messages.draw(channel, here, snapshot, names);
  composer.placeholder(`Message ${channel.kind === 'public' ? '#' : ''}${channel.name}`);
  modal.draw(snapshot.modal, snapshot.app, names);
  panel.draw(snapshot);
}

function unread(channel) {
  const read = state.read.get(`${state.as} ${channel.id}`) ?? state.opened;
  return newest(state.snapshot.messages[channel.id] ?? []) > read;
}

/** Whether that person was mentioned, or written to, since one last was them. */
function called(role) {
  return Number(state.snapshot.calls[role]) > (state.called.get(role) ?? state.opened);
}

function newest(messages) {
  return Math.max(0, ...messages.map(({ ts }) => Number(ts)));
}

function go(channelId) {
  state.channelId = channelId;
  draw();
  composer.focus();
}

function be(person) {
  if (person === state.as) return;
  state.as = person;
  connect();
}

function togglePanel() {
  state.panelOpen = !state.panelOpen;
  byId('app').classList.toggle('without-panel', !state.panelOpen);
  draw();
}

function connect() {
  state.stop();
  state.stop = watch(state.as, {
    onSnapshot(snapshot) {
      state.snapshot = snapshot;
      if (!composer) build(snapshot);
      state.opened ??= newest(Object.values(snapshot.messages).flat());
      draw();
    },
    onState(now) {
      byId('connection').textContent =
        now === 'lost' ? 'The demo has stopped. Start it again with npm run demo.' : '';
    },
  });
}

function shortcutsOf(snapshot, type) {
  return snapshot.shortcuts.filter((item) => item.type === type).map(({ name }) => name);
}

/** The parts that need to know what the demo offers before they can be drawn. */
function build(snapshot) {
  composer = createComposer(byId('composer'), {
    commands: snapshot.commands,
    shortcuts: shortcutsOf(snapshot, 'global'),
    onSend,
    onShortcut: (name) => uses(name, null),
  });
  welcome = createWelcome(byId('welcome'), {
    examples: snapshot.examples,
    onExample: (line) => composer.fill(line),
  });
  composer.focus();
}

connect();
