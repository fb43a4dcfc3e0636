import { describe, expect, it } from 'vitest';
import { prettyJson } from './json';

const pretty = (text: string) =>
  prettyJson(text)
    ?.map((token) => token.text)
    .join('');

describe('prettyJson', () => {
  it('indents like JSON.stringify', () => {
    const value = { a: [1, { b: null }], 'c"d': 'x\\y', e: {}, f: [], g: true };
    expect(pretty(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  });

  it('keeps digits, doubled keys and their order', () => {
    expect(pretty('{"b":12345678901234567890.10,"a":1,"b":1e400}')).toBe(
      '{\n  "b": 12345678901234567890.10,\n  "a": 1,\n  "b": 1e400\n}',
    );
  });

  it('tells keys from strings', () => {
    expect(prettyJson('{"a":"b"}')?.filter(({ kind }) => kind === 'key' || kind === 'string')).toEqual([
      { kind: 'key', text: '"a"' },
      { kind: 'string', text: '"b"' },
    ]);
  });

  it('takes a lone value', () => {
    expect(pretty(' "x" ')).toBe('"x"');
  });

  it.each(['', 'hello', '{"a":', '{a:1}', '[1 2]', '<b>', '{"cut": "off'])('refuses %j', (text) => {
    expect(prettyJson(text)).toBeUndefined();
  });
});
