import { describe, expect, it } from 'vitest';
import { payloadAt, payloadOf, plainPayload } from './scheduled';

describe('the payload of a scheduled task', () => {
  const source = { id: 'sched_1', type: 'IMPERATIVE', timezone: 'Europe/Berlin', externalId: 'customer_7' } as const;

  it('is what the next tick will say', () => {
    expect(payloadOf(source, ['2026-11-23T08:00:00.000Z', '2026-11-24T08:00:00.000Z'])).toEqual({
      timestamp: '2026-11-23T08:00:00.000Z',
      timezone: 'Europe/Berlin',
      scheduleId: 'sched_1',
      type: 'IMPERATIVE',
      externalId: 'customer_7',
      upcoming: ['2026-11-24T08:00:00.000Z'],
    });
  });

  it('is not there for a rule that never comes due', () => {
    expect(payloadOf(source, [])).toBeUndefined();
  });

  it('can be made for this moment', () => {
    expect(payloadAt(0, 'UTC')).toEqual({
      timestamp: '1970-01-01T00:00:00.000Z',
      timezone: 'UTC',
      type: 'IMPERATIVE',
      upcoming: [],
    });
  });
});

describe('the payload of an earlier run', () => {
  it('loses the description of its types', () => {
    const stored = '{"json":{"timezone":"UTC"},"meta":{"values":{"timestamp":["Date"]}}}';
    expect(plainPayload(stored, 'application/super+json')).toBe('{\n  "timezone": "UTC"\n}');
  });

  it('stays as it is where it describes nothing', () => {
    expect(plainPayload('{"json":1}', 'application/json')).toBe('{\n  "json": 1\n}');
    expect(plainPayload('not json', 'text/plain')).toBe('not json');
  });
});
