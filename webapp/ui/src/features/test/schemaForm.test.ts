import { expect, test } from 'vitest';
import { exampleOf, fieldsOf, jsonProblem, withMember } from './schemaForm';

const SCHEMA = {
  type: 'object',
  required: ['url'],
  properties: {
    url: { type: 'string', format: 'uri', description: 'Where from' },
    rows: { type: 'integer', minimum: 1, maximum: 100 },
    mode: { enum: ['fast', 'exact'] },
    isDry: { type: ['boolean', 'null'], default: true },
    tags: { type: 'array', items: { type: 'string' } },
  },
};

test('each property becomes the input that fits its type', () => {
  expect(fieldsOf(SCHEMA)?.map((field) => [field.name, field.input, field.isRequired])).toEqual([
    ['url', 'text', true],
    ['rows', 'number', false],
    ['mode', 'choice', false],
    ['isDry', 'check', false],
    ['tags', 'json', false],
  ]);
});

test('an optional choice, as the Java SDK writes it, is a choice', () => {
  const size = { description: 'How large', anyOf: [{ type: 'string', enum: ['SMALL', 'LARGE'] }, { type: 'null' }] };
  const address = { anyOf: [{ $ref: '#/definitions/Address' }, { type: 'null' }] };
  const schema = { type: 'object', properties: { size, address } };
  expect(fieldsOf(schema)?.map(({ input, choices, hint }) => [input, choices, hint])).toEqual([
    ['choice', ['SMALL', 'LARGE'], 'How large'],
    ['json', [], undefined],
  ]);
  expect(JSON.stringify(exampleOf(schema))).toBe('{"size":"SMALL"}');
});

test('hints say description, format and range', () => {
  expect(fieldsOf(SCHEMA)?.map((field) => field.hint).slice(0, 2)).toEqual(['Where from · uri', '1 to 100']);
});

test('a schema without properties has no form', () => {
  expect(fieldsOf({ type: 'object' })).toBeUndefined();
  expect(fieldsOf({ type: 'array', items: {} })).toBeUndefined();
  expect(fieldsOf(undefined)).toBeUndefined();
  expect(fieldsOf('string')).toBeUndefined();
});

test('an example takes defaults before empty values', () => {
  expect(exampleOf(SCHEMA)).toEqual({ url: '', rows: 1, mode: 'fast', isDry: true, tags: [] });
  expect(exampleOf(undefined)).toEqual({});
});

test('a member is set, or taken out, without touching the others', () => {
  expect(JSON.parse(withMember('{"a":1,"b":2}', 'a', 3))).toEqual({ a: 3, b: 2 });
  expect(JSON.parse(withMember('{"a":1,"b":2}', 'a', undefined))).toEqual({ b: 2 });
  expect(withMember('[1]', 'a', 3)).toBe('[1]');
});

test('a wrong text is told, an empty one is no payload', () => {
  expect(jsonProblem('{"a":')).toBeDefined();
  expect(jsonProblem(' ')).toBeUndefined();
});
