/** Milliseconds with their fraction of a moment as the server writes it; `Date` alone drops all below a millisecond. */
export function momentOf(iso: string): number {
  const fraction = /\.\d{3}(\d+)/.exec(iso)?.[1];
  const whole = Date.parse(iso);
  return fraction === undefined ? whole : whole + Number(`0.${fraction}`);
}
