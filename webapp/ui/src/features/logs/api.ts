import { getJson } from '../../lib/http';
import type { LogLine } from '../run/logLines';

export interface FoundLine extends LogLine {
  runId: string;
  taskId?: string;
}

export interface LogPage {
  data: FoundLine[];
  next?: string;
  /** The search took too long: what is older was not looked at. */
  searchedTo?: string;
}

export interface LogQuery {
  text?: string;
  level?: string;
  run?: string;
  task?: string;
  from?: string;
  cursor?: string | undefined;
}

export function searchLogs(environmentId: string, query: LogQuery): Promise<LogPage> {
  return getJson<LogPage>(`/environments/${encodeURIComponent(environmentId)}/logs`, { ...query, limit: 200 });
}
