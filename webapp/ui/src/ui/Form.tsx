import type { FormEvent, ReactNode } from 'react';
import { Button } from './Button';
import { Dialog } from './Dialog';
import styles from './Form.module.css';
import { Icon } from './Icon';

interface Props {
  title: string;
  submit: string;
  isBusy: boolean;
  isDangerous?: boolean;
  isWide?: boolean;
  canSubmit?: boolean;
  error?: string | undefined;
  onSubmit(): void;
  onClose(): void;
  children: ReactNode;
}

/** A dialog that asks and then acts: Enter or mod+Enter sends, Escape leaves. */
export function FormDialog(props: Props) {
  const { title, submit, isBusy, isDangerous = false, isWide = false, canSubmit = true, error, onClose } = props;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (canSubmit && !isBusy) {
      props.onSubmit();
    }
  };
  return (
    <Dialog title={title} onClose={onClose} isWide={isWide}>
      <form
        className={styles.form}
        onSubmit={send}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
            send(event);
          }
        }}
      >
        {props.children}
        {error !== undefined && <Problem>{error}</Problem>}
        <div className={styles.actions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look={isDangerous ? 'danger' : 'primary'} isBusy={isBusy} disabled={!canSubmit}>
            {submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

export function Problem({ children }: { children: ReactNode }) {
  return (
    <p className={styles.problem} role="alert">
      <Icon name="alert" size={14} />
      <span>{children}</span>
    </p>
  );
}

/** Fields side by side where there is room. */
export function Fields({ children }: { children: ReactNode }) {
  return <div className={styles.fields}>{children}</div>;
}
