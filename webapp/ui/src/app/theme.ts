import { useState } from 'react';
import { readStored, writeStored } from '../lib/stored';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'runyard.theme';

export function storedTheme(): Theme {
  const stored = readStored(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** Without a choice of the person's, no attribute is set and the style sheet follows the system. */
export function applyStoredTheme(): void {
  const theme = storedTheme();
  if (theme === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = theme;
  }
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(storedTheme);
  const choose = (chosen: Theme) => {
    writeStored(KEY, chosen === 'system' ? null : chosen);
    applyStoredTheme();
    setTheme(chosen);
  };
  return [theme, choose];
}
