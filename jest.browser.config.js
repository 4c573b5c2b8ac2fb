import base from './jest.config.js';

// No test here needs a PostgreSQL server.
const { globalSetup: _, globalTeardown: __, ...rest } = base;

// Starts the demo as a process of its own and drives its page in Chromium: slower, and not everybody has a browser.
export default {
  ...rest,
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
  // Each file has a demo of its own, and mostly waits for it.
  maxWorkers: 2,
};
