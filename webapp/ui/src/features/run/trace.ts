import { momentOf } from '../../lib/micros';
import type { Tone } from '../../ui/Badge';
import { isFinal, lookOf } from '../runs/status';
import type { Attempt, Kin, RunDetail } from './api';
import { type LogLine, plainText } from './logLines';
import type { Span } from './spans';
import { toneOf } from './timeline';

export type NodeKind = 'run' | 'queued' | 'starting' | 'attempt' | 'wait' | 'span' | 'log' | 'child';

/** A row of the trace. Times are milliseconds of the epoch; one that goes on has no end. */
export interface TraceNode {
  id: string;
  kind: NodeKind;
  name: string;
  start: number;
  end: number | undefined;
  tone: Tone;
  isError: boolean;
  children: TraceNode[];
  span?: Span;
  line?: LogLine;
  child?: Kin;
  attempt?: Attempt;
}

type Traced = Pick<RunDetail, 'taskId' | 'status' | 'createdAt' | 'startedAt' | 'finishedAt' | 'attempts' | 'waits'> & {
  related: Pick<RunDetail['related'], 'children'>;
};

/** Deeper spans stand beside those of this depth: nobody could read them, and endless chains must end. */
const MAX_DEPTH = 60;

/** Puts the run, its attempts, waits, spans, lines and children into one tree, ordered by time. */
export function buildTrace(run: Traced, spans: Iterable<Span>, lines: LogLine[]): TraceNode {
  return new Builder(run).build([...spans], lines);
}

class Builder {
  private readonly root: TraceNode;
  private readonly attempts: TraceNode[];
  private readonly byId = new Map<string, TraceNode>();
  private readonly parents = new Map<string, string>();
  private readonly triggering = new Map<string, TraceNode>();

  constructor(private readonly run: Traced) {
    const tone = lookOf(run.status).tone;
    this.root = node('run', 'run', run.taskId, run.createdAt, run.finishedAt, tone);
    this.root.isError = isFinal(run.status) && tone === 'red';
    this.attempts = run.attempts.map((attempt, index) => ({
      ...node(`attempt-${index}`, 'attempt', `Attempt ${attempt.number}`, attempt.startedAt, attempt.finishedAt, 'blue'),
      tone: toneOf(attempt.status),
      isError: attempt.status === 'FAILED',
      attempt,
    }));
  }

  build(spans: Span[], lines: LogLine[]): TraceNode {
    this.addQueued();
    this.addStarts();
    this.root.children.push(...this.attempts);
    spans.forEach((span) => this.addSpan(span));
    spans.forEach((span) => this.place(span));
    this.addWaits(spans);
    this.run.related.children.forEach((child) => this.addChild(child));
    lines.forEach((line) => this.addLine(line));
    sort(this.root);
    return this.root;
  }

  private addQueued(): void {
    const first = this.run.attempts[0];
    const end = first === undefined ? (this.run.startedAt ?? this.run.finishedAt) : (first.takenAt ?? first.startedAt);
    this.root.children.push(node('queued', 'queued', 'Queued', this.run.createdAt, end, 'grey'));
  }

  /** What passed between the moment in which a worker took the run and the first line of its task's code. */
  private addStarts(): void {
    const { attempts, startedAt, finishedAt } = this.run;
    const starts = attempts.map((attempt) => [attempt.takenAt, attempt.startedAt] as const);
    const all = attempts.length === 0 ? [[startedAt, finishedAt] as const] : starts;
    all.forEach(([from, to], index) => {
      if (from !== undefined) {
        this.root.children.push(node(`starting-${index}`, 'starting', 'Starting', from, to, 'grey'));
      }
    });
  }

  /** An attempt that the runner sent too stands for the one that the server knows. */
  private addSpan(span: Span): void {
    const attempt = span.kind === 'ATTEMPT' ? this.attemptAt(span.attempt, momentOf(span.startedAt)) : undefined;
    const made = attempt ?? this.nodeOf(span);
    this.byId.set(span.id, made);
    if (attempt === undefined && span.parentId !== undefined) {
      this.parents.set(span.id, span.parentId);
    }
    const run = span.attributes?.['run.id'];
    if (typeof run === 'string') {
      this.triggering.set(run, made);
    }
  }

