// npm start: everything from a fresh clone to a running server, in this very process.
import { prepare } from './setup.mjs';

prepare();
await import('../dist/main.js');
