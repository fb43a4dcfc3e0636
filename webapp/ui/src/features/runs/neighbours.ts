import { type RunFilters, writeFilters } from './filters';

interface RememberedList {
  slug: string;
  search: string;
  ids: string[];
}

/** The list that was last on screen. It lives as long as the page, and lets a run's page step through it. */
let remembered: RememberedList | undefined;

export function rememberList(slug: string, filters: RunFilters, runs: { id: string }[]): void {
  const search = writeFilters(new URLSearchParams(), filters).toString();
  remembered = { slug, search, ids: runs.map((run) => run.id) };
}

/** The way back to the list, with the filters that it had. */
export function listAddress(slug: string): string {
  const search = remembered?.slug === slug && remembered.search !== '' ? `?${remembered.search}` : '';
  return `/envs/${slug}/runs${search}`;
}

/** The run that stands `step` rows further down in the list; undefined at its ends and where no list was seen. */
export function neighbourOf(slug: string, runId: string, step: 1 | -1): string | undefined {
  if (remembered?.slug !== slug) {
    return undefined;
  }
  const at = remembered.ids.indexOf(runId);
  return at < 0 ? undefined : remembered.ids[at + step];
}
