import type { Tone } from '../../ui/Badge';
import type { Attempt, RunDetail } from './api';

export interface Segment {
  kind: 'wait' | 'attempt';
  tone: Tone;
  label: string;
  startMs: number;
  durationMs: number;
}

type Timed = Pick<RunDetail, 'createdAt' | 'finishedAt'> & { attempts: Attempt[] };

/** What a run's time was spent on, in order and without gaps: attempts, and waits before, between and after them. */
export function segmentsOf(run: Timed, now: number): Segment[] {
  const start = Date.parse(run.createdAt);
  const end = Math.max(start, run.finishedAt === undefined ? now : Date.parse(run.finishedAt));
  const segments: Segment[] = [];
  let at = start;
  const add = (kind: Segment['kind'], tone: Tone, label: string, until: number) => {
    if (until > at) {
      segments.push({ kind, tone, label, startMs: at - start, durationMs: until - at });
      at = until;
    }
  };
  for (const attempt of [...run.attempts].sort((one, other) => one.number - other.number)) {
    add(
      'wait',
      'grey',
      attempt.number === 1 ? 'Queued' : 'Waiting to retry',
      Math.min(end, Date.parse(attempt.startedAt)),
    );
    const until = attempt.finishedAt === undefined ? end : Date.parse(attempt.finishedAt);
    add('attempt', toneOf(attempt.status), `Attempt ${attempt.number}`, Math.min(end, until));
  }
  const isOver = run.finishedAt !== undefined;
  add('wait', 'grey', run.attempts.length === 0 ? 'Queued' : isOver ? 'Finishing' : 'Waiting to retry', end);
  return segments;
}

export function toneOf(attemptStatus: string): Tone {
  switch (attemptStatus) {
    case 'COMPLETED':
      return 'green';
    case 'FAILED':
      return 'red';
    case 'EXECUTING':
      return 'blue';
    default:
      return 'grey';
  }
}
