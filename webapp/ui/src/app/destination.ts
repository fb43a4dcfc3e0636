const KEY = 'runyard.destination';

/** Whether an address is one of this server's pages that somebody may be led to after signing in. */
export function isPage(path: string): boolean {
  return /^\/(?![/\\])/.test(path) && path !== '/' && !path.startsWith('/login');
}

/** Remembers, in this tab only, where somebody wanted to go who has to sign in first. */
export function keepDestination(path: string): void {
  try {
    if (isPage(path)) {
      sessionStorage.setItem(KEY, path);
    }
  } catch {
    // Browsers may forbid storage; the first page will do then.
  }
}

/** Returns where to go after signing in, once. */
export function takeDestination(): string | undefined {
  try {
    const path = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return path !== null && isPage(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
