import { environmentPath, getJson, putJson } from '../../lib/http';

export type ErrorState = 'OPEN' | 'RESOLVED' | 'IGNORED';

export interface ErrorGroup {
  fingerprint: string;
  state: ErrorState;
  taskId: string;
  name?: string;
  message: string;
  count: number;
  firstSeen: string;
  lastSeen: string;
  changedBy?: string;
  /** Failures in even parts of the period, oldest first. */
  bars: number[];
}

export interface FailedRun {
  id: string;
  taskId: string;
  status: string;
  message: string;
  at: string;
}

export async function fetchErrors(environmentId: string, period: string, signal?: AbortSignal): Promise<ErrorGroup[]> {
  const path = environmentPath(environmentId, '/errors');
  return (await getJson<{ data: ErrorGroup[] }>(path, { period }, signal)).data;
}

export async function fetchFailedRuns(
  environmentId: string,
  fingerprint: string,
  signal?: AbortSignal,
): Promise<FailedRun[]> {
  const path = `${errorPath(environmentId, fingerprint)}/runs`;
  return (await getJson<{ data: FailedRun[] }>(path, {}, signal)).data;
}

export function setState(environmentId: string, fingerprint: string, state: ErrorState): Promise<void> {
  return putJson(errorPath(environmentId, fingerprint), { state });
}

function errorPath(environmentId: string, fingerprint: string): string {
  return environmentPath(environmentId, `/errors/${encodeURIComponent(fingerprint)}`);
}

/** The last part of a Java type says enough; the rest is the tooltip. */
export function shortName(name: string | undefined): string {
  return name === undefined ? 'Error' : (name.split(/[.$]/).at(-1) ?? name);
}
