/** The part of a submitted view that holds what was typed and chosen. Our inputs' actions have their block's name. */
export interface SubmittedView {
  readonly state: { readonly values: Record<string, Record<string, SubmittedInput>> };
}

interface SubmittedInput {
  readonly value?: string | null;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_options?: readonly { readonly value: string }[] | null;
}

/** The text in an input, trimmed; empty when there is none. */
export function readInput(view: SubmittedView, block: string): string {
  return view.state.values[block]?.[block]?.value?.trim() ?? '';
}

/** The values of the options chosen, whether one or several could be. */
export function readChosen(view: SubmittedView, block: string): readonly string[] {
  const input = view.state.values[block]?.[block];
  const chosen = input?.selected_options ?? (input?.selected_option ? [input.selected_option] : []);
  return chosen.map(({ value }) => value);
}
