// npm start: everything from a fresh clone to a running server, in this very process.
import { prepare } from './setup.mjs';

prepare();
const { runMain } = await import('../dist/runtime/main-process.js');
await runMain({ endsWithNpm: true });
