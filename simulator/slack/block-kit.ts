/** Block Kit as it is after the limits were checked (`block-limits.ts`, `view-limits.ts`): the parts used here. */

export interface TextObject {
  readonly type: 'plain_text' | 'mrkdwn';
  readonly text: string;
}

export interface Option {
  readonly text: TextObject;
  readonly value: string;
  readonly description?: TextObject;
}

export interface BlockElement {
  readonly type: string;
  readonly action_id?: string;
  /** A text object on buttons, a string on context and rich text elements. */
  readonly text?: TextObject | string;
  readonly value?: string;
  readonly alt_text?: string;
  readonly placeholder?: TextObject;
  readonly options?: readonly Option[];
  readonly option_groups?: readonly { readonly label: TextObject; readonly options: readonly Option[] }[];
  readonly initial_value?: string;
  readonly initial_option?: Option;
  readonly initial_options?: readonly Option[];
  readonly min_length?: number;
  readonly max_length?: number;
  readonly max_selected_items?: number;
  readonly initial_conversation?: string;
  readonly default_to_current_conversation?: boolean;
  readonly response_url_enabled?: boolean;
  /** Rich text: sections hold elements, and elements name people, groups, channels, links, ranges and dates. */
  readonly elements?: readonly BlockElement[];
  readonly user_id?: string;
  readonly usergroup_id?: string;
  readonly channel_id?: string;
  readonly url?: string;
  readonly name?: string;
  readonly range?: string;
  readonly fallback?: string;
}

export interface Block {
  readonly type: string;
  readonly block_id: string;
  /** A string on markdown blocks. */
  readonly text?: TextObject | string;
  readonly fields?: readonly TextObject[];
  readonly accessory?: BlockElement;
  readonly elements?: readonly BlockElement[];
  readonly element?: BlockElement;
  readonly label?: TextObject;
  readonly hint?: TextObject;
  readonly optional?: boolean;
  readonly title?: TextObject;
  readonly alt_text?: string;
  /** A data table: its header first. */
  readonly rows?: readonly (readonly BlockElement[])[];
  readonly caption?: string;
}

export interface View {
  readonly type: 'modal';
  readonly title: TextObject;
  readonly submit?: TextObject;
  readonly close?: TextObject;
  readonly blocks: readonly Block[];
  readonly private_metadata?: string;
  readonly callback_id?: string;
  readonly external_id?: string;
  readonly notify_on_close?: boolean;
  readonly clear_on_close?: boolean;
}

/** Every element of a block that a person can act on, rich text and context left out. */
export function elementsOf(block: Block): readonly BlockElement[] {
  const several = block.type === 'actions' ? (block.elements ?? []) : [];
  return [block.element, block.accessory, ...several].filter((element) => element !== undefined);
}

export function optionsOf(element: BlockElement): readonly Option[] {
  const grouped = (element.option_groups ?? []).flatMap((group) => group.options);
  return [...(element.options ?? []), ...grouped];
}

/** Slack names every block and interactive element that the app left nameless, anew each time. */
export function nameBlocks(blocks: readonly Block[], newId: () => string): Block[] {
  const named = (element: BlockElement) =>
    element.type === 'image' || element.action_id ? element : { ...element, action_id: newId() };
  return blocks.map((block) => ({
    ...block,
    block_id: block.block_id || newId(),
    ...(block.element && { element: named(block.element) }),
    ...(block.accessory && { accessory: named(block.accessory) }),
    ...(block.type === 'actions' && { elements: (block.elements ?? []).map(named) }),
  }));
}
