/** What a schedule tells the run that it triggers. */
export interface ScheduledPayload {
  timestamp: string;
  lastTimestamp?: string;
  timezone: string;
  scheduleId?: string;
  type: 'DECLARATIVE' | 'IMPERATIVE';
  externalId?: string;
  upcoming: string[];
}

interface Source {
  id?: string;
  type: ScheduledPayload['type'];
  timezone: string;
  externalId?: string;
}

const SUPERJSON = 'application/super+json';

/** The payload of a tick; the ticks after it are what is upcoming. */
export function payloadOf({ id, type, timezone, externalId }: Source, ticks: string[]): ScheduledPayload | undefined {
  const [timestamp, ...upcoming] = ticks;
  return timestamp === undefined
    ? undefined
    : {
        timestamp,
        timezone,
        ...(id === undefined ? {} : { scheduleId: id }),
        type,
        ...(externalId === undefined ? {} : { externalId }),
        upcoming,
      };
}

/** A payload as if a schedule came due at this moment. */
export function payloadAt(now: number, timezone: string): ScheduledPayload {
  return { timestamp: new Date(now).toISOString(), timezone, type: 'IMPERATIVE', upcoming: [] };
}

/** The payload of an earlier run as JSON to start from: some come with a description of their types around them. */
export function plainPayload(text: string, type: string): string {
  try {
    const value: unknown = JSON.parse(text);
    const inner = type === SUPERJSON && typeof value === 'object' && value !== null && 'json' in value ? value.json : value;
    return JSON.stringify(inner, null, 2);
  } catch {
    return text;
  }
}
