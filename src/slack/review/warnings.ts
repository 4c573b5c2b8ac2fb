import type { Warning } from '../../removal/choice.js';

/** What speaks against a removal without forbidding it, in full. */
export const WARNINGS: Record<Warning, string> = {
  sms: 'This looks like an SMS chat. Linq may refuse: members of SMS groups can usually not be removed.',
  rcs: 'This looks like an RCS chat. Linq may refuse, or accept and not confirm.',
  'unknown-service': 'Linq does not say which service this chat uses. It may refuse.',
  'exactly-three':
    'Only 3 would remain, our line included. That may be too few for Linq, which then refuses.',
  'perhaps-too-few': 'Too few may remain for Linq, which then refuses.',
  'own-line-unknown':
    'It cannot be told which member is our own line. Make sure that it is not the one chosen. If Linq left it out of the list, one more remains than is shown.',
};

/** The same beside a choice. */
export const SHORT_WARNING: Record<Warning, string> = {
  sms: 'SMS: Linq may refuse',
  rcs: 'RCS: Linq may refuse',
  'unknown-service': 'service unknown',
  'exactly-three': 'only 3 would remain',
  'perhaps-too-few': 'too few may remain',
  'own-line-unknown': 'our line is not marked',
};
