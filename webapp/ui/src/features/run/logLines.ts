export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

export interface LogLine {
  seq: number;
  at: string;
  level: LogLevel;
  stream: string;
  message: string;
  attributes?: Record<string, unknown>;
  attempt?: number;
  spanId?: string;
}

export interface LogFilter {
  least: LogLevel;
  search: string;
}

export const LEVELS: LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];

/** A page that shows more than this is slower than a file; the oldest lines are dropped from view. */
export const MAX_LINES = 100_000;

/** Adds lines that were read; readings may overlap, and lines may have been stored out of order. */
export function addLines(known: LogLine[], read: LogLine[]): LogLine[] {
  const last = known.at(-1)?.seq ?? -1;
  const isPlainAppend = read.every((line, index) => line.seq > (index === 0 ? last : read[index - 1]!.seq));
  if (isPlainAppend) {
    return read.length === 0 ? known : capped([...known, ...read]);
  }
  const bySeq = new Map([...known, ...read].map((line) => [line.seq, line]));
  return capped([...bySeq.values()].sort((one, other) => one.seq - other.seq));
}

function capped(lines: LogLine[]): LogLine[] {
  return lines.length > MAX_LINES ? lines.slice(-MAX_LINES) : lines;
}

export function filterLines(lines: LogLine[], { least, search }: LogFilter): LogLine[] {
  const floor = LEVELS.indexOf(least);
  const wanted = search.trim().toLowerCase();
  if (floor <= 0 && wanted === '') {
    return lines;
  }
  return lines.filter((line) => LEVELS.indexOf(line.level) >= floor && (wanted === '' || contains(line, wanted)));
}

function contains(line: LogLine, wanted: string): boolean {
  return plainText(line.message).toLowerCase().includes(wanted) || attributesText(line).toLowerCase().includes(wanted);
}

const ESCAPES = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\))/g;

/** Programs colour their output for terminals; here the codes are noise. */
export function plainText(message: string): string {
  return message.includes('\u001b') ? message.replace(ESCAPES, '') : message;
}

/** `key=value` pairs, strings bare and all else as JSON. */
export function attributesText(line: LogLine): string {
  return Object.entries(line.attributes ?? {})
    .map(([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
}

/** Cuts a text at each place where the search matches; every second piece is a match. */
export function cutAtMatches(text: string, search: string): string[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') {
    return [text];
  }
  const pieces: string[] = [];
  // Some letters change their length in lower case; then positions would not fit, and nothing is marked.
  const lower = text.toLowerCase();
  const searched = lower.length === text.length ? lower : '';
  let from = 0;
  for (let at = searched.indexOf(wanted); at >= 0; at = searched.indexOf(wanted, from)) {
    pieces.push(text.slice(from, at), text.slice(at, at + wanted.length));
    from = at + wanted.length;
  }
  pieces.push(text.slice(from));
  return pieces;
}

/** What a person pastes into a bug report. */
export function asText(lines: LogLine[]): string {
  return lines
    .map((line) => [line.at, line.level.padEnd(5), plainText(line.message), attributesText(line)].join(' ').trimEnd())
    .join('\n');
}
