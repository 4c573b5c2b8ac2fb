/** The part of a submitted view that holds what was typed and chosen. Our inputs' actions have their block's name. */
export interface SubmittedView {
  readonly state: { readonly values: Record<string, Record<string, SubmittedInput>> };
}

/** An option as Slack sends it back, with the text that the person read. */
export interface ChosenOption {
  readonly value: string;
  readonly text?: { readonly text: string };
}

interface SubmittedInput {
  readonly value?: string | null;
  readonly selected_option?: ChosenOption | null;
  readonly selected_options?: readonly ChosenOption[] | null;
  readonly selected_conversation?: string | null;
}

/** The text in an input, trimmed; empty when there is none. */
export function readInput(view: SubmittedView, block: string): string {
  return view.state.values[block]?.[block]?.value?.trim() ?? '';
}

/** The values of the options chosen, whether one or several could be. */
export function readChosen(view: SubmittedView, block: string): readonly string[] {
  return readChosenOptions(view, block).map(({ value }) => value);
}

export function readChosenOptions(view: SubmittedView, block: string): readonly ChosenOption[] {
  const input = view.state.values[block]?.[block];
  return input?.selected_options ?? (input?.selected_option ? [input.selected_option] : []);
}

/** The conversation that was chosen; null when there is none. */
export function readConversation(view: SubmittedView, block: string): string | null {
  return view.state.values[block]?.[block]?.selected_conversation ?? null;
}
