import type { OpenAPIObject } from '@nestjs/swagger';
import type { Route } from '../support/api/api-client.js';

interface Schema {
  $ref?: string;
  type?: string;
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: unknown;
  example?: Record<string, unknown>;
}

interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
}

/** Where something can be put into a field of a body: the names that lead to it. */
export interface Field {
  path: string[];
  type: string;
  /** Where its own fields may be called as one likes: a value of one of them. */
  example?: unknown;
}

/** A field whose own fields may be called as one likes, and a value that is good for one of them. */
export interface NamedMap {
  path: string[];
  value: unknown;
}

/** Where text and values of somebody's own go in with a route. */
export interface InjectionPoints {
  query: string[];
  fields: Field[];
  maps: NamedMap[];
}

const MAX_DEPTH = 4;

/** All that the OpenAPI document says can be sent with a route. */
export function injectionPoints(document: OpenAPIObject, { path, method }: Route): InjectionPoints {
  const operation = (document.paths[path] as unknown as Record<string, Operation>)[method] ?? {};
  const schema = operation.requestBody?.content['application/json']?.schema;
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const fields = schema === undefined ? [] : fieldsOf(document, schema, [], 0);
  const maps = fields.flatMap(({ path, example }) => (example === undefined ? [] : [{ path, value: example }]));
  return { query, fields, maps };
}

function fieldsOf(document: OpenAPIObject, given: Schema, path: string[], depth: number): Field[] {
  const schema = resolve(document, given);
  if (depth > MAX_DEPTH) return [];
  const [example] = schema.additionalProperties === undefined ? [] : Object.values(schema.example ?? {});
  const here: Field[] = path.length === 0 ? [] : [{ path, type: schema.type ?? 'object', example }];
  const parts = (schema.allOf ?? []).flatMap((part) => fieldsOf(document, part, path, depth + 1));
  const properties = Object.entries(schema.properties ?? {}).flatMap(([name, property]) =>
    fieldsOf(document, property, [...path, name], depth + 1),
  );
  const items = schema.items === undefined ? [] : fieldsOf(document, schema.items, [...path, '0'], depth + 1);
  return [...here, ...parts, ...properties, ...items];
}

function resolve(document: OpenAPIObject, schema: Schema): Schema {
  const name = schema.$ref?.split('/').at(-1);
  if (name === undefined) return schema;
  return (document.components?.schemas?.[name] ?? {}) as Schema;
}

/** A body with a value at the place of a field; what leads there is made, the rest is as it was. */
export function bodyWith(base: object, path: readonly string[], value: unknown): object {
  const [name = '', ...rest] = path;
  if (path.length === 0) return base;
  const inner = (base as Record<string, unknown>)[name];
  const isObject = typeof inner === 'object' && inner !== null;
  const within = rest.length === 0 ? value : bodyWith(isObject ? inner : rest[0] === '0' ? [] : {}, rest, value);
  if (Array.isArray(base) || name === '0') return [within];
  return { ...base, [name]: within };
}
