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

  static async open(browser: Browser, url: string, { canVerifyUser = true } = {}): Promise<PasskeyTab> {
    const tab = await browser.newVisitor();
    await tab.send('Page.setBypassCSP', { enabled: true });
    await tab.send('WebAuthn.enable', {});
    const { authenticatorId } = await tab.send<{ authenticatorId: string }>('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: canVerifyUser,
        isUserVerified: canVerifyUser,
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

  /** Puts a credential back as it was, as a copy of the authenticator would have it. */
  async restore(credential: VirtualCredential): Promise<void> {
    const { authenticatorId } = this;
    const { credentialId } = credential;
    await this.tab.send('WebAuthn.removeCredential', { authenticatorId, credentialId });
    await this.tab.send('WebAuthn.addCredential', { authenticatorId, credential });
  }

  private answer(method: string, optionsJSON: object): Promise<AuthenticatorAnswer> {
    return this.tab.evaluate(`SimpleWebAuthnBrowser.${method}(${JSON.stringify({ optionsJSON })})`);
  }
}
