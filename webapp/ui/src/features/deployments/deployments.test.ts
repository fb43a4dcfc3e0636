import { expect, test } from 'vitest';
import { compareVersions } from './api';

test('versions are compared as numbers', () => {
  expect(compareVersions('20261121.9', '20261121.10')).toBeLessThan(0);
  expect(compareVersions('20261122.1', '20261121.10')).toBeGreaterThan(0);
  expect(compareVersions('20261121.1', '20261121.1')).toBe(0);
});
