const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `840 ms`, `3.2 s`, `1m 04s`, `2h 03m`, `4d 06h`: two units at most, so that columns stay narrow. */
export function formatDuration(ms: number): string {
  const known = Math.max(0, Math.round(ms));
  if (known < SECOND) {
    return `${known} ms`;
  }
  if (known < MINUTE) {
    // 59.96 s must not be shown as "60.0 s".
    return `${(Math.floor(known / 100) / 10).toFixed(1)} s`;
  }
  if (known < HOUR) {
    return `${Math.floor(known / MINUTE)}m ${pad(Math.floor((known % MINUTE) / SECOND))}s`;
  }
  if (known < DAY) {
    return `${Math.floor(known / HOUR)}h ${pad(Math.floor((known % HOUR) / MINUTE))}m`;
  }
  return `${Math.floor(known / DAY)}d ${pad(Math.floor((known % DAY) / HOUR))}h`;
}

/** Like `formatDuration`, but with what lies below ten milliseconds: `0.35 ms`. */
export function formatSpan(ms: number): string {
  return ms > 0 && ms < 9.995 ? `${Number(ms.toFixed(2))} ms` : formatDuration(ms);
}

/** Whole units only, for a duration that is still growing: tenths that jump once a second only flicker. */
export function formatElapsed(ms: number): string {
  const known = Math.max(0, ms);
  return known < MINUTE ? `${Math.floor(known / SECOND)} s` : formatDuration(known);
}

/** `just now`, `12s ago`, `in 5m`, `3d ago`; from a year on, the date says more. */
export function formatRelative(at: number, now: number): string {
  const distance = Math.abs(now - at);
  if (distance < 2 * SECOND) {
    return 'just now';
  }
  if (distance >= 365 * DAY) {
    return formatDate(at);
  }
  const text = inLargestUnit(distance);
  return at > now ? `in ${text}` : `${text} ago`;
}

function inLargestUnit(distance: number): string {
  if (distance < MINUTE) {
    return `${Math.floor(distance / SECOND)}s`;
  }
  if (distance < HOUR) {
    return `${Math.floor(distance / MINUTE)}m`;
  }
  return distance < DAY ? `${Math.floor(distance / HOUR)}h` : `${Math.floor(distance / DAY)}d`;
}

/** Local date and time to the millisecond with the zone's name: what a person puts into a bug report. */
export function formatAbsolute(at: number, zone: string = localZone()): string {
  const fields = partsOf(at, zone, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'shortOffset',
  });
  const millis = String(((at % 1000) + 1000) % 1000).padStart(3, '0');
  const offset = (fields.timeZoneName ?? '').replace('GMT', 'UTC').replace(/\+0$/, '');
  const time = `${fields.hour}:${fields.minute}:${fields.second}.${millis}`;
  return `${fields.year}-${fields.month}-${fields.day} ${time} ${offset}${zone === 'UTC' ? '' : ` (${zone})`}`;
}

/** `14:03:07.120`, for lists whose lines lie close together. */
export function formatClock(at: number, zone: string = localZone()): string {
  const fields = partsOf(at, zone, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return `${fields.hour}:${fields.minute}:${fields.second}.${String(at % 1000).padStart(3, '0')}`;
}

function formatDate(at: number): string {
  const fields = partsOf(at, localZone(), { year: 'numeric', month: '2-digit', day: '2-digit' });
  return `${fields.year}-${fields.month}-${fields.day}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(at: number, zone: string, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const key = zone + Object.keys(options).join();
  const format = formats.get(key) ?? new Intl.DateTimeFormat('en-US', { ...options, hourCycle: 'h23', timeZone: zone });
  formats.set(key, format);
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
}

export function localZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/** `run_01hx…9k2q`: enough to recognise an id, short enough for a column. */
export function shortId(id: string): string {
  const [prefix, rest] = id.split('_', 2);
  return rest === undefined || rest.length <= 12 ? id : `${prefix}_…${rest.slice(-8)}`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
