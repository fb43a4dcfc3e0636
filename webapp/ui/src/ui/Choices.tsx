import styles from './Choices.module.css';

interface Props<T extends string> {
  label: string;
  choices: { value: T; label: string }[];
  value: T | undefined;
  onChange(value: T): void;
}

/** One of a few, side by side. */
export function Choices<T extends string>({ label, choices, value, onChange }: Props<T>) {
  return (
    <div className={styles.choices} role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className={styles.choice}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}
