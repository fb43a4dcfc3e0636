import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes } from 'react';
import { classes } from './classes';
import styles from './Field.module.css';

interface Shared {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value; said beside it and to screen readers. */
  problem?: string | undefined;
}

type InputProps = Shared & Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> & { onChange(value: string): void };

export function TextField({ label, hint, problem, onChange, className, ...rest }: InputProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem} className={className}>
      <input
        type="text"
        autoComplete="off"
        spellCheck={false}
        {...rest}
        id={id}
        className={styles.input}
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={hint || problem ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </Frame>
  );
}

type SelectProps = Shared &
  Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange'> & { onChange(value: string): void };

export function SelectField({ label, hint, problem, onChange, className, children, ...rest }: SelectProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem} className={className}>
      <select
        {...rest}
        id={id}
        className={styles.input}
        aria-describedby={hint || problem ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {children}
      </select>
    </Frame>
  );
}

type AreaProps = Shared &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> & { onChange(value: string): void };

export function TextArea({ label, hint, problem, onChange, className, ...rest }: AreaProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem} className={className}>
      <textarea
        spellCheck={false}
        {...rest}
        id={id}
        className={classes(styles.input, styles.area)}
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={hint || problem ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </Frame>
  );
}

interface FrameProps extends Shared {
  id: string;
  className: string | undefined;
  children: ReactNode;
}

function Frame({ id, label, hint, problem, className, children }: FrameProps) {
  return (
    <div className={classes(styles.field, className)}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children}
      {(problem !== undefined || hint) && (
        <p id={`${id}-hint`} className={classes(styles.hint, problem !== undefined && styles.problem)}>
          {problem ?? hint}
        </p>
      )}
    </div>
  );
}

interface CheckProps {
  label: ReactNode;
  isChecked: boolean;
  isDisabled?: boolean;
  onChange(isChecked: boolean): void;
}

export function CheckField({ label, isChecked, isDisabled = false, onChange }: CheckProps) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
