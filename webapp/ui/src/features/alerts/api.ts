import { deleteJson, environmentPath, getJson, postJson, putJson } from '../../lib/http';

export type ChannelKind = 'WEBHOOK' | 'SLACK' | 'EMAIL';

export interface Channel {
  id: string;
  name: string;
  kind: ChannelKind;
  target: string;
  onRunFailure: boolean;
  onDeployment: boolean;
  isEnabled: boolean;
  createdAt: string;
}

export interface Delivery {
  id: string;
  kind: 'RUN_FAILURE' | 'DEPLOYMENT' | 'TEST';
  status: 'PENDING' | 'SENT' | 'FAILED';
  attempts: number;
  lastAnswer?: string;
  createdAt: string;
  endedAt?: string;
}

export interface ChannelDraft {
  name: string;
  kind?: ChannelKind;
  target?: string;
  onRunFailure: boolean;
  onDeployment: boolean;
  isEnabled: boolean;
}

function alertsPath(environmentId: string, rest = ''): string {
  return environmentPath(environmentId, `/alerts${rest}`);
}

export function fetchChannels(
  environmentId: string,
  signal?: AbortSignal,
): Promise<{ data: Channel[]; canMail: boolean }> {
  return getJson(alertsPath(environmentId), {}, signal);
}

export function createChannel(environmentId: string, draft: ChannelDraft): Promise<{ id: string; secret?: string }> {
  return postJson(alertsPath(environmentId), draft);
}

export function updateChannel(environmentId: string, id: string, draft: ChannelDraft): Promise<Channel> {
  return putJson(alertsPath(environmentId, `/${id}`), draft);
}

export function deleteChannel(environmentId: string, id: string): Promise<void> {
  return deleteJson(alertsPath(environmentId, `/${id}`));
}

export function testChannel(environmentId: string, id: string): Promise<{ id: string }> {
  return postJson(alertsPath(environmentId, `/${id}/test`));
}

export async function fetchDeliveries(environmentId: string, id: string, signal?: AbortSignal): Promise<Delivery[]> {
  return (await getJson<{ data: Delivery[] }>(alertsPath(environmentId, `/${id}/deliveries`), {}, signal)).data;
}
