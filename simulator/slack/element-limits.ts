import { isObject, type Json, listOf } from './json.js';
import { all, byType, type Check, chars, flag, list, oneOf, problem, shape, whole } from './schema.js';

/** Numbers: Slack's Block Kit reference for elements and composition objects; where two sources differ, the lower. */

/** A `plain_text` object. */
export function plain(max: number): Check {
  return shape({ type: oneOf('plain_text'), text: chars(max, 1), emoji: flag }, 'type', 'text');
}

const markup = (max: number): Check =>
  shape({ type: oneOf('mrkdwn'), text: chars(max, 1), verbatim: flag }, 'type', 'text');

/** A `plain_text` or `mrkdwn` object. */
export function text(max: number): Check {
  return byType({ plain_text: plain(max), mrkdwn: markup(max) });
}

export const ID_MAX = 255;

const confirm = shape(
  {
    title: plain(100),
    text: text(300),
    confirm: plain(30),
    deny: plain(30),
    style: oneOf('primary', 'danger'),
  },
  'text',
);

const action = { type: chars(ID_MAX), action_id: chars(ID_MAX), confirm, focus_on_load: flag };

const option = (label: Check): Check =>
  shape({ text: label, value: chars(75, 1), description: text(75) }, 'text', 'value');

const tickable = option(text(75));
const pickable = option(plain(75));

const groups = list(shape({ label: plain(75), options: list(pickable, 100) }, 'label', 'options'), 100);

/** What is chosen at first must be one of the options, to the letter. */
const initialIsOffered: Check = (value, at) => {
  if (!isObject(value)) return [];
  const offered = new Set(offeredBy(value).map((each) => JSON.stringify(each)));
  const chosen = [...listOf(value.initial_options), ...[value.initial_option].filter(isObject)];
  const stray = chosen.some((each) => !offered.has(JSON.stringify(each)));
  return stray ? [problem('initial options must match the options offered', at)] : [];
};

function offeredBy(element: Json): readonly unknown[] {
  const grouped = listOf(element.option_groups).flatMap((group) =>
    isObject(group) ? listOf(group.options) : [],
  );
  return [...listOf(element.options), ...grouped];
}

const select = (initial: Record<string, Check>): Check =>
  all(
    shape({
      ...action,
      placeholder: plain(150),
      options: list(pickable, 100),
      option_groups: groups,
      ...initial,
    }),
    initialIsOffered,
    (value, at) =>
      isObject(value) && !value.options && !value.option_groups
        ? [problem('missing required field: options', at)]
        : [],
  );

const dispatch = shape({
  trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2),
});

const typed = { ...action, placeholder: plain(150), dispatch_action_config: dispatch };

/** Every element the simulator knows. Slack has more; they are refused here until somebody needs them. */
export const ELEMENTS = {
  button: shape(
    {
      ...action,
      text: plain(75),
      value: chars(2000),
      url: chars(3000),
      style: oneOf('primary', 'danger'),
      accessibility_label: chars(75),
    },
    'text',
  ),
  checkboxes: all(
    shape({ ...action, options: list(tickable, 10), initial_options: list(tickable, 10) }, 'options'),
    initialIsOffered,
  ),
  radio_buttons: all(
    shape({ ...action, options: list(tickable, 10), initial_option: tickable }, 'options'),
    initialIsOffered,
  ),
  static_select: select({ initial_option: pickable }),
  multi_static_select: select({ initial_options: list(pickable, 100), max_selected_items: whole(1, 100) }),
  conversations_select: shape({
    ...action,
    placeholder: plain(150),
    initial_conversation: chars(ID_MAX),
    default_to_current_conversation: flag,
    response_url_enabled: flag,
    filter: shape({
      include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
      exclude_external_shared_channels: flag,
      exclude_bot_users: flag,
    }),
  }),
  overflow: shape({ ...action, options: list(pickable, 5) }, 'options'),
  plain_text_input: shape({
    ...typed,
    initial_value: chars(3000),
    multiline: flag,
    min_length: whole(0, 3000),
    max_length: whole(1, 3000),
  }),
  email_text_input: shape({ ...typed, initial_value: chars(3000) }),
  image: shape({ type: oneOf('image'), image_url: chars(3000, 1), alt_text: chars(2000, 1) }, 'alt_text'),
} satisfies Record<string, Check>;

export type ElementType = keyof typeof ELEMENTS;

/** One of these elements and no other. */
export function element(...types: readonly ElementType[]): Check {
  return byType(Object.fromEntries(types.map((type) => [type, ELEMENTS[type]])));
}
