import { describe, expect, it } from 'vitest';
import type { FoundLine } from './api';
import { isFiltered, mergeNewest, parseFilters, queryOf, writeFilters } from './query';

const line = (seq: number): FoundLine => ({
  runId: 'run_a',
  seq,
  at: '2026-01-01T00:00:00Z',
  level: 'INFO',
  stream: 'logger',
  message: `line ${seq}`,
});

const parse = (text: string) => parseFilters(new URLSearchParams(text));

describe('filters', () => {
  it('stand in the address, without what is usual', () => {
    const address = 'text=a+b&level=WARN&task=t&run=run_a&hours=1';
    expect(writeFilters(parse(address)).toString()).toBe(address);
    expect(writeFilters(parse('')).toString()).toBe('');
    expect(isFiltered(parse(''))).toBe(false);
    expect(isFiltered(parse('level=ERROR'))).toBe(true);
  });

  it('do not trip over what they do not know', () => {
    expect(parse('level=NOPE&hours=5&x=y')).toEqual(parse(''));
  });

  it('name the begin of the period', () => {
    expect(queryOf(parse('hours=1'), Date.UTC(2026, 0, 1, 12)).from).toBe('2026-01-01T11:00:00.000Z');
  });
});

describe('mergeNewest', () => {
  const seqs = (lines: FoundLine[]) => lines.map(({ seq }) => seq);

  it('puts new lines first and keeps the list where there are none', () => {
    const shown = [line(3), line(2)];
    expect(seqs(mergeNewest(shown, [line(4), line(3), line(2)]))).toEqual([4, 3, 2]);
    expect(mergeNewest(shown, [line(3)])).toBe(shown);
  });

  it('starts afresh where lines between are not known', () => {
    expect(seqs(mergeNewest([line(3), line(2)], [line(9), line(8)]))).toEqual([9, 8]);
  });
});
