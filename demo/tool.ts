export interface Tool {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  /** What its button says. */
  readonly verb: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** The ledger's name of the request that it waits for. */
  readonly usedUpBy?: string;
  /** How many such requests one press is for. Default: one. */
  readonly times?: number;
  readonly isOn?: () => boolean;
  act(choice: string, channelId: string): unknown;
}

/** What the tools change beside the simulator itself. */
export interface World {
  plugged: boolean;
  busy: boolean;
  lagging: boolean;
  freshSince: Date;
}
