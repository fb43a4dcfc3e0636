import { formatAbsolute, formatRelative } from '../lib/format';
import { useNow } from '../lib/useNow';

/** A moment as people say it; the exact local time with its zone is the tooltip. */
export function RelativeTime({ at }: { at: string }) {
  const now = useNow();
  const moment = Date.parse(at);
  return (
    <time dateTime={at} title={formatAbsolute(moment)}>
      {formatRelative(moment, now)}
    </time>
  );
}
