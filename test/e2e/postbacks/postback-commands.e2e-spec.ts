import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetworkResponse } from '../../../src/networks/networks.dto.js';
import { eventually } from '../../support/eventually.js';
import { TestApp } from '../../support/test-app.js';

let app: TestApp;
let network: NetworkResponse;
beforeAll(async () => {
  app = await TestApp.start();
  network = await app.createNetwork();
});
afterAll(() => app.close());

const OF_POSTBACKS = /\.(?:postbacks|conversions|linkCounters|playerLocks|clicks)$/;

interface Profiled {
  op: string;
  ns: string;
}

/** What is asked of MongoDB within the transaction of a postback; its commit is one more command, which is not profiled. */
const commandsOf = async (query: string): Promise<string[]> => {
  const { db } = app.connection;
  if (!db) throw new Error('not connected');
  await db.command({ profile: 2 });
  await app.goodPostback(network, query);
  await db.command({ profile: 0 });
  const profiled = (await db
    .collection('system.profile')
    // Of updates, it keeps the single statements, which do not say that they are part of a transaction. Those of background
    // jobs, which come at any time, are to other collections.
    .find({ $or: [{ 'command.autocommit': false }, { op: 'update', ns: OF_POSTBACKS }] })
    .sort({ ts: 1 })
    .toArray()) as unknown as Profiled[];
  await db.collection('system.profile').drop();
  return [...new Set(profiled.map(({ op, ns }) => `${op} ${ns.split('.').at(-1)}`))];
};

describe('a postback', () => {
  it('takes five commands when it is new, the commit included, and two when it is a repeat', async () => {
    const { clickId } = await app.clickedLink();
    await app.storedClick(clickId);
    const first = `click_id=${clickId}&event=sale&txid=c-1&payout=5`;
    await app.goodPostback(network, `click_id=${clickId}&event=lead`); // the rates and the link are known from then on
    await eventually(
      () => app.connection.collection('conversions').countDocuments({ factsDue: { $exists: true } }),
      (count) => count === 0,
    );
    const NEW = ['query conversions', 'insert postbacks', 'update linkCounters', 'insert conversions'];
    expect(await commandsOf(first)).toEqual(NEW);
    expect(await commandsOf(first)).toEqual(['query conversions', 'insert postbacks']);
    const CHANGED = ['query conversions', 'insert postbacks', 'update linkCounters', 'update conversions'];
    expect(await commandsOf(`click_id=${clickId}&event=sale&txid=c-1&payout=7`)).toEqual(CHANGED);
    expect(await commandsOf(`click_id=${clickId}&event=refund&txid=c-1&payout=2`)).toEqual(CHANGED);
    expect(await commandsOf(`event=refund&txid=c-1&payout=1`)).toEqual(CHANGED);
  });
});
