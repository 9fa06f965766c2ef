import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemResponse } from './problem.dto.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Responses = NonNullable<NonNullable<OpenAPIObject['components']>['responses']>;

const PROBLEM = 'application/problem+json';
const RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' as const } } };

/** What each error answer means, wherever it is given. */
const ERRORS: Record<number, { description: string; headers?: typeof RETRY_AFTER }> = {
  400: { description: 'The request can not be read' },
  401: { description: 'No API key, or none that is valid' },
  403: { description: 'The API key lacks the scope of this route' },
  404: { description: 'There is no such thing in this workspace' },
  409: { description: 'It conflicts with what exists; see `code`' },
  413: { description: 'The body is too large' },
  415: { description: 'The body is of a content type that is not understood' },
  422: { description: 'The input is not valid; `errors` lists every bad field' },
  429: { description: 'Too many requests', headers: RETRY_AFTER },
  431: { description: 'URL and headers have more than 16 KiB' },
  500: { description: 'Our fault; the log has the requestId' },
  503: { description: 'The database does not answer', headers: RETRY_AFTER },
};

/**
 * Names the errors that each route can answer. All routes answer an error in the same way, so this is said once, by what a
 * route asks for, and not on every route by hand.
 */
export function describeErrors(document: OpenAPIObject): void {
  const responses: Responses = {};
  for (const [status, error] of Object.entries(ERRORS))
    responses[`Problem${status}`] = { ...error, content: problem() };
  document.components = { ...document.components, responses };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of ['get', 'post', 'put', 'patch', 'delete', 'options'] as const) {
      const operation = item[method];
      if (operation === undefined) continue;
      describeVerdicts(operation, path);
      addErrors(operation, errorsOf(operation, path, method));
    }
  }
}

/** The error statuses that a route can answer, by what it asks for. */
function errorsOf({ security, parameters = [] }: Operation, path: string, method: string): number[] {
  const isClosed = (security?.length ?? 0) > 0;
  const isWriting = !['get', 'options'].includes(method);
  const hasInput = isWriting || parameters.some((parameter) => 'in' in parameter && parameter.in === 'query');
  const isLimited = isClosed || /^\/(?:postback|pixel|api)\//.test(path);
  return [
    400,
    ...(isClosed ? [401, 403] : []),
    ...(path.includes('{') || !isClosed ? [404] : []),
    ...(isWriting ? [409, 413, 415] : []),
    ...(hasInput ? [422] : []),
    ...(isLimited ? [429] : []),
    431,
    500,
    503,
  ];
}

/** What is refused for its sender has the same verdict as what is rejected; a network may want either as text. */
function describeVerdicts({ responses }: Operation, path: string): void {
  const rejected = responses['422'];
  if (rejected === undefined || '$ref' in rejected) return;
  responses['403'] = { description: 'Not allowed: see the postback log', content: { ...rejected.content } };
  if (!path.startsWith('/postback/')) return;
  for (const response of [responses['200'], rejected, responses['403']]) {
    if (response === undefined || '$ref' in response) continue;
    response.content = { ...response.content, 'text/plain': { schema: { type: 'string' } } };
  }
}

function addErrors({ responses }: Operation, statuses: number[]): void {
  const image = imageOf(responses['200']);
  for (const status of statuses) {
    const own = responses[String(status)];
    const content = own === undefined || '$ref' in own ? {} : (own.content ?? {});
    // Some answer more than a problem there: a verdict on a postback, or an image whatever came of it.
    if (Object.keys({ ...content, ...image }).length === 0) {
      responses[String(status)] = { $ref: `#/components/responses/Problem${status}` };
    } else {
      const { description = '' } = (own ?? ERRORS[status] ?? {}) as { description?: string };
      responses[String(status)] = { description, content: { ...content, ...image, ...problem() } };
    }
  }
}

function imageOf(response: Operation['responses'][string] | undefined): Record<string, object> {
  const content = response === undefined || '$ref' in response ? {} : (response.content ?? {});
  return Object.fromEntries(Object.entries(content).filter(([type]) => type.startsWith('image/')));
}

function problem(): Record<string, { schema: { $ref: string } }> {
  return { [PROBLEM]: { schema: { $ref: getSchemaPath(ProblemResponse) } } };
}
