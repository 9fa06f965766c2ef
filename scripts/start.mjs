// npm start: all steps from a fresh clone to a running server, in this process.
import { prepare } from './setup.mjs';

prepare();
const { runMain } = await import('../dist/runtime/main-process.js');
await runMain({ endsWithNpm: true });
