import { h } from './dom.js';

const STATES = { active: '', queued: 'removal queued', removed: 'removed', left: 'left', us: 'our line' };

/** What Linq itself would show: the chats and who is in them. Clicking a member writes the command. */
export function createChats({ onCommand, onPutBack }) {
  const node = h('div', { class: 'chats' });
  let shown = '';

  return {
    node,
    draw(linq) {
      const signature = JSON.stringify(linq.chats);
      if (signature === shown) return;
      shown = signature;
      node.replaceChildren(
        h(
          'div',
          { class: 'panel-note with-button' },
          h('p', null, 'Linq’s own list, live. Click a member to write the command for them.'),
          h('button', { type: 'button', class: 'button small', onclick: onPutBack }, 'Put everyone back'),
        ),
        ...linq.chats.map((chat) => drawChat(chat, onCommand)),
      );
    },
  };
}

function drawChat(chat, onCommand) {
  const active = chat.members.filter(
    (member) => member.state === 'active' || member.state === 'queued' || member.state === 'us',
  );
  return h(
    'section',
    { class: 'chat', 'aria-label': chat.name ?? 'Unnamed chat' },
    h(
      'header',
      null,
      h('h3', null, chat.name ?? h('span', { class: 'unnamed' }, 'No name')),
      h('span', { class: `service ${chat.service ?? ''}` }, chat.service ?? 'unknown'),
      h('span', { class: 'count' }, `${active.length} in it`),
    ),
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
  );
}

function drawMember(member, chat, onCommand) {
  const state = STATES[member.state];
  const content = [
    h('span', { class: 'handle' }, member.handle),
    state ? h('span', { class: 'member-state' }, state) : null,
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
