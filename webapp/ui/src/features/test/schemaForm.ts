/** The part of JSON Schema from which a form can be made. */
export interface Schema {
  type?: string | string[];
  title?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  format?: string;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  $ref?: string;
}

export type Input = 'text' | 'area' | 'number' | 'check' | 'choice' | 'json';

export interface FormField {
  name: string;
  label: string;
  hint: string | undefined;
  input: Input;
  isRequired: boolean;
  isWhole: boolean;
  choices: string[];
}

/** The fields of an object's schema; undefined where a form would not do, and JSON must be written by hand. */
export function fieldsOf(schema: unknown): FormField[] | undefined {
  if (!isSchema(schema) || (typeOf(schema) !== 'object' && schema.properties === undefined)) {
    return undefined;
  }
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => [name, plainOf(property)] as const);
  if (properties.length === 0) {
    return undefined;
  }
  return properties.map(([name, property]) => ({
    name,
    label: property.title ?? name,
    hint: hintOf(property),
    input: inputOf(property),
    isRequired: schema.required?.includes(name) ?? false,
    isWhole: typeOf(property) === 'integer',
    choices: choicesOf(property).map(String),
  }));
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Optional values are often written as a type or null. */
function typeOf(schema: Schema): string | undefined {
  return Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
}

/** What is optional is often written as a schema or null; the schema is what a form asks for. */
function plainOf(schema: Schema): Schema {
  const { anyOf, ...rest } = schema;
  const [only, ...others] = anyOf?.filter(({ type }) => type !== 'null') ?? [];
  return only === undefined || others.length > 0 ? schema : { ...rest, ...only };
}

/** An optional choice may be null; a form leaves it out. */
function choicesOf(schema: Schema): unknown[] {
  return (schema.enum ?? []).filter((one) => one !== null);
}

function inputOf(schema: Schema): Input {
  if (schema.enum !== undefined) {
    return choicesOf(schema).every((one) => typeof one === 'string') ? 'choice' : 'json';
  }
  switch (typeOf(schema)) {
    case 'string':
      return schema.format === 'textarea' ? 'area' : 'text';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'check';
    default:
      return 'json';
  }
}

function hintOf({ description, format, minimum, maximum }: Schema): string | undefined {
  const range =
    minimum !== undefined && maximum !== undefined
      ? `${minimum} to ${maximum}`
      : minimum !== undefined
        ? `at least ${minimum}`
        : maximum !== undefined
          ? `at most ${maximum}`
          : undefined;
  const said = [description, format, range].filter((part) => part !== undefined && part !== '');
  return said.length === 0 ? undefined : said.join(' · ');
}

/** A payload to start from: what the schema names as defaults and examples, else an empty value of each type. */
export function exampleOf(schema: unknown): unknown {
  return (isSchema(schema) ? exampleIn(plainOf(schema)) : undefined) ?? {};
}

/** Undefined where the schema is somewhere else; a member is left out then. */
function exampleIn(schema: Schema): unknown {
  if (schema.default !== undefined) {
    return schema.default;
  }
  if (schema.examples?.[0] !== undefined) {
    return schema.examples[0];
  }
  if (schema.const !== undefined) {
    return schema.const;
  }
  if (schema.enum?.[0] !== undefined) {
    return choicesOf(schema)[0] ?? null;
  }
  switch (typeOf(schema) ?? (schema.properties ? 'object' : undefined)) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, property]) => [name, exampleIn(plainOf(property))]),
      );
    case 'array':
      return [];
    case 'string':
      return '';
    case 'number':
    case 'integer':
      return schema.minimum ?? 0;
    case 'boolean':
      return false;
    default:
      return schema.$ref === undefined ? {} : undefined;
  }
}

/** Sets one member of an object's JSON text; a text that is no object is left alone. */
export function withMember(text: string, name: string, value: unknown): string {
  const object = objectOf(text);
  if (object === undefined) {
    return text;
  }
  const changed = { ...object };
  if (value === undefined) {
    delete changed[name];
  } else {
    changed[name] = value;
  }
  return JSON.stringify(changed, null, 2);
}

export function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with a text as JSON, in the browser's words; undefined where nothing is. */
export function jsonProblem(text: string): string | undefined {
  if (text.trim() === '') {
    return undefined;
  }
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'This is not JSON.';
  }
}
