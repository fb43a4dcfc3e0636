import { describe, expect, it } from 'vitest';
import {
  formatAbsolute,
  formatClock,
  formatDuration,
  formatElapsed,
  formatRelative,
  formatSpan,
  plural,
  shortId,
} from './format';

describe('formatSpan', () => {
  it('shows what lies below ten milliseconds', () => {
    expect([0, 0.354, 1.5, 9.99, 10.4, 1500].map(formatSpan)).toEqual([
      '0 ms',
      '0.35 ms',
      '1.5 ms',
      '9.99 ms',
      '10 ms',
      '1.5 s',
    ]);
  });
});

describe('formatDuration', () => {
  it.each([
    [-5, '0 ms'],
    [0, '0 ms'],
    [999, '999 ms'],
    [1000, '1.0 s'],
    [59_999, '59.9 s'],
    [60_000, '1m 00s'],
    [3_599_999, '59m 59s'],
    [3_600_000, '1h 00m'],
    [86_399_999, '23h 59m'],
    [90_000_000, '1d 01h'],
  ])('writes %i as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('counts whole seconds while a duration grows', () => {
    expect(formatElapsed(1900)).toBe('1 s');
    expect(formatElapsed(-300)).toBe('0 s');
    expect(formatElapsed(61_000)).toBe('1m 01s');
  });
});

describe('formatRelative', () => {
  const now = Date.UTC(2026, 10, 21, 12);

  it.each([
    [0, 'just now'],
    [-1500, 'just now'],
    [12_000, '12s ago'],
    [-300_000, 'in 5m'],
    [7_200_000, '2h ago'],
    [3 * 86_400_000, '3d ago'],
  ])('says %i ms as %s', (ago, text) => {
    expect(formatRelative(now - ago, now)).toBe(text);
  });

  it('says the date from a year on', () => {
    expect(formatRelative(now - 400 * 86_400_000, now)).toMatch(/^2025-10-1\d$/);
  });
});

describe('absolute times', () => {
  it('names the offset that held then, not the one of today', () => {
    expect(formatAbsolute(Date.UTC(2026, 6, 1, 12, 0, 0, 7), 'Europe/Berlin')).toBe(
      '2026-07-01 14:00:00.007 UTC+2 (Europe/Berlin)',
    );
    expect(formatAbsolute(Date.UTC(2026, 0, 1, 12), 'Europe/Berlin')).toContain('13:00:00.000 UTC+1');
  });

  it('writes midnight as 00', () => {
    expect(formatAbsolute(Date.UTC(2026, 0, 1), 'UTC')).toBe('2026-01-01 00:00:00.000 UTC');
    expect(formatClock(Date.UTC(2026, 0, 1, 0, 0, 5, 40), 'UTC')).toBe('00:00:05.040');
  });
});

describe('shortId', () => {
  it('keeps the prefix and the end, where ids of one moment differ', () => {
    expect(shortId('run_06f3k2v9q8xj4n7m5c1d0wztab')).toBe('run_…1d0wztab');
  });

  it('leaves what is short as it is', () => {
    expect(shortId('run_1')).toBe('run_1');
    expect(shortId('plain')).toBe('plain');
  });
});

describe('plural', () => {
  it('agrees with the number', () => {
    expect([plural(1, 'run'), plural(1200, 'run')]).toEqual(['1 run', '1,200 runs']);
  });
});
