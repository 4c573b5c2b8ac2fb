import { plainText } from './plain-text.js';

const ENTITIES: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
const ENTITY = /&(?:amp|lt|gt);/gu;
/** Slack's link with a label: what it points to counts, not what it is called (`<tel:+1205…|Pat>`). */
const LABELLED = /<([^<>|\s][^<>|]*)\|[^<>]*>/gu;
/** A link to write to a person. `mailto:` may name several; the others end at a comma, unless it is a pause. */
const MAIL = /(?<![\p{L}\p{N}+.-])mailto:(?:\/\/)?(?<target>[^\s<>"|]*)/giu;
const DIAL =
  /(?<![\p{L}\p{N}+.-])(?:tel|sms|smsto|callto|imessage|facetime|facetime-audio):(?:\/\/)?(?<target>[^\s<>"|,;]*(?:;[\w-]+=[^\s<>"|,;]*)*(?:,{1,9}\d{1,7}#?)?)/giu;
/** `;ext=5` and `,,5#` are extensions; `;phone-context=…` and its like say nothing about who it is. */
const EXTENSION = /(?:;ext=|,+)(\d+)#?/iu;
const PARAMETERS = /;[\w-]+=.*$/u;

/**
 * Text in which links stand for themselves: Slack's markup, `mailto:` and `tel:` give the address or the number they
 * hold, without percent-encoding, subject and body. Links to pages stay links.
 */
export function openLinks(text: string): string {
  const opened = plainText(text).replace(LABELLED, ' $1 ');
  // Text that was copied out of an API holds the markup itself as entities.
  const decoded = opened.replace(ENTITY, (entity) => ENTITIES[entity] ?? entity).replace(LABELLED, ' $1 ');
  return plainText(decoded.replace(MAIL, mailTarget).replace(DIAL, dialTarget));
}

function mailTarget(_link: string, target: string): string {
  return ` ${percentDecoded(target.replace(/\?.*$/u, ''))} `;
}

function dialTarget(_link: string, target: string): string {
  const address = percentDecoded(target.replace(/[?&].*$/u, ''));
  return ` ${address.replace(EXTENSION, ' ext $1').replace(PARAMETERS, '')} `;
}

/** The text itself where its percent signs encode nothing. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
