import '../workarounds/mongodb-drain.js';

/** The few names of mongoose that code outside repositories needs; everything else goes through a repository. */
export { type ClientSession, type Connection, createConnection } from 'mongoose';
