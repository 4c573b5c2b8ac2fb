/**
 * Builds an element. Data only ever becomes text or an attribute, never markup: chat names, handles and messages
 * come from anyone.
 */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) setAttribute(element, name, value);
  element.append(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
  else if (name === 'class') element.className = value;
  else element.setAttribute(name, value === true ? '' : String(value));
}

const SVG = 'http://www.w3.org/2000/svg';

/** The same for SVG; decoration unless the caller labels it. */
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

const ICONS = {
  lock: 'M6 9V7a4 4 0 1 1 8 0v2h1v8H5V9h1Zm2 0h4V7a2 2 0 1 0-4 0v2Z',
  send: 'M3 3.5 17.5 10 3 16.5V11l8-1-8-1V3.5Z',
  close: 'm5 5 10 10M15 5 5 15',
  chevron: 'm5.5 8 4.5 4.5L14.5 8',
  tick: 'm4 10.5 4 4 8-9',
  eye: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5Zm8 2.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2Z',
  people:
    'M7.5 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5.5 6c0-3 2.2-4.8 5.5-4.8S13 13 13 16H2Zm11-6.3a2.5 2.5 0 1 0-.8-4.9 4 4 0 0 1-.7 4.5c.4.3 1 .4 1.5.4Zm1.5 6.3H18c0-2.7-1.7-4.4-4.5-4.6.7 1 1 2.5 1 4.6Z',
  bolt: 'M11 2 4 11.5h5L8 18l7-9.5h-5L11 2Z',
  panel: 'M3 4h14v12H3V4Zm9 1.5v9h3.5v-9H12Z',
};

/** Drawn as lines, not as shapes. */
const STROKED = new Set(['close', 'chevron', 'tick']);

/** One of the page's few icons, drawn in the colour of the text around it. */
export function icon(name, size = 18) {
  const stroked = STROKED.has(name);
  const path = svg('path', {
    d: ICONS[name],
    'fill-rule': 'evenodd',
    ...(stroked
      ? { fill: 'none', stroke: 'currentColor', 'stroke-width': 1.8, 'stroke-linecap': 'round' }
      : { fill: 'currentColor' }),
  });
  return svg(
    'svg',
    { viewBox: '0 0 20 20', width: size, height: size, 'aria-hidden': 'true', class: 'icon' },
    path,
  );
}

/** Makes `parent` show exactly `nodes`, in order, leaving those already in place untouched. */
export function arrange(parent, nodes) {
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
  while (parent.children.length > nodes.length) parent.lastElementChild.remove();
}

/**
 * Keeps one node for each key and redraws it only when its data changed, so that focus, selection and screen
 * readers are not disturbed by news about something else.
 */
export function keyed(draw) {
  const known = new Map();
  return (items, keyOf, context = '') => {
    const seen = new Set();
    const nodes = items.map((item) => {
      const key = keyOf(item);
      seen.add(key);
      const signature = context + JSON.stringify(item);
      const old = known.get(key);
      if (old?.signature === signature) return old.node;
      const node = draw(item, old?.node);
      known.set(key, { signature, node });
      return node;
    });
    for (const key of known.keys()) if (!seen.has(key)) known.delete(key);
    return nodes;
  };
}
