import { describe, expect, it } from 'vitest';
import { addLines, asText, attributesText, cutAtMatches, filterLines, type LogLine, plainText } from './logLines';

const line = (seq: number, changes: Partial<LogLine> = {}): LogLine => ({
  seq,
  at: '2026-01-01T00:00:00.000Z',
  level: 'INFO',
  stream: 'stdout',
  message: `line ${seq}`,
  ...changes,
});

const seqs = (lines: LogLine[]) => lines.map(({ seq }) => seq);

describe('addLines', () => {
  it('appends, and drops what two readings share', () => {
    expect(seqs(addLines([line(1), line(2)], [line(2), line(3)]))).toEqual([1, 2, 3]);
  });

  it('orders lines that come late', () => {
    expect(seqs(addLines([line(1), line(5)], [line(4), line(3)]))).toEqual([1, 3, 4, 5]);
  });

  it('returns the same list where nothing came', () => {
    const known = [line(1)];
    expect(addLines(known, [])).toBe(known);
  });
});

describe('filterLines', () => {
  const lines = [
    line(1, { level: 'DEBUG' }),
    line(2, { level: 'WARN', message: 'Disk \u001b[31mfull\u001b[0m' }),
    line(3, { attributes: { table: 'Orders', rows: 12 } }),
  ];

  it('shows a level and all above it', () => {
    expect(seqs(filterLines(lines, { least: 'INFO', search: '' }))).toEqual([2, 3]);
    expect(seqs(filterLines(lines, { least: 'ERROR', search: '' }))).toEqual([]);
  });

  it('searches messages without their colours, and attributes', () => {
    expect(seqs(filterLines(lines, { least: 'TRACE', search: ' DISK FULL' }))).toEqual([2]);
    expect(seqs(filterLines(lines, { least: 'TRACE', search: 'table=orders' }))).toEqual([3]);
  });
});

describe('plainText', () => {
  it('removes colours, cursor movements and links, and nothing else', () => {
    expect(plainText('\u001b[1;32mok\u001b[0m [x] \u001b]8;;http://a\u0007link\u001b]8;;\u0007')).toBe('ok [x] link');
  });
});

describe('cutAtMatches', () => {
  it('puts every match at an odd place', () => {
    expect(cutAtMatches('An ant and', 'an')).toEqual(['', 'An', ' ', 'an', 't ', 'an', 'd']);
    expect(cutAtMatches('none', 'x')).toEqual(['none']);
    expect(cutAtMatches('all', '  ')).toEqual(['all']);
  });

  it('does not cut in wrong places where lower case is longer', () => {
    expect(cutAtMatches('İİ x', 'x')).toEqual(['İİ x']);
  });
});

describe('asText', () => {
  it('writes one line per line', () => {
    expect(asText([line(1, { level: 'WARN', attributes: { n: 1, s: 'a' } })])).toBe(
      '2026-01-01T00:00:00.000Z WARN  line 1 n=1 s=a',
    );
    expect(attributesText(line(1))).toBe('');
  });
});