  private nodeOf(span: Span): TraceNode {
    const isError = span.status === 'ERROR';
    const attempt = this.attemptAt(span.attempt, momentOf(span.startedAt));
    const made = node(span.id, span.kind === 'WAIT' ? 'wait' : 'span', span.name, span.startedAt, span.endedAt, 'blue');
    // A process that ended before its span could not say so; its attempt's end is the best that is known.
    made.end ??= attempt?.end;
    made.tone = isError ? 'red' : span.kind === 'WAIT' ? 'violet' : made.end === undefined ? 'blue' : 'green';
    made.isError = isError;
    made.span = span;
    return made;
  }

  private place(span: Span): void {
    const own = this.byId.get(span.id);
    if (own === undefined || own.kind === 'attempt') {
      return;
    }
    const parent = span.parentId === undefined ? undefined : this.byId.get(span.parentId);
    const fits = parent !== undefined && this.depthOf(span.id) < MAX_DEPTH;
    (fits ? parent : (this.attemptAt(span.attempt, own.start) ?? this.root)).children.push(own);
  }

  /** As deep as it is where its parents lead to an end; endlessly deep where they lead in a circle. */
  private depthOf(id: string): number {
    let depth = 0;
    for (let at = this.parents.get(id); at !== undefined && depth < MAX_DEPTH; at = this.parents.get(at)) {
      depth += 1;
    }
    return depth;
  }

  /** A wait of the server's is left out where the runner sent it with a name. */
  private addWaits(spans: Span[]): void {
    const named = spans.filter((span) => span.kind === 'WAIT');
    this.run.waits.forEach((wait, index) => {
      const start = momentOf(wait.startedAt);
      const isNamed = named.some(
        (span) =>
          span.attempt === wait.attempt &&
          momentOf(span.startedAt) <= start &&
          (span.endedAt === undefined || momentOf(span.endedAt) > start),
      );
      if (!isNamed) {
        const made = node(`wait-${index}`, 'wait', 'Wait', wait.startedAt, wait.finishedAt, 'violet');
        (this.attemptAt(wait.attempt, start) ?? this.root).children.push(made);
      }
    });
  }

  private addChild(child: Kin): void {
    const made = node(child.id, 'child', child.taskId, child.createdAt, child.finishedAt, lookOf(child.status).tone);
    made.isError = isFinal(child.status) && made.tone === 'red';
    made.child = child;
    const during = this.attempts.findLast((attempt) => attempt.start <= made.start);
    (this.triggering.get(child.id) ?? during ?? this.root).children.push(made);
  }

  private addLine(line: LogLine): void {
    const at = momentOf(line.at);
    const made: TraceNode = {
      id: `log-${line.seq}`,
      kind: 'log',
      name: plainText(line.message),
      start: at,
      end: at,
      tone: line.level === 'ERROR' ? 'red' : line.level === 'WARN' ? 'amber' : 'grey',
      isError: line.level === 'ERROR',
      children: [],
      line,
    };
    const span = line.spanId === undefined ? undefined : this.byId.get(line.spanId);
    (span ?? this.attemptAt(line.attempt, at) ?? this.root).children.push(made);
  }

  /** An attempt whose worker was lost is repeated under its number. */
  private attemptAt(number: number | undefined, at: number): TraceNode | undefined {
    const same = this.attempts.filter((one) => one.attempt?.number === number);
    return same.findLast((one) => one.start <= at) ?? same[0];
  }
}

function node(
  id: string,
  kind: NodeKind,
  name: string,
  start: string,
  end: string | undefined,
  tone: Tone,
): TraceNode {
  const from = momentOf(start);
  return {
    id,
    kind,
    name,
    start: from,
    end: end === undefined ? undefined : Math.max(from, momentOf(end)),
    tone,
    isError: false,
    children: [],
  };
}

