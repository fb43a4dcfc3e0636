import { describe, expect, it } from 'vitest';
import { isPage } from './destination';

describe('isPage', () => {
  it('leads to pages of this server only', () => {
    expect(isPage('/envs/prod/runs?status=FAILED')).toBe(true);
    expect(isPage('/account/authorization-code/abc')).toBe(true);
    for (const path of ['/', '/login', '/login?token=x', '//example.com', '/\\example.com', 'https://example.com', '']) {
      expect(isPage(path)).toBe(false);
    }
  });
});
