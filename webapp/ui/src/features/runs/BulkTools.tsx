import { plural } from '../../lib/format';
import { Button } from '../../ui/Button';
import { Menu } from '../../ui/Menu';
import type { BulkKind } from '../bulk/api';
import styles from './BulkTools.module.css';
import { hasFilters, type RunFilters } from './filters';

interface MenuProps {
  filters: RunFilters;
  onStart(kind: BulkKind): void;
}

/** Acts on all that the filters find, also on what is not on screen. */
export function BulkMenu({ filters, onStart }: MenuProps) {
  const isDisabled = !hasFilters(filters);
  return (
    <Menu
      label="All that match: bulk action"
      trigger="All that match"
      items={[
        { label: 'Replay all that match', icon: 'replay', isDisabled, onSelect: () => onStart('replay') },
        { label: 'Cancel all that match', icon: 'stop', isDisabled, onSelect: () => onStart('cancel') },
      ]}
      hint={isDisabled ? 'Set a filter first: nothing is done to all runs at once.' : undefined}
    />
  );
}

interface BarProps {
  count: number;
  onStart(kind: BulkKind): void;
  onClear(): void;
}

/** Stands at the bottom while runs are selected. */
export function SelectionBar({ count, onStart, onClear }: BarProps) {
  return (
    <div className={styles.bar} role="region" aria-label="Selected runs">
      <span>{plural(count, 'run')} selected</span>
      <Button icon="replay" onClick={() => onStart('replay')}>
        Replay
      </Button>
      <Button look="danger" icon="stop" onClick={() => onStart('cancel')}>
        Cancel
      </Button>
      <Button look="ghost" icon="close" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}
