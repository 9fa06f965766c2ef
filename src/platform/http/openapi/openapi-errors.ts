import { applyDecorators } from '@nestjs/common';
import { ApiExtension, getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { ProblemResponse } from '../problems/problem.dto.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Responses = NonNullable<NonNullable<OpenAPIObject['components']>['responses']>;

/** Marks an operation until its errors are described; it is not in the document. Each status has its own: they add up. */
const markOf = (status: number): `x-${string}` => `x-can-answer-${status}`;
const PROBLEM = 'application/problem+json';
const RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' as const } } };

/** The meaning of each error answer, the same for all routes. */
const ERRORS: Record<number, { description: string; headers?: typeof RETRY_AFTER }> = {
  400: { description: 'The request cannot be read' },
  401: { description: 'No valid API key or session; of a sign-in, a wrong password or code' },
  403: { description: 'The API key or the role lacks the scope of this route, or a sign-in is not allowed here' },
  404: { description: 'There is no such thing in this workspace' },
  409: { description: 'It conflicts with existing data; see `code`' },
  413: { description: 'The body is too large' },
  415: { description: 'The content type of the body is not supported' },
  422: { description: 'The input is not valid; `errors` lists every bad field' },
  429: { description: 'Too many requests', headers: RETRY_AFTER },
  431: { description: 'URL and headers have more than 16 KiB' },
  500: { description: 'Our fault; the log has the requestId' },
  503: { description: 'The database does not answer', headers: RETRY_AFTER },
};

/**
 * Declares error statuses that do not follow from what a route requires: 401, 403 and 429 of a route without an API key, 404 of
 * a route that reads what may not be there.
 */
export function ApiCanAnswer(...statuses: number[]): MethodDecorator & ClassDecorator {
  return applyDecorators(...statuses.map((status) => ApiExtension(markOf(status), true)));
}

/**
 * Adds the errors that each route can answer. They follow from what the route requires, so that they are described here
 * once and not on every route.
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
      addErrors(operation, errorsOf(operation, path, method));
    }
  }
}

/** The error statuses that a route can answer, by what it requires. */
function errorsOf(operation: Operation, path: string, method: string): number[] {
  const { security, parameters = [] } = operation;
  const isClosed = (security?.length ?? 0) > 0;
  const isWriting = !['get', 'options'].includes(method);
  const hasInput = isWriting || parameters.some((parameter) => 'in' in parameter && parameter.in === 'query');
  // A body may name a thing, as a path does.
  const namesThings = path.includes('{') || isWriting || !isClosed;
  return [
    400,
    ...(isClosed ? [401, 403, 429] : []),
    ...(namesThings ? [404] : []),
    ...(isWriting ? [409, 413, 415] : []),
    ...(hasInput ? [422] : []),
    431,
    500,
    503,
    ...takeMarks(operation),
  ];
}

/** Removes the marks of `ApiCanAnswer`. @returns their statuses. */
function takeMarks(operation: Operation): number[] {
  const marks = operation as Operation & { [mark: `x-${string}`]: unknown };
  return Object.keys(ERRORS)
    .map(Number)
    .filter((status) => {
      const isMarked = marks[markOf(status)] === true;
      delete marks[markOf(status)];
      return isMarked;
    });
}

function addErrors({ responses }: Operation, statuses: number[]): void {
  const image = imageOf(responses['200']);
  for (const status of statuses) {
    const own = responses[String(status)];
    const content = own === undefined || '$ref' in own ? {} : (own.content ?? {});
    // Some routes answer more than a problem: a verdict on a postback, or an image in all cases.
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
