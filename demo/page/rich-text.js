import { h } from './dom.js';
import { emoji } from './emoji.js';
import { clockTime, lines, link, mention } from './text.js';

/** Draws a `rich_text` block: sections, lists, quotes and preformatted text. */
export function richText(block, names) {
  return h(
    'div',
    { class: 'rich-text' },
    block.elements.map((element) => part(element, names)),
  );
}

const PARTS = {
  rich_text_section: (section, names) => h('div', null, run(section.elements, names)),
  rich_text_quote: (quote, names) => h('blockquote', { class: 'quote' }, run(quote.elements, names)),
  rich_text_preformatted: (code, names) => h('pre', { class: 'pre' }, run(code.elements, names)),
  rich_text_list: (list, names) =>
    h(
      list.style === 'ordered' ? 'ol' : 'ul',
      { class: `list indent-${list.indent ?? 0}` },
      list.elements.map((item) => h('li', null, run(item.elements, names))),
    ),
};

function part(element, names) {
  return PARTS[element.type]?.(element, names) ?? h('div', null, `[${element.type}]`);
}

function run(elements, names) {
  return elements.flatMap((element) => styled(leaf(element, names), element.style ?? {}));
}

function leaf(element, names) {
  switch (element.type) {
    case 'text':
      return lines(element.text);
    case 'emoji':
      return [emoji(element.name)];
    case 'user':
      return [mention(`@${names.person(element.user_id) ?? element.user_id}`)];
    case 'channel':
      return [mention(`#${names.channel(element.channel_id) ?? element.channel_id}`)];
    case 'broadcast':
      return [mention(`@${element.range}`, 'loud')];
    case 'link':
      return [link(element.url, element.text ?? element.url)];
    case 'date':
      return [clockTime(new Date(element.timestamp * 1000))];
    default:
      return [`[${element.type}]`];
  }
}

function styled(nodes, style) {
  const wrap = { code: 'code', bold: 'strong', italic: 'em', strike: 's' };
  return Object.entries(wrap).reduce(
    (inner, [name, tag]) =>
      style[name] ? [h(tag, tag === 'code' ? { class: 'code' } : null, inner)] : inner,
    nodes,
  );
}
