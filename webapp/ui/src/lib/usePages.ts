import { useState } from 'react';

/** Cursors of a list that only leads on: the way back is the cursors that were used. */
export interface Pages {
  cursor: string | undefined;
  isFirst: boolean;
  next(cursor: string): void;
  previous(): void;
}

export function usePages(): Pages {
  const [cursors, setCursors] = useState<string[]>([]);
  return {
    cursor: cursors.at(-1),
    isFirst: cursors.length === 0,
    next: (cursor) => setCursors((all) => [...all, cursor]),
    previous: () => setCursors((all) => all.slice(0, -1)),
  };
}
