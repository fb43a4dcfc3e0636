import type { Tone } from '../../ui/Badge';
import type { IconName } from '../../ui/Icon';

interface Look {
  label: string;
  tone: Tone;
  icon: IconName;
  isSpinning?: true;
  /** Said on hover: what the word means. */
  meaning: string;
}

/** The one language of states, in the order in which a run can pass through them. */
const LOOKS = {
  DELAYED: { label: 'Delayed', tone: 'grey', icon: 'clock', meaning: 'Will be queued at a later time' },
  PENDING_VERSION: {
    label: 'Pending version',
    tone: 'amber',
    icon: 'box',
    meaning: 'No deployed version has the task',
  },
  QUEUED: { label: 'Queued', tone: 'grey', icon: 'queue', meaning: 'Waits for its turn' },
  DEQUEUED: { label: 'Dequeued', tone: 'blue', icon: 'arrowIn', meaning: 'A worker took it and starts it' },
  EXECUTING: { label: 'Executing', tone: 'blue', icon: 'spinner', isSpinning: true, meaning: 'Its code runs' },
  WAITING: { label: 'Waiting', tone: 'violet', icon: 'pause', meaning: 'Waits for something, without a slot' },
  COMPLETED: { label: 'Completed', tone: 'green', icon: 'check', meaning: 'Returned its output' },
  FAILED: { label: 'Failed', tone: 'red', icon: 'cross', meaning: 'Its last attempt threw an error' },
  CRASHED: { label: 'Crashed', tone: 'red', icon: 'bolt', meaning: 'Its process ended before its code did' },
  SYSTEM_FAILURE: { label: 'System failure', tone: 'red', icon: 'alert', meaning: 'The platform could not run it' },
  TIMED_OUT: { label: 'Timed out', tone: 'amber', icon: 'hourglass', meaning: 'Took longer than its maximum duration' },
  EXPIRED: { label: 'Expired', tone: 'amber', icon: 'clock', meaning: 'Was not started within its time to live' },
  CANCELED: { label: 'Canceled', tone: 'grey', icon: 'stop', meaning: 'Was canceled' },
} satisfies Record<string, Look>;

export type RunStatus = keyof typeof LOOKS;

export const ALL_STATUSES = Object.keys(LOOKS) as RunStatus[];

export const IN_PROGRESS: RunStatus[] = ['DELAYED', 'PENDING_VERSION', 'QUEUED', 'DEQUEUED', 'EXECUTING', 'WAITING'];

export const UNSUCCESSFUL: RunStatus[] = ['FAILED', 'CRASHED', 'SYSTEM_FAILURE', 'TIMED_OUT', 'EXPIRED'];

export function isRunStatus(text: string): text is RunStatus {
  return Object.hasOwn(LOOKS, text);
}

/** A newer server may know a status that this page does not; it is then shown by its own name. */
export function lookOf(status: string): Look {
  return isRunStatus(status) ? LOOKS[status] : { label: status, tone: 'grey', icon: 'queue', meaning: status };
}

export function isFinal(status: string): boolean {
  return isRunStatus(status) && !IN_PROGRESS.includes(status);
}
