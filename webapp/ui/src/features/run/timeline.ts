import type { Tone } from '../../ui/Badge';
import type { Attempt, RunDetail } from './api';

export interface Segment {
  kind: 'wait' | 'attempt';
  tone: Tone;
  label: string;
  startMs: number;
  durationMs: number;
}

type Timed = Pick<RunDetail, 'createdAt' | 'startedAt' | 'finishedAt'> & { attempts: Attempt[] };

/** What a run's time was spent on, in order and without gaps: attempts, their starts, and waits before, between and after. */
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
    const waited = attempt.number === 1 ? 'Queued' : 'Waiting to retry';
    add('wait', 'grey', waited, Math.min(end, Date.parse(attempt.takenAt ?? attempt.startedAt)));
    add('wait', 'grey', 'Starting', Math.min(end, Date.parse(attempt.startedAt)));
    const until = attempt.finishedAt === undefined ? end : Date.parse(attempt.finishedAt);
    add('attempt', toneOf(attempt.status), `Attempt ${attempt.number}`, Math.min(end, until));
  }
  const isOver = run.finishedAt !== undefined;
  if (run.attempts.length > 0) {
    add('wait', 'grey', isOver ? 'Finishing' : 'Waiting to retry', end);
    return segments;
  }
  add('wait', 'grey', 'Queued', run.startedAt === undefined ? end : Math.min(end, Date.parse(run.startedAt)));
  add('wait', 'grey', 'Starting', end);
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
