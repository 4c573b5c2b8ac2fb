import { arrange, h, keyed, svg } from './dom.js';

/** What a request means, in a few plain words. */
const ABOUT = [
  [/^slash_commands|^slash_command/, 'someone ran the command'],
  [/^view_submission/, 'someone pressed the modal’s button'],
  [/^view_closed/, 'someone closed the modal'],
  [/^block_actions/, 'someone pressed a button'],
  [/^ack/, 'received, within Slack’s 3 seconds'],
  [/^views\.open/, 'opens the modal'],
  [/^views\.(update|push)/, 'changes the modal'],
  [/^chat\.postMessage/, 'posts a message'],
  [/^chat\.update/, 'edits the message'],
  [/^chat\.postEphemeral|^response_url/, 'answers the command'],
  [/^auth\.test/, 'checks the bot token'],
  [/^apps\.connections\.open/, 'asks for a socket'],
  [/^conversations\./, 'looks at the conversation'],
  [/^DELETE .*participants/, 'asks Linq to remove someone'],
  [/^POST .*participants/, 'asks Linq to add someone back'],
  [/^GET .*phone_?numbers/, 'which lines are ours?'],
  [/^GET .*\/chats\/[^/?]+$/, 'who is in the chat now?'],
  [/^GET .*\/chats(\?|$)/, 'which chats are they in?'],
  [/participant\.removed/, 'Linq says someone is out'],
  [/participant\.added/, 'Linq says someone is in'],
];

const FILTERS = { all: 'Everything', slack: 'Slack', linq: 'Linq' };

/** The list of what crossed the wire, oldest first; each line opens to its JSON. */
export function createTraffic() {
  const list = h('div', { class: 'traffic-list', role: 'group', 'aria-label': 'Requests, oldest first' });
  const filters = h('div', { class: 'filters', role: 'group', 'aria-label': 'Show' });
  const node = h('div', { class: 'traffic' }, filters, laneHeader(), list);
  const rows = keyed(drawRow);
  let filter = 'all';
  let latest = [];

  function redraw() {
    const atBottom = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
    const shown = latest.filter((entry) => filter === 'all' || entry.system === filter);
    const nodes = rows(shown, (entry) => entry.seq);
    arrange(
      list,
      nodes.length ? nodes : [h('p', { class: 'empty' }, 'Nothing yet. Run a command and watch.')],
    );
    if (atBottom) list.scrollTop = list.scrollHeight;
    filters.replaceChildren(...Object.entries(FILTERS).map(([name, label]) => filterButton(name, label)));
  }

  function filterButton(name, label) {
    return h(
      'button',
      { type: 'button', class: 'chip', 'aria-pressed': String(filter === name), onclick: () => choose(name) },
      label,
    );
  }

  function choose(name) {
    filter = name;
    redraw();
  }

  return {
    node,
    /** While hidden it cannot scroll. */
    shown() {
      list.scrollTop = list.scrollHeight;
    },
    draw(entries) {
      latest = entries;
      redraw();
    },
  };
}

const X = { slack: 12, app: 42, linq: 72 };

function laneHeader() {
  return h(
    'div',
    { class: 'lane-header', 'aria-hidden': 'true' },
    h('span', null, 'Time'),
    h(
      'span',
      { class: 'lane-names' },
      h('span', null, 'Slack'),
      h('span', null, 'App'),
      h('span', null, 'Linq'),
    ),
    h('span', null, 'What'),
    h('span', null, 'Answer'),
  );
}

function drawRow(entry, old) {
  const from = entry.direction === 'from-app' ? 'app' : entry.system;
  const to = entry.direction === 'from-app' ? entry.system : 'app';
  const at = new Date(entry.at);
  const json = h('pre', { class: 'json' });
  // Written out only for who asks: two hundred bodies would make every change slow.
  const ontoggle = ({ target }) => {
    json.textContent = target.open ? JSON.stringify(entry.detail, null, 2) : '';
    if (target.open) target.scrollIntoView({ block: 'nearest' });
  };
  return h(
    'details',
    { class: `row ${entry.system}`, open: old?.open, ontoggle },
    h(
      'summary',
      null,
      h('time', { class: 'row-time', datetime: entry.at }, exactTime(at)),
      arrow(from, to),
      h(
        'span',
        { class: 'row-what' },
        h('span', { class: 'row-name' }, shortName(entry.what)),
        about(entry.what),
      ),
      answer(entry.answer),
    ),
    json,
  );
}

function exactTime(at) {
  const two = (value) => String(value).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${Math.floor(at.getMilliseconds() / 100)}`;
}

/** Paths are long and all begin alike; the JSON below has them whole. */
function shortName(what) {
  return what
    .replace(/^([A-Z]+) (?:\/api\/partner)?\/v3/, '$1 ')
    .replace(/^([A-Z]+) \/chats\/(?:\{\w+\}|[0-9a-f-]{36})\//i, '$1 …/')
    .replace(/(?:\{\w+\}|[0-9a-f-]{36})/i, '…')
    .replace('  ', ' ');
}

function about(what) {
  const words = ABOUT.find(([pattern]) => pattern.test(what))?.[1];
  return words ? h('span', { class: 'row-about' }, words) : null;
}

function answer(value) {
  if (value === null) return h('span', { class: 'answer none' }, '…');
  const text = value === 'acknowledged' ? 'ok' : String(value);
  return h('span', { class: `answer ${tone(text)}` }, text);
}

function tone(text) {
  if (text === 'ok' || /^2\d\d/.test(text)) return 'good';
  if (/^429|ratelimited|rate_limited/.test(text)) return 'wait';
  return 'bad';
}

function arrow(from, to) {
  const [start, end] = [X[from], X[to]];
  const step = end > start ? 1 : -1;
  const tip = end - step * 2;
  const drawing = svg(
    'svg',
    { viewBox: '0 0 84 18', width: 84, height: 18, role: 'img', 'aria-label': `${from} to ${to}` },
    svg('line', { x1: start, y1: 9, x2: tip - step * 6, y2: 9, class: 'lane-arrow' }),
    svg('path', { d: `M${tip - step * 7} 5 L${tip} 9 L${tip - step * 7} 13 Z`, class: 'lane-tip' }),
    svg('circle', { cx: start, cy: 9, r: 3, class: 'lane-start' }),
  );
  return h('span', { class: 'lane' }, drawing);
}
