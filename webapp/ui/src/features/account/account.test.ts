import { expect, test } from 'vitest';
import { describeBrowser } from './api';

test('browsers are named by the most telling mark', () => {
  expect(
    describeBrowser(
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
    ),
  ).toBe('Edge on Windows');
  expect(describeBrowser('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
    'Firefox on Linux',
  );
  expect(describeBrowser('curl/8')).toBe('Browser');
  expect(describeBrowser(undefined)).toBe('Unknown browser');
});
