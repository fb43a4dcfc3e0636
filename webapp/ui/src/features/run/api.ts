import { getJson, postJson } from '../../lib/http';
import { type RunItem, runsPath } from '../runs/api';
import type { LogLine } from './logLines';

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
  waitingFor?: { gate: string; sentence: string };
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

export function cancelRun(environmentId: string, runId: string): Promise<void> {
  return postJson<void>(`${runPath(environmentId, runId)}/cancel`);
}

export function replayRun(environmentId: string, runId: string): Promise<{ id: string }> {
  return postJson<{ id: string }>(`${runPath(environmentId, runId)}/replay`);
}
