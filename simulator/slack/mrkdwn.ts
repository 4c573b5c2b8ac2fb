/** How ids become names on the screen, and a name that a person chooses the id. */
export interface Names {
  user(id: string): string;
  channel(id: string): string;
  channelCalled(name: string): string | null;
}

const CONTROL = /<([^<>\n]+)>/g;

/** What a person reads where an app wrote `mrkdwn`. Emphasis marks stay as they are. */
export function drawMrkdwn(text: string, names: Names): string {
  return text
    .replace(CONTROL, (_, inside: string) => drawControl(inside, names))
    .replace(/&(lt|gt|amp);/g, decode);
}

function decode(_: string, name: string): string {
  return name === 'lt' ? '<' : name === 'gt' ? '>' : '&';
}

function drawControl(inside: string, names: Names): string {
  const [target = '', label] = splitOnce(inside);
  if (target.startsWith('@')) return `@${names.user(target.slice(1))}`;
  if (target.startsWith('#')) return `#${label || names.channel(target.slice(1))}`;
  if (target.startsWith('!date^')) return label ?? target;
  if (target.startsWith('!')) return label ?? `@${target.slice(1)}`;
  return label ?? target;
}

function splitOnce(inside: string): readonly [string, string | undefined] {
  const bar = inside.indexOf('|');
  return bar < 0 ? [inside, undefined] : [inside.slice(0, bar), inside.slice(bar + 1)];
}

/** What the text would notify: `channel`, `here` and `everyone` where they are live, and the IDs of groups. */
export function rungBy(text: string): readonly string[] {
  const live = text.matchAll(/<!(?:subteam\^([^>|]+)|(channel|here|everyone))(?:\|[^>]*)?>/g);
  return [...live].map(([, group, range]) => group ?? range ?? '');
}

/** With `parse: full` or `link_names` Slack looks for names itself. */
export function rungByNames(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|\W)@(channel|here|everyone)\b/g)].map(([, range]) => range ?? '');
}
