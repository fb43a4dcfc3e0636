import { createContext, use, useCallback, useRef, useState, type ReactNode } from 'react';
import { IconButton } from './Button';
import { classes } from './classes';
import { Icon } from './Icon';
import styles from './Toast.module.css';

type Kind = 'info' | 'error';
type Show = (text: string, kind?: Kind) => void;

const ToastContext = createContext<Show>(() => undefined);

export function useToast(): Show {
  return use(ToastContext);
}

interface Item {
  id: number;
  text: string;
  kind: Kind;
}

const SHOWN_MS = 6000;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [items, setItems] = useState<Item[]>([]);
  const nextId = useRef(0);

  const drop = useCallback((id: number) => setItems((all) => all.filter((item) => item.id !== id)), []);
  const show = useCallback<Show>(
    (text, kind = 'info') => {
      const id = nextId.current++;
      setItems((all) => [...all.slice(-3), { id, text, kind }]);
      setTimeout(() => drop(id), SHOWN_MS);
    },
    [drop],
  );

  return (
    <ToastContext value={show}>
      {children}
      <div className={styles.stack} role="region" aria-label="Notifications" aria-live="polite">
        {items.map((item) => (
          <div key={item.id} className={classes(styles.toast, styles[item.kind])}>
            <Icon name={item.kind === 'error' ? 'alert' : 'check'} />
            <span>{item.text}</span>
            <IconButton icon="close" label="Dismiss" onClick={() => drop(item.id)} />
          </div>
        ))}
      </div>
    </ToastContext>
  );
}
