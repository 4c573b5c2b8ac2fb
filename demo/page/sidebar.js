import { h, icon } from './dom.js';
import { avatar } from './people.js';

/** Workspace, conversations, and the switch between the people one can be. */
export function drawSidebar(nav, { snapshot, channel, unread, called, roles, onChannel, onPerson }) {
  const focused = nav.contains(document.activeElement) ? document.activeElement.id : null;
  const conversation = (item) =>
    drawConversation(item, item.id === channel.id, unread(item), () => onChannel(item.id));
  const rooms = snapshot.channels.filter((item) => item.kind === 'public' || item.kind === 'private');
  const direct = snapshot.channels.filter((item) => !rooms.includes(item) && !item.withApp);
  const apps = snapshot.channels.filter((item) => item.withApp);
  nav.replaceChildren(
    h('div', { class: 'workspace' }, snapshot.workspace),
    h(
      'div',
      { class: 'conversations' },
      section('Channels', rooms.map(conversation)),
      section('Direct messages', direct.map(conversation)),
      section('Apps', apps.map(conversation)),
    ),
    personSwitch(snapshot, roles, called, onPerson),
  );
  if (focused) document.getElementById(focused)?.focus();
}

function section(title, items) {
  if (items.length === 0) return null;
  return h('section', { class: 'side-section' }, h('h2', null, title), h('ul', null, items));
}

function drawConversation(item, current, isUnread, onclick) {
  return h(
    'li',
    null,
    h(
      'button',
      {
        type: 'button',
        id: `go-${item.id}`,
        class: `conversation${current ? ' current' : ''}${isUnread ? ' unread' : ''}`,
        'aria-current': current ? 'page' : null,
        onclick,
      },
      h('span', { class: 'conversation-mark' }, mark(item)),
      h('span', { class: 'conversation-name' }, item.name),
    ),
  );
}

function mark(item) {
  if (item.kind === 'public') return '#';
  if (item.kind === 'private') return icon('lock', 15);
  return avatar({ id: item.otherId ?? item.id, name: item.name, bot: item.withApp }, 'tiny');
}

function personSwitch(snapshot, roles, called, onPerson) {
  return h(
    'div',
    { class: 'persons', role: 'group', 'aria-label': 'Who you are' },
    h('div', { class: 'persons-title' }, 'You are'),
    h(
      'div',
      { class: 'persons-choices' },
      roles.map((name) =>
        h(
          'button',
          {
            type: 'button',
            id: `be-${name}`,
            class: 'person',
            'aria-pressed': String(snapshot.me.role === name),
            onclick: () => onPerson(name),
          },
          avatar(snapshot.people.find((person) => person.role === name) ?? { id: name, name }, 'small'),
          firstName(snapshot, name),
          called(name) &&
            h('span', {
              class: 'called',
              role: 'img',
              'aria-label': 'has a message',
              title: 'Has a message',
            }),
        ),
      ),
    ),
  );
}

function firstName(snapshot, role) {
  return (snapshot.people.find((person) => person.role === role)?.name ?? role).split(' ')[0];
}

/** Name of the conversation, who is in it, and whether the app may post there. */
export function drawChannelHeader(header, channel, app, { panelOpen, onPanel }) {
  const label = panelOpen ? 'Hide the side panel' : 'Show the side panel';
  header.replaceChildren(
    h('h1', null, h('span', { class: 'channel-mark' }, mark(channel)), channel.name),
    h('span', { class: 'members' }, icon('people', 16), String(channel.memberCount)),
    channel.botIn
      ? h('span', { class: 'app-here' }, h('img', { src: 'icon.svg', alt: '' }), `${app.name} is here`)
      : h(
          'span',
          { class: 'app-here away' },
          h('img', { src: 'icon.svg', alt: '' }),
          `${app.name} is not here`,
        ),
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        'aria-pressed': String(panelOpen),
        'aria-label': label,
        title: label,
        onclick: onPanel,
      },
      icon('panel'),
    ),
  );
}
