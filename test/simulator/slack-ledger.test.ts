import { createLedger, type Entry } from '../../simulator/ledger.js';

const entry = (what: string): Entry => ({
  at: new Date(0),
  system: 'slack',
  direction: 'from-app',
  what,
  detail: { text: 'Hello' },
  answer: 'ok',
});

describe('the ledger', () => {
  it('finds at once what is there already', async () => {
    const ledger = createLedger();
    ledger.record(entry('auth.test'));
    await expect(ledger.until(() => ledger.of('auth.test')[0], 'a check')).resolves.toEqual(
      entry('auth.test'),
    );
  });

  it('looks again after every entry and every other change', async () => {
    const ledger = createLedger();
    let opened = false;
    const both = Promise.all([
      ledger.until(() => ledger.count('views.open') === 2, 'two views'),
      ledger.until(() => opened, 'a view'),
    ]);
    ledger.record(entry('views.open'));
    ledger.record(entry('views.open'));
    opened = true;
    ledger.note();
    await expect(both).resolves.toEqual([true, true]);
  });

  it('says what it waited for and what it saw instead', async () => {
    const ledger = createLedger();
    ledger.record(entry('chat.postMessage'));
    const waiting = ledger.until(() => null, 'a miracle', 1);
    await expect(waiting).rejects.toThrow(
      /1 ms for a miracle[\s\S]*chat\.postMessage {2}\[ok\] {2}\{"text":"Hello"\}/,
    );
    await expect(waiting).rejects.toHaveProperty('stack', expect.stringContaining('slack-ledger.test'));
  });

  it('passes on what the look throws, and stops calling listeners that left', async () => {
    const ledger = createLedger();
    const heard = jest.fn();
    const leave = ledger.onChange(heard);
    const look = () => {
      throw new Error('broken');
    };
    await expect(ledger.until(look, 'nothing')).rejects.toThrow('broken');
    ledger.note();
    leave();
    ledger.note();
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
