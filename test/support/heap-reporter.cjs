// Loaded into the built program by tests (NODE_OPTIONS=--require): on SIGUSR2 it collects all garbage and says what is left.
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

const WAIT_MS = 500; // caches and sockets let go of things a moment later
process.on('SIGUSR2', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  collect();
  setTimeout(() => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    process.stdout.write(`HEAP ${heapUsed + external}\n`);
  }, WAIT_MS);
});
