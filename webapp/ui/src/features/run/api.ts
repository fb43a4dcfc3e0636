import { getJson, postJson } from '../../lib/http';
import { type RunItem, runsPath } from '../runs/api';
import type { LogLine } from './logLines';
import type { Span } from './spans';

export interface Content {
  type: string;
  text: string;
  truncated: boolean;
}

export interface RunError {
  name?: string;
  message: string;
  stackTrace?: string;
  code?: string;
}

export interface Attempt {
  number: number;
  status: string;
  /** When a worker took it, where that was before it started. */
  takenAt?: string;
  startedAt: string;
  finishedAt?: string;
  durationMs?: number;
  error?: RunError;
}

export interface Transition {
  version: number;
  executionStatus: string;
  status: string;
  description: string;
  at: string;
  attempt?: number;
}

export interface Wait {
  attempt: number;
  startedAt: string;
  finishedAt?: string;
}

/** A run of the same tree. */
export interface Kin {
  id: string;
  taskId: string;
  status: string;
  isAwaited: boolean;
  createdAt: string;
  startedAt?: string;
  finishedAt?: string;
}

export interface Related {
  parent?: Kin;
  root?: Kin;
  replayOf?: string;
  batch?: string;
  schedule?: string;
  source: string;
  action?: string;
  traceId?: string;
  children: Kin[];
  hasMoreChildren: boolean;
}

/** Why a run does not run now; the server leaves out what it has nothing to say about. */
export interface WaitingFor {
  gate: string;
  sentence: string;
  also?: string[];
  slots?: { limit: number; used: number; holders: { id: string; taskId: string; since?: string }[] };
  ahead?: { inQueue: number; inEnvironment: number };
  waits?: { kind: 'RUN' | 'DATETIME' | 'MANUAL' | 'BATCH'; id: string; taskId?: string; until?: string }[];
  next?: { what: string; at: string };
}

export interface RunDetail extends RunItem {
  payload?: Content;
  output?: Content;
  error?: RunError;
  metadata?: unknown;
  idempotencyKey?: string;
  ttl?: string;
  delayedUntil?: string;
  expiredAt?: string;
  maxAttempts?: number;
  maxDurationSeconds?: number;
  concurrencyKey?: string;
  deployment?: { id: string; version: string };
  worker?: { name: string; workloadManager?: string };
  attempts: Attempt[];
  transitions: Transition[];
  waits: Wait[];
  waitingFor?: WaitingFor;
  related: Related;
  context: Record<string, unknown>;
}

export interface SpanPage {
  data: Span[];
  next?: number;
}

export interface LogPage {
  data: LogLine[];
  next?: number;
}

export function runPath(environmentId: string, runId: string): string {
  return `${runsPath(environmentId)}/${encodeURIComponent(runId)}`;
}

export function fetchRun(environmentId: string, runId: string): Promise<RunDetail> {
  return getJson<RunDetail>(runPath(environmentId, runId));
}

export function fetchLogs(environmentId: string, runId: string, after: number | undefined): Promise<LogPage> {
  return getJson<LogPage>(`${runPath(environmentId, runId)}/logs`, { after, limit: 1000 });
}

export function fetchSpans(environmentId: string, runId: string, after: number): Promise<SpanPage> {
  return getJson<SpanPage>(`${runPath(environmentId, runId)}/spans`, { after, limit: 2000 });
}

export function cancelRun(environmentId: string, runId: string): Promise<void> {
  return postJson<void>(`${runPath(environmentId, runId)}/cancel`);
}

/** @param payload JSON as text; without it the run's own is used again */
export function replayRun(environmentId: string, runId: string, payload?: string): Promise<{ id: string }> {
  return postJson<{ id: string }>(`${runPath(environmentId, runId)}/replay`, payload === undefined ? undefined : { payload });
}
