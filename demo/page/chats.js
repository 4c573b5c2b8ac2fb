import { h } from './dom.js';

const STATES = {
  queued: 'removal queued',
  removed: 'removed',
  left: 'left',
  us: 'our line',
};

/** Who is in which Linq chat, with what is known about each; a click writes the command for it. */
export function createChats({ onCommand, onPutBack }) {
  const node = h('div', { class: 'chats' });
  let shown = '';

  return {
    node,
    draw(linq) {
      const signature = JSON.stringify(linq.groups);
      if (signature === shown) return;
      shown = signature;
      const open = new Set([...node.querySelectorAll('details[open]')].map((row) => row.dataset.chat));
      node.replaceChildren(
        h(
          'div',
          { class: 'panel-note with-button' },
          h('p', null, 'Linq’s own list, live. Click a member to write the command for them.'),
          h('button', { type: 'button', class: 'button small', onclick: onPutBack }, 'Put everyone back'),
        ),
        ...linq.groups.flatMap((group) =>
          group.about
            ? drawPerson(group, open, onCommand)
            : group.chats.map((chat) => drawChat(chat, onCommand)),
        ),
      );
    },
  };
}

/** One person's chats as a list of lines, to see them change one by one; each line opens. */
function drawPerson({ about: { handle, title }, chats }, open, onCommand) {
  const still = chats.filter((chat) => isIn(stateOf(chat, handle))).length;
  return h(
    'section',
    { class: 'chat person-chats', 'aria-label': title },
    h(
      'header',
      null,
      h('h3', null, title),
      h('span', { class: 'count' }, `in ${still} of ${chats.length} chats`),
    ),
    h(
      'button',
      {
        type: 'button',
        class: 'chat-id',
        title: 'Write the command for this person',
        onclick: () => onCommand(handle),
      },
      handle,
    ),
    chats.map((chat) => drawLine(chat, stateOf(chat, handle), open.has(chat.id), onCommand)),
  );
}

function stateOf(chat, handle) {
  return chat.members.find((member) => member.handle === handle)?.state ?? 'removed';
}

function isIn(state) {
  return state === 'active' || state === 'queued' || state === 'us';
}

function drawLine(chat, state, open, onCommand) {
  return h(
    'details',
    { class: 'chat-line', 'data-chat': chat.id, open },
    h(
      'summary',
      null,
      h('span', { class: 'chat-line-name' }, chat.name),
      chat.note && h('span', { class: 'chat-line-mark', title: chat.note }, 'impossible'),
      h('span', { class: `member-state ${state}` }, state === 'active' ? 'member' : STATES[state]),
    ),
    ...body(chat, onCommand),
  );
}

function drawChat(chat, onCommand) {
  const count = chat.members.filter(({ state }) => isIn(state)).length;
  return h(
    'section',
    { class: 'chat', 'aria-label': chat.name ?? 'Unnamed chat' },
    h(
      'header',
      null,
      h('h3', null, chat.name ?? h('span', { class: 'unnamed' }, 'No name')),
      h('span', { class: `service ${chat.service ?? ''}` }, chat.service ?? 'unknown'),
      h('span', { class: 'count' }, `${count} in it`),
    ),
    ...body(chat, onCommand),
  );
}

function body(chat, onCommand) {
  return [
    h(
      'button',
      {
        type: 'button',
        class: 'chat-id',
        title: 'Write the command for this chat',
        onclick: () => onCommand(chat.id),
      },
      chat.id,
    ),
    h(
      'ul',
      null,
      chat.members.map((member) => drawMember(member, chat, onCommand)),
    ),
    chat.note && h('p', { class: 'chat-note' }, chat.note),
  ].filter(Boolean);
}

function drawMember(member, chat, onCommand) {
  const state = STATES[member.state];
  const content = [
    h('span', { class: 'handle' }, member.handle),
    state ? h('span', { class: `member-state ${member.state}` }, state) : null,
  ];
  const can = member.state === 'active';
  return h(
    'li',
    { class: `member ${member.state}` },
    can
      ? h('button', { type: 'button', onclick: () => onCommand(`${chat.id} ${member.handle}`) }, content)
      : h('span', { class: 'fixed' }, content),
  );
}