function sort(parent: TraceNode): void {
  parent.children.sort((one, other) => one.start - other.start);
  parent.children.forEach(sort);
}

export interface TraceRow {
  node: TraceNode;
  depth: number;
  isOpen: boolean;
  /** Of all that is below, whatever is shown. */
  hasChildren: boolean;
}

export interface TraceFilter {
  search: string;
  errorsOnly: boolean;
  withLogs: boolean;
}

export const EVERYTHING: TraceFilter = { search: '', errorsOnly: false, withLogs: true };

/** Lists what is to be seen, from top to bottom. A filter keeps what matches and all above it, and opens that. */
export function rowsOf(root: TraceNode, closed: ReadonlySet<string>, filter: TraceFilter): TraceRow[] {
  const rows: TraceRow[] = [];
  const wanted = filter.search.trim().toLowerCase();
  const isFiltered = wanted !== '' || filter.errorsOnly;
  const kept = isFiltered ? keptBy(root, wanted, filter) : undefined;
  const visit = (one: TraceNode, depth: number) => {
    const children = one.children.filter(
      (child) => (filter.withLogs || child.kind !== 'log') && (kept === undefined || kept.has(child)),
    );
    const isOpen = children.length > 0 && (isFiltered || !closed.has(one.id));
    rows.push({ node: one, depth, isOpen, hasChildren: children.length > 0 });
    if (isOpen) {
      children.forEach((child) => visit(child, depth + 1));
    }
  };
  visit(root, 0);
  return rows;
}

function keptBy(root: TraceNode, wanted: string, filter: TraceFilter): Set<TraceNode> {
  const kept = new Set<TraceNode>();
  const visit = (one: TraceNode): boolean => {
    const matches =
      (wanted === '' || one.name.toLowerCase().includes(wanted)) &&
      (!filter.errorsOnly || one.isError) &&
      (filter.withLogs || one.kind !== 'log');
    // Each child is looked at, also where one is enough to keep its parent.
    const isKept = one.children.map(visit).some(Boolean) || matches;
    if (isKept) {
      kept.add(one);
    }
    return isKept;
  };
  visit(root);
  return kept;
}

/** Everything that can be closed. */
export function closable(root: TraceNode): string[] {
  return [...(root.children.length > 0 ? [root.id] : []), ...root.children.flatMap(closable)];
}

export function findNode(root: TraceNode, id: string): TraceNode | undefined {
  if (root.id === id) {
    return root;
  }
  for (const child of root.children) {
    const found = findNode(child, id);
    if (found) {
      return found;
    }
  }
  return undefined;
}

/** The part of time that a timeline shows. */
export interface TimeWindow {
  from: number;
  to: number;
}

/** From the run's begin to the end of its last part: a line may be stamped by a clock that is ahead. */
export function wholeWindow(root: TraceNode, now: number): TimeWindow {
  let to = root.end ?? Math.max(now, root.start);
  const visit = (one: TraceNode) => {
    to = Math.max(to, one.end ?? one.start);
    one.children.forEach(visit);
  };
  visit(root);
  return { from: root.start, to: Math.max(to, root.start + 1) };
}

/** Where a bar lies, in parts of the window from 0 to 1; undefined where it is outside. */
export function barOf(
  one: TraceNode,
  { from, to }: TimeWindow,
  now: number,
): { left: number; width: number } | undefined {
  const length = to - from;
  const end = one.end ?? Math.max(now, one.start);
  const left = (one.start - from) / length;
  const right = (end - from) / length;
  if (right < 0 || left > 1) {
    return undefined;
  }
  const begin = Math.max(0, left);
  return { left: begin, width: Math.max(0, Math.min(1, right) - begin) };
}

/** Round moments on the axis, as milliseconds since the window's begin of the run. */
export function ticksOf(window: TimeWindow, origin: number, most = 5): number[] {
  const length = window.to - window.from;
  const rough = length / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
  const ticks: number[] = [];
  for (let at = Math.ceil((window.from - origin) / step) * step; at <= window.to - origin; at += step) {
    ticks.push(at);
  }
  return ticks;
}
