import { drawBlocks } from './blocks.js';
import { arrange, h, icon, keyed } from './dom.js';
import { avatar } from './people.js';
import { clockTime, mrkdwn } from './text.js';

/** The message list: oldest first, replies under their message, staying at the bottom while one reads there. */
export function createMessages(list, actions) {
  const draw = keyed((message, old) => drawMessage(message, old !== undefined, state, actions));
  const state = { names: null, people: new Map(), shortcuts: [] };
  let shownChannel = null;

  return {
    draw(channel, messages, snapshot, names) {
      state.names = names;
      state.shortcuts = snapshot.shortcuts.filter(({ type }) => type === 'message').map(({ name }) => name);
      state.people = new Map(snapshot.people.map((person) => [person.id, person]));
      const atBottom =
        list.scrollHeight - list.scrollTop - list.clientHeight < 80 || shownChannel !== channel.id;
      const nodes = draw(threaded(messages), (message) => `${channel.id} ${message.ts}`, channel.id);
      arrange(list, [intro(channel, list), ...(nodes.length ? [today(list)] : []), ...nodes]);
      if (atBottom) list.scrollTop = list.scrollHeight;
      shownChannel = channel.id;
    },
  };
}

function threaded(messages) {
  const top = messages.filter((message) => !message.threadTs || message.threadTs === message.ts);
  return top.map((message) => ({
    ...message,
    replies: messages.filter((reply) => reply.threadTs === message.ts && reply.ts !== message.ts),
  }));
}

const INTRO = {
  public: (name) => [`#${name}`, `This is the start of the #${name} channel.`],
  private: (name) => [name, `This is the start of the private channel ${name}.`],
  im: (name) => [name, `This conversation is just between you and ${name}.`],
  mpim: (name) => [name, `This is a group conversation.`],
};

function intro(channel, list) {
  const key = `intro-${channel.id}`;
  const old = list.querySelector(`[data-key="${key}"]`);
  if (old) return old;
  const [title, text] = (INTRO[channel.kind] ?? INTRO.public)(channel.name);
  return h('div', { class: 'intro', 'data-key': key }, h('h2', null, title), h('p', null, text));
}

function today(list) {
  return (
    list.querySelector('.day') ??
    h('div', { class: 'day', role: 'separator' }, h('span', { class: 'day-pill' }, 'Today'))
  );
}

function drawMessage(message, changed, state, actions) {
  const author = state.people.get(message.userId) ?? { id: message.userId, name: 'Slackbot', bot: false };
  return h(
    'article',
    {
      class: `message${message.ephemeral ? ' ephemeral' : ''}${changed ? ' changed' : ''}`,
      'data-ts': message.ts,
    },
    message.shownCommand &&
      h('div', { class: 'only-you' }, 'Answer to ', h('code', { class: 'code' }, message.shownCommand)),
    message.ephemeral && h('div', { class: 'only-you' }, icon('eye', 14), 'Only visible to you'),
    h('div', { class: 'message-avatar' }, avatar(author)),
    h(
      'div',
      { class: 'message-main' },
      byline(author, message),
      body(message, state, actions),
      !message.ephemeral && menu(message, state, actions),
      message.replies?.length > 0 && replies(message.replies, state, actions),
    ),
  );
}

function byline(author, message) {
  const at = new Date(Number(message.ts) * 1000);
  return h(
    'div',
    { class: 'byline' },
    h('span', { class: 'author' }, author.name),
    author.bot && h('span', { class: 'badge' }, 'App'),
    h('time', { class: 'at', datetime: at.toISOString(), title: at.toLocaleString() }, clockTime(at)),
  );
}

/** What Slack puts behind “More actions” of a message. */
function menu(message, state, actions) {
  return h(
    'div',
    { class: 'message-menu' },
    state.shortcuts.map((name) =>
      h('button', { type: 'button', onclick: () => actions.uses(name, message.ts) }, icon('bolt', 14), name),
    ),
  );
}

function body(message, state, actions) {
  const press = (text, confirm, value) =>
    actions.presses(text, confirm, value === null ? null : { ts: message.ts, value });
  const ctx = { names: state.names, press };
  if (message.blocks?.length) return h('div', { class: 'body blocks' }, drawBlocks(message.blocks, ctx));
  return h(
    'div',
    { class: 'body' },
    mrkdwn(message.text, state.names),
    message.edited && h('span', { class: 'edited' }, ' (edited)'),
  );
}

function replies(list, state, actions) {
  const label = `${list.length} ${list.length === 1 ? 'reply' : 'replies'}`;
  return h(
    'section',
    { class: 'thread', 'aria-label': 'Thread' },
    h('div', { class: 'thread-count' }, label),
    list.map((reply) => drawMessage(reply, false, state, actions)),
  );
}
