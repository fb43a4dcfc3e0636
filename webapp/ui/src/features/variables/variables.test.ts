import { expect, test } from 'vitest';
import { parseLines } from './api';

test('lines become variables; comments and noise do not', () => {
  expect(parseLines('# top\nA=1\nexport B = two # note\n\nnot a line\nC=\r\n')).toEqual({ A: '1', B: 'two', C: '' });
});

test('quotes keep blanks, hashes and line breaks', () => {
  expect(parseLines(`A="x # y\\nz"\nB='it # is'\nC="say \\"hi\\""`)).toEqual({
    A: 'x # y\nz',
    B: 'it # is',
    C: 'say "hi"',
  });
});

test('an equals sign may be part of a value', () => {
  expect(parseLines('URL=postgres://h/db?a=b')).toEqual({ URL: 'postgres://h/db?a=b' });
});
