import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, describe } from 'vitest';
import { WebAuthnService } from '../../../src/people/passkeys/webauthn.service.js';
import type { User } from '../../../src/people/users/user.schema.js';
import { Browser } from '../../support/browser.js';
import { type AuthenticatorAnswer, PasskeyTab } from '../../support/people/passkey-tab.js';
import { addPasskey, registrationOptionsOf, signInOptionsOf, verifyPasskey } from '../../support/people/passkeys.js';
import { firstOwner } from '../../support/people/people.js';
import { PersonClient } from '../../support/people/person-client.js';
import { TestApp } from '../../support/test-app.js';

/** A byte of an answer that is changed, after which the rest may be cut off. */
interface ByteChange {
  field: string;
  at: number;
  bits: number;
  cut: boolean;
}

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);

const EMAIL = 'owner@brand.example';

let app: TestApp;
let browser: Browser;
let member: PersonClient;
let tab: PasskeyTab;

beforeAll(async () => {
  app = await TestApp.start();
  browser = await Browser.start();
  member = await firstOwner(app, EMAIL);
  tab = await PasskeyTab.open(browser, `${app.baseUrl}/health/live`);
  await addPasskey(member, tab);
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

const newClient = (): PersonClient => new PersonClient(app.baseUrl);

describe('malformed answers', () => {
  const WRONG = [undefined, null, '', 5, true, [], {}, [[]], 'AAAA', '*', 'A'.repeat(20_000), { a: 'A'.repeat(9_000) }];
  /** The answer with each of its fields replaced by each wrong value. */
  const variantsOf = (answer: object): object[] =>
    Object.entries(answer).flatMap(([name, value]) => [
      ...WRONG.map((wrong) => ({ ...answer, [name]: wrong })),
      ...(name === 'response' ? variantsOf(value as object).map((inner) => ({ ...answer, response: inner })) : []),
    ]);

  it('are 401 or 422 at the sign-in', async () => {
    const answer = await tab.authenticate(await signInOptionsOf(newClient()));
    const statuses = new Set<number>();
    for (const body of [...variantsOf(answer), { ...answer, admin: true }, [], 'x']) {
      const client = newClient();
      await signInOptionsOf(client);
      statuses.add((await verifyPasskey(client, body)).status);
    }
    expect([...statuses].filter((status) => ![400, 401, 422].includes(status))).toEqual([]);
  });

  it('are 409 or 422 at the registration', async () => {
    const other = await PasskeyTab.open(browser, `${app.baseUrl}/health/live`);
    const answer = await other.register(await registrationOptionsOf(member));
    const statuses = new Set<number>();
    for (const response of [...variantsOf(answer), { ...answer, admin: true }, [], 'x']) {
      await registrationOptionsOf(member);
      statuses.add(await member.status('post', '/api/v1/me/passkeys', { response }));
    }
    expect([...statuses].filter((status) => ![409, 422].includes(status))).toEqual([]);
  });

  it('with any changed byte never verify and never throw', async () => {
    const webAuthn = app.app.get(WebAuthnService);
    const passkey = (await app.connection.collection<User>('users').findOne({ email: EMAIL }))?.passkeys?.[0];
    const options = await signInOptionsOf(newClient());
    const assertion = await tab.authenticate(options);
    const other = await PasskeyTab.open(browser, `${app.baseUrl}/health/live`);
    const registration = await registrationOptionsOf(member);
    const attestation = await other.register(registration);
    const change = fc.record({
      field: fc.constantFrom('clientDataJSON', 'authenticatorData', 'signature', 'attestationObject'),
      at: fc.nat(4_000),
      bits: fc.integer({ min: 1, max: 255 }),
      cut: fc.boolean(),
    });
    const changed = (answer: AuthenticatorAnswer, { field, at, bits, cut }: ByteChange): never => {
      const bytes = Buffer.from(String(answer.response[field]), 'base64url');
      const index = at % bytes.length;
      bytes[index] = (bytes[index] ?? 0) ^ bits;
      const text = (cut ? bytes.subarray(0, index) : bytes).toString('base64url');
      return { ...answer, response: { ...answer.response, [field]: text } } as never;
    };
    expect(await webAuthn.verifyAssertion(assertion as never, passkey as never, options.challenge)).toBeDefined();
    await fc.assert(
      fc.asyncProperty(change, async (one) => {
        // The attestation `none` is not signed: some of its bytes may be others.
        if (one.field === 'attestationObject') {
          await webAuthn.verifyRegistration(changed(attestation, one), registration.challenge);
          return;
        }
        const body = changed(assertion, one);
        expect(await webAuthn.verifyAssertion(body, passkey as never, options.challenge)).toBeUndefined();
      }),
      { numRuns: RUNS },
    );
  });
});
