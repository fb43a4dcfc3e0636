import { readStored, writeStored } from '../../lib/stored';

export interface SavedView {
  name: string;
  /** The filters as the address has them. */
  search: string;
}

const KEY = 'runyard.views';
const MOST = 50;

/** What every newcomer finds useful; people's own views stand below. */
export const BUILT_IN: SavedView[] = [
  { name: 'Failed today', search: 'status=FAILED,CRASHED,SYSTEM_FAILURE,TIMED_OUT,EXPIRED&period=1d' },
  { name: 'Waiting to start', search: 'status=DELAYED,PENDING_VERSION,QUEUED' },
  { name: 'Running now', search: 'status=DEQUEUED,EXECUTING,WAITING' },
  { name: 'Last hour', search: 'period=1h' },
];

export function readViews(): SavedView[] {
  try {
    const stored: unknown = JSON.parse(readStored(KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is SavedView {
  const view = value as Partial<SavedView> | null;
  return typeof view?.name === 'string' && typeof view.search === 'string';
}

export function writeViews(views: SavedView[]): void {
  writeStored(KEY, views.length === 0 ? null : JSON.stringify(views.slice(-MOST)));
}

/** Adds a view; one of the same name is replaced. */
export function withView(views: SavedView[], view: SavedView): SavedView[] {
  return [...views.filter(({ name }) => name !== view.name), view];
}
