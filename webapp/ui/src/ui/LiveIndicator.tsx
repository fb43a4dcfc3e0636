import type { StreamState } from '../lib/sse';
import { classes } from './classes';
import styles from './LiveIndicator.module.css';

interface Props {
  state: StreamState;
  isPaused: boolean;
  onToggle(): void;
}

const WORDS = {
  live: ['Live', 'Updates arrive as they happen. Click to pause.'],
  connecting: ['Connecting', 'Connecting to the server. Click to pause.'],
  stale: ['Stale', 'The connection was lost; trying again. What you see may be old.'],
  paused: ['Paused', 'Nothing changes while you look. Click to resume.'],
} as const;

/** Says whether what is on screen can be trusted to be current, and lets the person hold it still. */
export function LiveIndicator({ state, isPaused, onToggle }: Props) {
  const shown = isPaused ? 'paused' : state;
  const [word, explanation] = WORDS[shown];
  return (
    <button
      type="button"
      className={classes(styles.indicator, styles[shown])}
      aria-pressed={!isPaused}
      aria-label={`Live updates: ${word.toLowerCase()}`}
      title={explanation}
      data-testid="live-indicator"
      onClick={onToggle}
    >
      <span className={styles.dot} aria-hidden="true" />
      {word}
    </button>
  );
}
