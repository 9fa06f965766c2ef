import createClient, { type Middleware } from 'openapi-fetch';
import type { components, paths } from './openapi';
import { ApiProblem } from './problem';

// All requests are sent here, but for files with a progress (upload.ts). The types come from the server's OpenAPI document (`npm run api:types`).

/** A schema of the API by its name: `Schema<'LinkResponse'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** Called when the session has ended, and when an act needs a recent sign-in. Set once by the application. */
interface SessionHooks {
  onSignedOut: () => void;
  /** Resolves when the person has proved again who they are; rejects when they cancel. */
  confirmPerson: () => Promise<void>;
}

let hooks: SessionHooks | undefined;

export function setSessionHooks(given: SessionHooks): void {
  hooks = given;
}

const throwProblems: Middleware = {
  async onRequest({ request }) {
    request.headers.set('accept', 'application/json');
    return undefined;
  },
  async onResponse({ response, request }) {
    if (response.ok) return undefined;
    const problem = await readProblem(response);
    const isSignIn = new URL(request.url).pathname.startsWith('/api/v1/auth/');
    if (response.status === 401 && !isSignIn) hooks?.onSignedOut();
    throw problem;
  },
};

async function readProblem(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('retry-after')) || undefined;
  try {
    return new ApiProblem(response.status, (await response.json()) as object, retryAfter);
  } catch {
    return new ApiProblem(response.status, {}, retryAfter);
  }
}

/** Sends a request; when the server wants a recent sign-in, the person confirms it and the request is sent once more. */
async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await sendOnce(request);
  if (response.status !== 403 || hooks === undefined) return response;
  const problem = await readProblem(response.clone());
  if (problem.code !== 'sign_in_again') return response;
  await hooks.confirmPerson();
  return sendOnce(again);
}

async function sendOnce(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ApiProblem(0, { detail: 'The server cannot be reached. Check your connection, and try again.' });
  }
}

/** The API of this server. Errors are thrown as `ApiProblem`. */
export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: send, cache: 'no-store' });
api.use(throwProblems);

/** The body of a successful answer. openapi-fetch types it as optional, because it also returns errors. */
export function bodyOf<Data>(answer: { data?: Data }): NonNullable<Data> {
  return answer.data as NonNullable<Data>;
}

/** Sends a file or text as it stands, such as CSV. `path` begins with `/api/v1`. */
export async function sendText<Answer>(
  path: string,
  { method = 'POST', contentType, body }: { method?: string; contentType: string; body: BodyInit },
): Promise<Answer> {
  const headers = { 'content-type': contentType, accept: 'application/json' };
  const response = await send(new Request(path, { method, headers, body, cache: 'no-store' }));
  if (!response.ok) throw await readProblem(response);
  return (await response.json()) as Answer;
}

/** A request whose answer is no JSON, such as a picture. */
export async function fetchBlob(path: string, init?: RequestInit): Promise<Blob> {
  const response = await send(new Request(path, { cache: 'no-store', ...init }));
  if (!response.ok) throw await readProblem(response);
  return response.blob();
}
