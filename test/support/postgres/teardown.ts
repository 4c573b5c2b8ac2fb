/** The server of this run ends, and nothing is left of it. */
export default async function tearDown(): Promise<void> {
  const server = globalThis.postgresOfThisRun;
  globalThis.postgresOfThisRun = undefined;
  await server?.end();
}
