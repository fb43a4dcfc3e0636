import { useEffect, useState } from 'react';
import { getJson } from '../lib/http';

export interface Supervisor {
  name: string;
  workloadManager?: string;
  lastSeenAt: string;
  runs?: number;
}

export interface System {
  version: string;
  queue?: { source: string };
  supervisors: Supervisor[];
}

const EVERY_MS = 15_000;
/** Supervisors ask for work all the time; one that was silent for this long is gone. */
export const SILENT_MS = 60_000;

/** What the server says about itself, read again now and then; kept as it was while the server does not answer. */
export function useSystem(): { system: System | undefined; isReachable: boolean } {
  const [system, setSystem] = useState<System>();
  const [isReachable, setReachable] = useState(true);
  useEffect(() => {
    let isCurrent = true;
    const read = () =>
      getJson<System>('/system').then(
        (answer) => {
          if (isCurrent) {
            setSystem(answer);
            setReachable(true);
          }
        },
        () => isCurrent && setReachable(false),
      );
    void read();
    const timer = setInterval(() => document.hidden || void read(), EVERY_MS);
    return () => {
      isCurrent = false;
      clearInterval(timer);
    };
  }, []);
  return { system, isReachable };
}

export type Health = 'good' | 'warn' | 'bad';

/** Where tasks run, in one line, and whether anything there needs a person. */
export function describeWorkers(supervisors: Supervisor[], now: number): { health: Health; text: string } {
  const present = supervisors.filter((one) => now - Date.parse(one.lastSeenAt) < SILENT_MS);
  if (present.length === 0) {
    const text = supervisors.length === 0 ? 'No supervisor connected' : 'No supervisor answers';
    return { health: 'bad', text };
  }
  const managers = [...new Set(present.map((one) => one.workloadManager ?? 'unknown'))];
  return { health: 'good', text: `Tasks run ${managers.map(placeOf).join(' and ')}` };
}

function placeOf(workloadManager: string): string {
  switch (workloadManager.toLowerCase()) {
    case 'docker':
      return 'in Docker containers';
    case 'process':
      return 'as local processes';
    case 'kubernetes':
      return 'in Kubernetes pods';
    default:
      return `with “${workloadManager}”`;
  }
}

/** What to say about the queue; undefined where all is as it should be. */
export function describeQueue(source: string | undefined): string | undefined {
  switch (source) {
    case 'DATABASE':
      return 'Redis is away: runs are claimed from the database';
    case 'REBUILDING':
      return 'The queue in Redis is being rebuilt';
    default:
      return undefined;
  }
}
