import { createRepeatGuard } from '../../../src/slack/command/repeat-guard.js';

describe('a command delivered twice', () => {
  it('is known by its trigger, for as long as a thousand others have not come between', () => {
    const isRepeated = createRepeatGuard();
    expect(isRepeated('first')).toBe(false);
    expect(isRepeated('first')).toBe(true);
    for (let index = 0; index < 999; index++) expect(isRepeated(`${index}`)).toBe(false);
    expect(isRepeated('first')).toBe(true);
    expect(isRepeated('one more')).toBe(false);
    expect(isRepeated('first')).toBe(false);
  });
});
