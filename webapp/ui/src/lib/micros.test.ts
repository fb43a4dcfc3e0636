import { describe, expect, it } from 'vitest';
import { momentOf } from './micros';

describe('momentOf', () => {
  it('keeps what lies below a millisecond', () => {
    expect(momentOf('1970-01-01T00:00:00.001250Z')).toBeCloseTo(1.25, 6);
    expect(momentOf('1970-01-01T00:00:00.001Z')).toBe(1);
    expect(momentOf('1970-01-01T00:00:01Z')).toBe(1000);
  });
});
