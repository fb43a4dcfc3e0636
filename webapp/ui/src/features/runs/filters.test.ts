import { describe, expect, it } from 'vitest';
import { asBulkFilter, hasFilters, matches, parseFilters, withMore, writeFilters } from './filters';
import { ALL_STATUSES } from './status';

const parse = (text: string) => parseFilters(new URLSearchParams(text));
const write = (text: string, filters: Parameters<typeof writeFilters>[1]) =>
  writeFilters(new URLSearchParams(text), filters).toString();

describe('parseFilters', () => {
  it('reads statuses and task', () => {
    expect(parse('status=EXECUTING,QUEUED&task=hello-world')).toEqual({
      statuses: ['QUEUED', 'EXECUTING'],
      task: 'hello-world',
    });
  });

  it('forgives case, repetition and spaces, and drops unknown statuses', () => {
    expect(parse('status=failed,,FAILED&status=%20queued,NO_SUCH&task=%20a%20')).toEqual({
      statuses: ['QUEUED', 'FAILED'],
      task: 'a',
    });
  });

  it('does not take names of object members for statuses', () => {
    expect(parse('status=constructor,__proto__,toString').statuses).toEqual([]);
  });

  it('finds nothing in an empty address', () => {
    expect(hasFilters(parse(''))).toBe(false);
  });
});

describe('writeFilters', () => {
  it('survives a round trip, hostile task names included', () => {
    const filters = { statuses: ['QUEUED' as const, 'FAILED' as const], task: 'a&status=x #%é<script>' };
    expect(parse(write('', filters))).toEqual(filters);
  });

  it('keeps other parameters and removes empty filters', () => {
    expect(write('status=QUEUED&task=a&tab=logs', { statuses: [], task: '' })).toBe('tab=logs');
  });

  it('writes every status as none, since it filters nothing', () => {
    expect(write('', { statuses: [...ALL_STATUSES], task: '' })).toBe('');
  });
});

describe('matches', () => {
  const run = { status: 'QUEUED', taskId: 'a' };

  it('takes any run where nothing is filtered', () => {
    expect(matches({ statuses: [], task: '' }, run)).toBe(true);
  });

  it('wants both the status and the task', () => {
    expect(matches({ statuses: ['QUEUED'], task: 'a' }, run)).toBe(true);
    expect(matches({ statuses: ['FAILED'], task: 'a' }, run)).toBe(false);
    expect(matches({ statuses: ['QUEUED'], task: 'b' }, run)).toBe(false);
  });
});

describe('further filters', () => {
  it('survive a round trip', () => {
    const filters = { statuses: [], task: '', more: { tag: 'a b', period: '1d', isTest: 'true' } };
    expect(parse(write('', filters))).toEqual(filters);
    expect(hasFilters(filters)).toBe(true);
  });

  it('leave nothing behind when the last one is taken out', () => {
    const one = withMore({ statuses: [], task: '' }, 'tag', 'x');
    expect(one).toEqual({ statuses: [], task: '', more: { tag: 'x' } });
    expect(withMore(one, 'tag', '')).toEqual({ statuses: [], task: '' });
  });
});

describe('asBulkFilter', () => {
  it('says the same in the words of the API', () => {
    const more = { queue: 'task/a', isTest: 'false', tag: 'x', period: '7d' };
    expect(asBulkFilter({ statuses: ['FAILED'], task: 'a', more })).toEqual({
      status: ['FAILED'],
      taskIdentifier: 'a',
      queue: { type: 'task', name: 'a' },
      isTest: false,
      tag: 'x',
      period: '7d',
    });
  });

  it('reaches back to the beginning where no time is named', () => {
    expect(asBulkFilter({ statuses: ['FAILED'], task: '' })).toEqual({ status: ['FAILED'], from: '0' });
  });
});
