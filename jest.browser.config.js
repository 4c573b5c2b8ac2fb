import base from './jest.config.js';

// Starts the demo as a process of its own and drives its page in Chromium: slower, and not everybody has a browser.
export default {
  ...base,
  roots: ['<rootDir>/test/browser'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
};
