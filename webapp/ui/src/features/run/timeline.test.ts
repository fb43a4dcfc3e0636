import { describe, expect, it } from 'vitest';
import { segmentsOf } from './timeline';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const NOW = Date.parse(at(50));

const shortOf = (run: Parameters<typeof segmentsOf>[0]) =>
  segmentsOf(run, NOW).map(({ label, startMs, durationMs }) => [label, startMs / 1000, durationMs / 1000]);

describe('segmentsOf', () => {
  it('shows a run that waits as one growing wait', () => {
    expect(shortOf({ createdAt: at(0), attempts: [] })).toEqual([['Queued', 0, 50]]);
  });

  it('fills the time between attempts with waits', () => {
    const run = {
      createdAt: at(0),
      finishedAt: at(20),
      attempts: [
        { number: 2, status: 'COMPLETED', startedAt: at(10), finishedAt: at(20) },
        { number: 1, status: 'FAILED', startedAt: at(2), finishedAt: at(5) },
      ],
    };
    expect(shortOf(run)).toEqual([
      ['Queued', 0, 2],
      ['Attempt 1', 2, 3],
      ['Waiting to retry', 5, 5],
      ['Attempt 2', 10, 10],
    ]);
  });

  it('tells the start of an attempt from the wait for it', () => {
    const run = {
      createdAt: at(0),
      startedAt: at(2),
      attempts: [{ number: 1, status: 'EXECUTING', takenAt: at(2), startedAt: at(30) }],
    };
    expect(shortOf(run)).toEqual([
      ['Queued', 0, 2],
      ['Starting', 2, 28],
      ['Attempt 1', 30, 20],
    ]);
    expect(shortOf({ ...run, attempts: [] })).toEqual([
      ['Queued', 0, 2],
      ['Starting', 2, 48],
    ]);
  });

  it('lets an attempt that executes grow until now', () => {
    const run = { createdAt: at(0), attempts: [{ number: 1, status: 'EXECUTING', startedAt: at(30) }] };
    expect(shortOf(run)).toEqual([
      ['Queued', 0, 30],
      ['Attempt 1', 30, 20],
    ]);
  });

  it('never has a negative length when clocks disagree', () => {
    const run = { createdAt: at(59), attempts: [{ number: 1, status: 'EXECUTING', startedAt: at(58) }] };
    expect(segmentsOf(run, NOW)).toEqual([]);
  });
});
