import { expect, test } from 'vitest';
import { NO_OPTIONS, optionsToSend } from './options';

test('what was left empty is not sent', () => {
  expect(optionsToSend(NO_OPTIONS)).toEqual({ test: true });
});

test('texts, numbers, tags and metadata get their types', () => {
  expect(
    optionsToSend({
      ...NO_OPTIONS,
      delay: ' 5m ',
      tags: 'a, b,,',
      maxAttempts: '3',
      queue: 'mail',
      version: '20261121.1',
      metadata: '{"a":1}',
    }),
  ).toEqual({
    test: true,
    delay: '5m',
    tags: ['a', 'b'],
    maxAttempts: 3,
    queue: { name: 'mail' },
    lockToVersion: '20261121.1',
    metadata: { a: 1 },
  });
});
