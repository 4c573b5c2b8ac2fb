const { TestEnvironment } = require('jest-environment-node');

/** What Jest or a test put in the place of something goes with the test file. */
class Environment extends TestEnvironment {
  #exit = this.global.process.exit;

  async teardown() {
    this.moduleMocker.restoreAllMocks();
    this.fakeTimersModern.useRealTimers();
    this.global.process.exit = this.#exit;
    // Jest's own listeners for the tests of this file.
    delete this.global[Symbol.for('EVENT_HANDLERS')];
  }
}

let kept;

/**
 * Modules belong to the context that they were loaded in, so those that are shared (`runtime.cjs`) need one that stays:
 * what Jest takes for a new environment is the same for all test files of a worker process.
 */
module.exports = function keptEnvironment(config, context) {
  kept ??= new Environment(config, context);
  return kept;
};
