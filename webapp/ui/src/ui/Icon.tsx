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
  follow: <path d="M8 2.5v8M4.75 7.5 8 10.75l3.25-3.25M3.5 13.5h9" />,
  server: (
    <>
      <rect x="2.5" y="2.75" width="11" height="4.25" rx="1.25" />
      <rect x="2.5" y="9" width="11" height="4.25" rx="1.25" />
      <path d="M5 4.9v.1M5 11.1v.1" />
    </>
  ),
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
