import { expect, test } from 'vitest';
import { fullName, healthOf, type QueueItem } from './api';

const queue = (part: Partial<QueueItem>): QueueItem => ({
  id: 'queue_1',
  name: 'mail',
  type: 'custom',
  running: 0,
  queued: 0,
  paused: false,
  concurrencyLimit: null,
  concurrency: { current: null, base: null, override: null },
  ...part,
});

test('a pause explains more than a full queue', () => {
  expect(healthOf(queue({ paused: true, queued: 3, running: 2, concurrencyLimit: 2 }), 10).label).toBe('Paused');
});

test('a queue without a limit of its own is full at the limit of the environment', () => {
  expect(healthOf(queue({ queued: 1, running: 10 }), 10).label).toBe('At limit');
  expect(healthOf(queue({ queued: 1, running: 9 }), 10).label).toBe('Working');
});

test('a limit of zero holds everything', () => {
  expect(healthOf(queue({ concurrencyLimit: 0 }), 10).label).toBe('Limit 0');
});

test('the own queue of a task has a prefix', () => {
  expect(fullName(queue({ type: 'task', name: 'hello' }))).toBe('task/hello');
  expect(fullName(queue({}))).toBe('mail');
});
