import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { classes } from './classes';
import { Icon, type IconName } from './Icon';
import styles from './Popover.module.css';

interface Props {
  label: string;
  icon?: IconName;
  trigger: ReactNode;
  isActive?: boolean;
  align?: 'start' | 'end';
  side?: 'below' | 'above';
  isBlock?: boolean;
  children(close: () => void): ReactNode;
}

/** A button with a panel beside it, which Escape, a click elsewhere and leaving with Tab close. */
export function Popover({ label, icon, trigger, isActive, align = 'start', side = 'below', isBlock, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useId();

  useEffect(() => {
    if (!isOpen) {
      return undefined;
    }
    const onPointer = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) {
        setOpen(false);
      }
    };
    document.addEventListener('pointerdown', onPointer);
    root.current?.querySelector<HTMLElement>(`[data-panel] :is(input, button, a)`)?.focus();
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  return (
    <div
      ref={root}
      className={classes(styles.root, isBlock && styles.blockRoot)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && isOpen) {
          event.stopPropagation();
          close();
        }
      }}
      onBlur={(event) => {
        if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) {
          setOpen(false);
        }
      }}
    >
      <button
        ref={button}
        type="button"
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={isOpen ? panel : undefined}
        className={classes(styles.trigger, isActive && styles.active, isBlock && styles.block)}
        onClick={() => setOpen(!isOpen)}
      >
        {icon && <Icon name={icon} />}
        {trigger}
        <Icon name="down" size={14} className={styles.caret} />
      </button>
      {isOpen && (
        <div id={panel} data-panel className={classes(styles.panel, styles[align], styles[side])}>
          {children(close)}
        </div>
      )}
    </div>
  );
}
