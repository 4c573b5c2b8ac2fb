import { openDatabase } from '../../src/store/database.js';

/* Opens the store when told to, as fast as it can, and reports what came of it. */

process.on('message', async (url: string) => {
  try {
    const db = await openDatabase(url);
    await db.selectFrom('requests').selectAll().execute();
    await db.destroy();
    process.send?.('opened');
  } catch (error) {
    process.send?.(String(error));
  }
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
