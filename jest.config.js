// @swc/jest only erases types; `tsc` in `npm test` is what checks them.
export default {
  // What is not a test is loaded once in each worker process.
  testEnvironment: '<rootDir>/test/support/jest/environment.cjs',
  runtime: '<rootDir>/test/support/jest/runtime.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/browser/'],
  transform: {
    // p-queue and what it is made of are ES modules only, which Jest cannot require as they are.
    '^.+\\.(?:ts|js)$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(?:p-queue|p-timeout|eventemitter3)/)'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  globalSetup: '<rootDir>/test/support/postgres/server.ts',
  globalTeardown: '<rootDir>/test/support/postgres/teardown.ts',
  testTimeout: 60_000,
  // Many tests wait for real timeouts of Slack and Linq; Jest would leave one core idle.
  maxWorkers: '100%',
  // What every app leaves behind in its process (observers of garbage collection, for one) adds up, until a collection
  // takes as long as the time limits of the store: then a worker is replaced.
  workerIdleMemoryLimit: '400MB',
};
