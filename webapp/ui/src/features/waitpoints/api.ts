import { apiPath, getJson, postJson } from '../../lib/http';

export interface TokenItem {
  id: string;
  url: string;
  status: 'WAITING' | 'COMPLETED' | 'TIMED_OUT';
  completedAt?: string;
  timeoutAt?: string;
  idempotencyKey?: string;
  tags: string[];
  createdAt: string;
  output?: string;
  outputType?: string;
  outputIsError?: boolean;
}

export function fetchTokens(
  environmentId: string,
  status: string,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<{ data: TokenItem[]; pagination: { next?: string } }> {
  return getJson(
    apiPath(environmentId, '/v1/waitpoints/tokens'),
    { 'filter[status]': status, 'page[after]': cursor },
    signal,
  );
}

export function fetchToken(environmentId: string, id: string, signal?: AbortSignal): Promise<TokenItem> {
  return getJson(tokenPath(environmentId, id), {}, signal);
}

export function completeToken(environmentId: string, id: string, data: unknown): Promise<unknown> {
  return postJson(`${tokenPath(environmentId, id)}/complete`, data === undefined ? {} : { data });
}

function tokenPath(environmentId: string, id: string): string {
  return apiPath(environmentId, `/v1/waitpoints/tokens/${encodeURIComponent(id)}`);
}
