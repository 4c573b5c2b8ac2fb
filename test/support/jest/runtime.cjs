const { dirname, resolve, sep } = require('node:path');
const { default: JestRuntime } = require('jest-runtime');

/**
 * Loads the modules of the tests anew for each test file, as Jest does, and everything else once in each of its worker
 * processes. The app, the simulator and the packages are 1,400 modules; to load them for every file took more than a
 * second each time, and left the compiler of V8 nothing to learn from. None of them keeps anything between two apps in
 * one process, and no test replaces a module by its path.
 */
let shared;

module.exports = class Runtime extends JestRuntime {
  #tests;

  constructor(config, ...others) {
    super(config, ...others);
    this.#tests = resolve(config.rootDir, 'test') + sep;
    shared ??= new JestRuntime(config, ...others);
    // A stack trace leads through both.
    const maps = this.getSourceMaps();
    maps.get = (path) => Map.prototype.get.call(maps, path) ?? shared.getSourceMaps().get(path);
  }

  requireModule(from, name, options, isActual) {
    const isOwn = name === undefined || options?.isInternalModule || this.#isOfTests(from, name);
    if (isOwn) return super.requireModule(from, name, options, isActual);
    return shared.requireModule(from, name, options, isActual);
  }

  #isOfTests(from, name) {
    return name.startsWith('.') && resolve(dirname(from), name).startsWith(this.#tests);
  }
};
