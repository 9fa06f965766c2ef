import { createHash, createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Tab } from '../browser.js';

const require = createRequire(import.meta.url);
const LIBRARY = join(require.resolve('@simplewebauthn/browser'), '../../dist/bundle/index.umd.min.js');

/** A credential of the virtual authenticator, with its private key. */
export interface VirtualCredential {
  credentialId: string;
  signCount: number;
  /** PKCS #8, base64. */
  privateKey: string;
  userHandle?: string;
}

/** The answer of an authenticator, as a page sends it. */
export interface AuthenticatorAnswer {
  id: string;
  rawId: string;
  response: Record<string, unknown>;
  [field: string]: unknown;
}

/** A page in a real browser with an authenticator that answers at once. It has the library of the sign-in page. */
export class PasskeyTab {
  private constructor(
    readonly tab: Tab,
    private readonly authenticatorId: string,
  ) {}

  static async open(browser: Browser, url: string): Promise<PasskeyTab> {
    const tab = await browser.newVisitor();
    await tab.send('Page.setBypassCSP', { enabled: true });
    await tab.send('WebAuthn.enable', {});
    const { authenticatorId } = await tab.send<{ authenticatorId: string }>('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const passkeyTab = new PasskeyTab(tab, authenticatorId);
    await passkeyTab.goTo(url);
    return passkeyTab;
  }

  async goTo(url: string): Promise<void> {
    await this.tab.open(url);
    await this.tab.evaluate(`${readFileSync(LIBRARY, 'utf8')}; 0`);
  }

  /** Has the authenticator make a credential. */
  register(options: object): Promise<AuthenticatorAnswer> {
    return this.answer('startRegistration', options);
  }

  /** Has the authenticator sign. */
  authenticate(options: object): Promise<AuthenticatorAnswer> {
    return this.answer('startAuthentication', options);
  }

  /** A request of the page. */
  fetch<T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }> {
    const init = JSON.stringify({
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return this.tab.evaluate(`fetch(${JSON.stringify(path)}, ${init}).then(async (answer) => {
      const text = await answer.text();
      return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
    })`);
  }

  async credentials(): Promise<VirtualCredential[]> {
    const { authenticatorId } = this;
    type Answer = { credentials: VirtualCredential[] };
    return (await this.tab.send<Answer>('WebAuthn.getCredentials', { authenticatorId })).credentials;
  }

  /** Puts a credential into this authenticator, which then has a copy of it. */
  async copy(credential: VirtualCredential): Promise<void> {
    const { authenticatorId } = this;
    const { credentialId } = credential;
    if ((await this.credentials()).some((known) => known.credentialId === credentialId)) {
      await this.tab.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
    }
    await this.tab.send('WebAuthn.addCredential', { authenticatorId, credential });
  }

  /** @throws Error with the words of the browser when it refuses. */
  private async answer(method: string, optionsJSON: object): Promise<AuthenticatorAnswer> {
    const { answer, refusal } = await this.tab.evaluate<{ answer?: AuthenticatorAnswer; refusal?: string }>(
      `SimpleWebAuthnBrowser.${method}(${JSON.stringify({ optionsJSON })})
        .then((answer) => ({ answer }), (error) => ({ refusal: String(error) }))`,
    );
    if (answer === undefined) throw new Error(refusal);
    return answer;
  }
}

const PRESENT = 1;

/**
 * The answer of an authenticator that has not verified its person. Chromium asks for a verification wherever the options
 * name no credentials; other browsers leave it to the authenticator.
 */
export function answerUnverified(
  { credentialId, privateKey, userHandle = '', signCount }: VirtualCredential,
  { challenge }: { challenge: string },
  origin: string,
): AuthenticatorAnswer {
  const clientData = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge, origin, crossOrigin: false }));
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(signCount + 1);
  const authenticatorData = Buffer.concat([sha256(new URL(origin).hostname), Buffer.from([PRESENT]), counter]);
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  const signed = Buffer.concat([authenticatorData, sha256(clientData)]);
  const signature = sign(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', signed, key);
  const id = Buffer.from(credentialId, 'base64').toString('base64url');
  const response = {
    clientDataJSON: clientData.toString('base64url'),
    authenticatorData: authenticatorData.toString('base64url'),
    signature: signature.toString('base64url'),
    userHandle: Buffer.from(userHandle, 'base64').toString('base64url'),
  };
  return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
}

function sha256(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}
