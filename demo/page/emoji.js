/** The short names that this app and the people of the demo are likely to use. */
const EMOJI = {
  arrows_counterclockwise: '🔄',
  bell: '🔔',
  bust_in_silhouette: '👤',
  busts_in_silhouette: '👥',
  bulb: '💡',
  check: '✔️',
  clock1: '🕐',
  eyes: '👀',
  double_vertical_bar: '⏸️',
  exclamation: '❗',
  grey_question: '❔',
  heavy_check_mark: '✔️',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  inbox_tray: '📥',
  information_source: 'ℹ️',
  large_blue_circle: '🔵',
  large_green_circle: '🟢',
  large_orange_circle: '🟠',
  large_yellow_circle: '🟡',
  link: '🔗',
  lock: '🔒',
  mag: '🔍',
  memo: '📝',
  no_entry: '⛔',
  no_entry_sign: '🚫',
  octagonal_sign: '🛑',
  outbox_tray: '📤',
  point_right: '👉',
  question: '❓',
  red_circle: '🔴',
  repeat: '🔁',
  scroll: '📜',
  speech_balloon: '💬',
  stopwatch: '⏱️',
  tada: '🎉',
  thumbsup: '👍',
  warning: '⚠️',
  wave: '👋',
  white_check_mark: '✅',
  white_circle: '⚪',
  x: '❌',
  zap: '⚡',
};

/** The character behind `:name:`, or the name as written, as Slack does for one it does not know. */
export function emoji(name) {
  return EMOJI[name] ?? `:${name}:`;
}

/** Replaces every known `:name:` in a plain text. */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (_, name) => emoji(name));
}
