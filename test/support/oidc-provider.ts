import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { JsonWebKey } from 'node:crypto';
import Provider, { type ProviderContext } from 'oidc-provider';
import { freePort } from '../../src/platform/embedded/free-port.js';

export const OIDC_CLIENT = { id: 'hopback', secret: 'a-secret-of-the-test-client' };
const SCOPES = 'openid email profile roles';
const MAX_STEPS = 10;

export interface OidcClaims {
  sub: string;
  email?: string;
  email_verified?: unknown;
  name?: string;
  roles?: unknown;
}

type IdToken = Record<string, unknown>;

/** A real OpenID provider on loopback. It asks nothing: every browser is signed in as the person of `claims`. */
export class OidcProvider {
  /** The person who signs in next. */
  claims: OidcClaims = { sub: 'nobody' };
  /** The person refuses. */
  isRefused = false;
  /** It closes all connections. */
  isDown = false;
  /** Changes the ID token, which is then signed again. */
  changeIdToken: ((claims: IdToken) => IdToken) | undefined;
  /** Signs with a key that it does not publish. */
  usesUnknownKey = false;
  /** Paths that were requested. */
  readonly requests: string[] = [];
  readonly issuer: string;
  private readonly key = newKey();
  private readonly server: Server;

  private constructor(private readonly port: number) {
    this.issuer = `http://127.0.0.1:${port}`;
    this.server = createServer();
  }

  /** Reserves its port. It answers after `start`. */
  static async create(): Promise<OidcProvider> {
    return new OidcProvider(await freePort());
  }

  /** The settings of an application that uses it. */
  get env(): Record<string, string> {
    return {
      OIDC_ISSUER: this.issuer,
      OIDC_CLIENT_ID: OIDC_CLIENT.id,
      OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
      OIDC_SCOPES: SCOPES,
      OIDC_NAME: 'Test provider',
    };
  }

  async start(...redirectUris: string[]): Promise<void> {
    const provider = new Provider(this.issuer, this.configuration(redirectUris));
    provider.use(async (context, next) => {
      await next();
      if (context.path === '/token') this.changeTokens(context);
    });
    const answer = provider.callback();
    this.server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const path = request.url ?? '';
      this.requests.push(path.split('?')[0] ?? '');
      if (this.isDown) request.socket.destroy();
      else if (path.startsWith('/interaction/')) void this.finishInteraction(provider, request, response);
      else answer(request, response);
    });
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Follows the redirects of the provider like a new browser. @returns the URL of the callback. */
  async authorize(url: string): Promise<string> {
    const cookies = new Map<string, string>();
    let next = url;
    for (let step = 0; step < MAX_STEPS && next.startsWith(this.issuer); step++) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(next, { redirect: 'manual', headers: { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      const location = answer.headers.get('location');
      if (location === null) throw new Error(`provider: ${answer.status} ${await answer.text()}`);
      next = new URL(location, next).href;
    }
    return next;
  }

  private configuration(redirectUris: string[]): Record<string, unknown> {
    return {
      clients: [{ client_id: OIDC_CLIENT.id, client_secret: OIDC_CLIENT.secret, redirect_uris: redirectUris }],
      jwks: { keys: [this.key] },
      cookies: { keys: ['cookies-of-the-test-provider'] },
      pkce: { required: () => true },
      scopes: ['openid', 'roles'],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], roles: ['roles'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
      findAccount: (_context: unknown, accountId: string) => ({ accountId, claims: () => this.claims }),
      loadExistingGrant: async ({ oidc }: ProviderContext) => {
        const { client, session, provider } = oidc;
        const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
        grant.addOIDCScope(SCOPES);
        await grant.save();
        return grant;
      },
    };
  }

  private async finishInteraction(
    provider: Provider,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const refusal = { error: 'access_denied', error_description: '<b>text of the provider</b>' };
    const result = this.isRefused ? refusal : { login: { accountId: this.claims.sub } };
    await provider.interactionFinished(request, response, result);
  }

  private changeTokens(context: ProviderContext): void {
    const body = context.body as { id_token?: string };
    if (body.id_token === undefined || (!this.usesUnknownKey && this.changeIdToken === undefined)) return;
    const [head = '', payload = ''] = body.id_token.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as IdToken;
    const changed = Buffer.from(JSON.stringify(this.changeIdToken?.(claims) ?? claims)).toString('base64url');
    const key = createPrivateKey({ key: this.usesUnknownKey ? newKey() : this.key, format: 'jwk' });
    const signature = sign('sha256', Buffer.from(`${head}.${changed}`), key).toString('base64url');
    context.body = { ...body, id_token: `${head}.${changed}.${signature}` };
  }
}

function newKey(): JsonWebKey & { kid: string } {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid: 'test-key', alg: 'RS256', use: 'sig' };
}
