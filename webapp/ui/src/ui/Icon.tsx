import type { ReactNode } from 'react';

/** Line icons on a grid of 16, drawn with the colour of the text around them. */
const SHAPES = {
  clock: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M8 4.9V8l2 1.5" />
    </>
  ),
  queue: <path d="M3 4.5h10M3 8h10M3 11.5h6" />,
  box: (
    <>
      <path d="m8 2.3 5 2.7v6L8 13.7 3 11V5z" />
      <path d="m3.2 5.1 4.8 2.6 4.8-2.6M8 7.7v5.8" />
    </>
  ),
  arrowIn: (
    <>
      <path d="M8 2.75v6.5M5.25 6.75 8 9.5l2.75-2.75" />
      <path d="M3 11v1.5c0 .5.3.75.75.75h8.5c.45 0 .75-.25.75-.75V11" />
    </>
  ),
  spinner: <path d="M13.75 8A5.75 5.75 0 1 1 8 2.25" />,
  pause: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="M6.5 6v4M9.5 6v4" />
    </>
  ),
  check: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="m5.5 8.25 1.75 1.75 3.25-3.75" />
    </>
  ),
  cross: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="m6 6 4 4M10 6l-4 4" />
    </>
  ),
  stop: (
    <>
      <circle cx="8" cy="8" r="5.75" />
      <path d="m4 12 8-8" />
    </>
  ),
  bolt: <path d="M8.75 2 3.75 9H7.5l-.75 5 5-7H8z" />,
  alert: (
    <>
      <path d="M8 2.5 14 13H2z" />
      <path d="M8 6.5v3M8 11.2v.1" />
    </>
  ),
  hourglass: (
    <>
      <path d="M4.5 2.5h7M4.5 13.5h7" />
      <path d="M5.25 2.5c0 3.25 2.75 3.75 2.75 5.5s-2.75 2.25-2.75 5.5M10.75 2.5C10.75 5.75 8 6.25 8 8s2.75 2.25 2.75 5.5" />
    </>
  ),
  copy: (
    <>
      <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" />
      <path d="M10.5 5.5V4A1.5 1.5 0 0 0 9 2.5H4A1.5 1.5 0 0 0 2.5 4v5A1.5 1.5 0 0 0 4 10.5h1.5" />
    </>
  ),
  tick: <path d="m3.5 8.5 3 3 6-7" />,
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  replay: (
    <>
      <path d="M3 8a5 5 0 1 0 1.5-3.55L3 6" />
      <path d="M3 2.75V6h3.25" />
    </>
  ),
  back: <path d="M9.75 3.5 5.25 8l4.5 4.5" />,
  down: <path d="m4 6.25 4 4 4-4" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.25" />
      <path d="m10.25 10.25 3 3" />
    </>
  ),
  filter: <path d="M2.5 4h11M4.5 8h7M6.5 12h3" />,
  sun: (
    <>
      <circle cx="8" cy="8" r="2.75" />
      <path d="M8 1.75v1.5M8 12.75v1.5M1.75 8h1.5M12.75 8h1.5M3.6 3.6l1 1M11.4 11.4l1 1M3.6 12.4l1-1M11.4 4.6l1-1" />
    </>
  ),
  moon: <path d="M13.25 9.5A5.75 5.75 0 1 1 6.5 2.75a4.5 4.5 0 0 0 6.75 6.75z" />,
  screen: (
    <>
      <rect x="2" y="3" width="12" height="8" rx="1.25" />
      <path d="M6 13.5h4" />
    </>
  ),
  runs: (
    <>
      <path d="M2.5 4.25h7M2.5 8h11M2.5 11.75h5" />
      <circle cx="12" cy="4.25" r="1" />
      <circle cx="10" cy="11.75" r="1" />
    </>
  ),
  menu: <path d="M2.5 4.5h11M2.5 8h11M2.5 11.5h11" />,
  signOut: (
    <>
      <path d="M6.5 2.75h-2A1.75 1.75 0 0 0 2.75 4.5v7c0 .97.78 1.75 1.75 1.75h2" />
      <path d="M10 5.25 12.75 8 10 10.75M12.5 8H6.5" />
    </>
  ),
  terminal: (
    <>
      <rect x="2" y="3" width="12" height="10" rx="1.5" />
      <path d="m4.75 6.25 2 1.75-2 1.75M8.5 10h2.75" />
    </>
  ),
  wrap: (
    <>
      <path d="M2.5 4h11M2.5 12h3.5" />
      <path d="M2.5 8h9a2 2 0 0 1 0 4H9M10.5 10.5 9 12l1.5 1.5" />
    </>
  ),
  span: <path d="M2.5 4.75h6M5.5 8h6M8.5 11.25h5" />,
  fold: <path d="m4.5 2.75 3.5 3 3.5-3M4.5 13.25l3.5-3 3.5 3M3 8h10" />,
  unfold: <path d="m4.5 5.25 3.5-3 3.5 3M4.5 10.75l3.5 3 3.5-3M3 8h10" />,
  logs: <path d="M3 3.75h1M6 3.75h7M3 8h1M6 8h7M3 12.25h1M6 12.25h4" />,
  follow: <path d="M8 2.5v8M4.75 7.5 8 10.75l3.25-3.25M3.5 13.5h9" />,
  server: (
    <>
      <rect x="2.5" y="2.75" width="11" height="4.25" rx="1.25" />
      <rect x="2.5" y="9" width="11" height="4.25" rx="1.25" />
      <path d="M5 4.9v.1M5 11.1v.1" />
    </>
  ),
  tasks: (
    <>
      <rect x="2.5" y="2.5" width="11" height="11" rx="2" />
      <path d="m5.25 8.25 2 2 3.5-4.25" />
    </>
  ),
  flask: (
    <>
      <path d="M6.25 2.5h3.5M6.75 2.5v4L3.4 12.1a1 1 0 0 0 .86 1.4h7.48a1 1 0 0 0 .86-1.4L9.25 6.5v-4" />
      <path d="M5 10h6" />
    </>
  ),
  calendar: (
    <>
      <rect x="2.5" y="3.5" width="11" height="10" rx="1.5" />
      <path d="M2.5 6.75h11M5.5 2v2.5M10.5 2v2.5" />
    </>
  ),
  layers: (
    <>
      <path d="m8 2.5 6 3-6 3-6-3z" />
      <path d="m2 8.25 6 3 6-3M2 11l6 3 6-3" />
    </>
  ),
  ticket: (
    <>
      <path d="M2.5 5.5v-1a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v1.75a1.75 1.75 0 0 0 0 3.5v1.75a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1V9.75a1.75 1.75 0 0 0 0-3.5z" />
      <path d="M9.75 5.5v1M9.75 9.5v1" />
    </>
  ),
  many: (
    <>
      <rect x="2.5" y="5" width="8.5" height="8.5" rx="1.5" />
      <path d="M5.25 2.5h6.75a1.5 1.5 0 0 1 1.5 1.5v6.75" />
    </>
  ),
  rocket: (
    <>
      <path d="M6 10 4.5 8.5C5.5 5 8 2.75 13 3c.25 5-2 7.5-5.5 8.5z" />
      <path d="M4.75 8.25 2.75 8.5 4.5 5.75h1.6M7.75 11.25 7.5 13.25l2.75-1.75V9.9" />
    </>
  ),
  braces: (
    <path d="M6 2.75H5.25A1.25 1.25 0 0 0 4 4v2.25C4 7.25 3.25 8 2.5 8 3.25 8 4 8.75 4 9.75V12a1.25 1.25 0 0 0 1.25 1.25H6M10 2.75h.75A1.25 1.25 0 0 1 12 4v2.25C12 7.25 12.75 8 13.5 8c-.75 0-1.5.75-1.5 1.75V12a1.25 1.25 0 0 1-1.25 1.25H10" />
  ),
  key: (
    <>
      <circle cx="5.25" cy="10.75" r="2.75" />
      <path d="m7.25 8.75 5.5-5.5M10.5 5.5l2 2M12.75 3.25l.75.75" />
    </>
  ),
  bell: (
    <>
      <path d="M4.25 6.75a3.75 3.75 0 0 1 7.5 0c0 3.5 1.5 4.25 1.5 4.25H2.75s1.5-.75 1.5-4.25z" />
      <path d="M6.75 13.25h2.5" />
    </>
  ),
  people: (
    <>
      <circle cx="6" cy="5.25" r="2.25" />
      <path d="M2 13c0-2.25 1.75-4 4-4s4 1.75 4 4M10.5 3.25a2.25 2.25 0 0 1 0 4M11.5 9.25c1.5.5 2.5 2 2.5 3.75" />
    </>
  ),
  person: (
    <>
      <circle cx="8" cy="5.25" r="2.5" />
      <path d="M3 13.25C3 10.75 5.25 9 8 9s5 1.75 5 4.25" />
    </>
  ),
  gear: (
    <>
      <circle cx="8" cy="8" r="2" />
      <path d="M8 1.75v1.6M8 12.65v1.6M1.75 8h1.6M12.65 8h1.6M3.6 3.6l1.1 1.1M11.3 11.3l1.1 1.1M3.6 12.4l1.1-1.1M11.3 4.7l1.1-1.1" />
    </>
  ),
  plus: <path d="M8 3v10M3 8h10" />,
  edit: <path d="m3 13 .75-2.75 7.5-7.5 2 2-7.5 7.5zM10 4l2 2" />,
  trash: (
    <>
      <path d="M2.75 4.25h10.5M6.25 4V2.75h3.5V4M4 4.25l.6 8.1a1 1 0 0 0 1 .9h4.8a1 1 0 0 0 1-.9l.6-8.1" />
    </>
  ),
  play: <path d="M5 3.25v9.5l7.5-4.75z" />,
  more: <path d="M3.5 8v.1M8 8v.1M12.5 8v.1" />,
  eye: (
    <>
      <path d="M1.75 8S4 3.75 8 3.75 14.25 8 14.25 8 12 12.25 8 12.25 1.75 8 1.75 8z" />
      <circle cx="8" cy="8" r="1.75" />
    </>
  ),
  bookmark: <path d="M4.25 2.75h7.5v10.5L8 10.5l-3.75 2.75z" />,
  out: <path d="M6.5 3.5h-3v9h9v-3M9 2.75h4.25V7M13 3 7.5 8.5" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

export function Icon({
  name,
  size = 16,
  className,
}: {
  name: IconName;
  size?: number;
  className?: string | undefined;
}) {
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
