import type { ReactNode } from 'react';
import type { Loaded } from '../lib/useLoaded';
import { ErrorState } from './ErrorState';
import { Loading } from './Loading';

interface Props<T> {
  of: Loaded<T>;
  label: string;
  isEmpty(data: T): boolean;
  empty: ReactNode;
  children(data: T): ReactNode;
}

/** The four states that every list has: being read, unreadable, empty, there. */
export function Listing<T>({ of, label, isEmpty, empty, children }: Props<T>) {
  if (of.data === undefined) {
    return of.error === undefined ? (
      <Loading label={`Loading ${label}`} />
    ) : (
      <ErrorState error={of.error} onRetry={of.reload} />
    );
  }
  return isEmpty(of.data) ? empty : children(of.data);
}
