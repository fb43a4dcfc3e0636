export interface SpanEvent {
  name: string;
  at?: string;
  attributes?: Record<string, unknown>;
}

export interface Span {
  id: string;
  parentId?: string;
  kind: 'SPAN' | 'WAIT' | 'ATTEMPT';
  name: string;
  startedAt: string;
  endedAt?: string;
  status: 'UNSET' | 'OK' | 'ERROR';
  statusMessage?: string;
  attributes?: Record<string, unknown>;
  events?: SpanEvent[];
  attempt?: number;
  change: number;
}

/** Adds spans that were read; one that is known is replaced by its newer state. */
export function addSpans(known: ReadonlyMap<string, Span>, read: Span[]): ReadonlyMap<string, Span> {
  if (read.length === 0) {
    return known;
  }
  const all = new Map(known);
  for (const span of read) {
    const before = all.get(span.id);
    if (before === undefined || before.change < span.change) {
      all.set(span.id, span);
    }
  }
  return all;
}
