import type { ReactNode } from 'react';

/** Line icons on a grid of 16, drawn with the colour of the text around them. */
const SHAPES = {
  clock: <><circle cx="8" cy="8" r="5.75" /><path d="M8 4.900V8l2 1.500" /></>,
  queue: <path d="M3 4.500h10M3 8h10M3 11.500h6" />,
  box: <><path d="m8 2.300 5 2.700v6L8 13.700 3 11V5z" /><path d="m3.200 5.100 4.800 2.600 4.800-2.600M8 7.700v5.800" /></>,
  arrowIn: <><path d="M8 2.750v6.500M5.250 6.750 8 9.500l2.750-2.750" /><path d="M3 11v1.500c0 .5.300.750.750.750h8.500c.450 0 .750-.250.750-.750V11" /></>,
  spinner: <path d="M13.750 8A5.750 5.750 0 1 1 8 2.250" />,
  pause: <><circle cx="8" cy="8" r="5.750" /><path d="M6.500 6v4M9.500 6v4" /></>,
  check: <><circle cx="8" cy="8" r="5.750" /><path d="m5.500 8.250 1.750 1.750 3.250-3.750" /></>,
  cross: <><circle cx="8" cy="8" r="5.750" /><path d="m6 6 4 4M10 6l-4 4" /></>,
  stop: <><circle cx="8" cy="8" r="5.750" /><path d="m4 12 8-8" /></>,
  bolt: <path d="M8.750 2 3.750 9H7.500l-.750 5 5-7H8z" />,
  alert: <><path d="M8 2.500 14 13H2z" /><path d="M8 6.500v3M8 11.200v.1" /></>,
  hourglass: <><path d="M4.500 2.500h7M4.500 13.500h7" /><path d="M5.250 2.500c0 3.250 2.750 3.750 2.750 5.500s-2.750 2.250-2.750 5.500M10.750 2.500C10.750 5.750 8 6.250 8 8s2.750 2.250 2.750 5.500" /></>,
  copy: <><rect x="5.500" y="5.500" width="8" height="8" rx="1.500" /><path d="M10.500 5.500V4A1.500 1.500 0 0 0 9 2.500H4A1.500 1.500 0 0 0 2.500 4v5A1.500 1.500 0 0 0 4 10.500h1.500" /></>,
  tick: <path d="m3.500 8.500 3 3 6-7" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  replay: <><path d="M3 8a5 5 0 1 0 1.500-3.550L3 6" /><path d="M3 2.750V6h3.250" /></>,
  back: <path d="M9.750 3.500 5.250 8l4.500 4.500" />,
  down: <path d="m4 6.250 4 4 4-4" />,
  search: <><circle cx="7" cy="7" r="4.250" /><path d="m10.250 10.250 3 3" /></>,
  filter: <path d="M2.500 4h11M4.500 8h7M6.500 12h3" />,
  sun: <><circle cx="8" cy="8" r="2.750" /><path d="M8 1.750v1.500M8 12.750v1.500M1.750 8h1.500M12.750 8h1.500M3.600 3.600l1 1M11.400 11.400l1 1M3.600 12.400l1-1M11.400 4.600l1-1" /></>,
  moon: <path d="M13.250 9.500A5.750 5.750 0 1 1 6.500 2.750a4.500 4.500 0 0 0 6.750 6.750z" />,
  screen: <><rect x="2" y="3" width="12" height="8" rx="1.250" /><path d="M6 13.500h4" /></>,
  runs: <><path d="M2.500 4.250h7M2.500 8h11M2.500 11.750h5" /><circle cx="12" cy="4.250" r="1" /><circle cx="10" cy="11.750" r="1" /></>,
  menu: <path d="M2.500 4.500h11M2.500 8h11M2.500 11.500h11" />,
  signOut: <><path d="M6.500 2.750h-2A1.750 1.750 0 0 0 2.750 4.500v7c0 .970.780 1.750 1.750 1.750h2" /><path d="M10 5.250 12.750 8 10 10.750M12.500 8H6.500" /></>,
  terminal: <><rect x="2" y="3" width="12" height="10" rx="1.500" /><path d="m4.750 6.250 2 1.750-2 1.750M8.500 10h2.750" /></>,
  wrap: <><path d="M2.500 4h11M2.500 12h3.500" /><path d="M2.500 8h9a2 2 0 0 1 0 4H9M10.500 10.500 9 12l1.500 1.500" /></>,
  follow: <path d="M8 2.500v8M4.750 7.500 8 10.750l3.250-3.250M3.500 13.500h9" />,
  server: <><rect x="2.500" y="2.750" width="11" height="4.250" rx="1.250" /><rect x="2.500" y="9" width="11" height="4.250" rx="1.250" /><path d="M5 4.900v.1M5 11.100v.1" /></>,
  link: <><path d="M6.750 9.250a2.500 2.500 0 0 0 3.540 0l2-2a2.500 2.500 0 0 0-3.540-3.540l-.750.750" /><path d="M9.250 6.750a2.500 2.500 0 0 0-3.540 0l-2 2a2.500 2.500 0 0 0 3.540 3.540l.750-.750" /></>,
  keyboard: <><rect x="1.750" y="4" width="12.500" height="8" rx="1.500" /><path d="M4.500 6.750v.1M7 6.750v.1M9.500 6.750v.1M11.750 6.750v.1M5.500 9.500h5" /></>,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string | undefined }) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {SHAPES[name]}
    </svg>
  );
}
