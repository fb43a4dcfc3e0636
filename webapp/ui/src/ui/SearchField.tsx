import type { RefObject } from 'react';
import { IconButton } from './Button';
import { Icon } from './Icon';
import styles from './SearchField.module.css';

interface Props {
  label: string;
  value: string;
  placeholder?: string;
  input?: RefObject<HTMLInputElement | null>;
  onChange(value: string): void;
}

export function SearchField({ label, value, placeholder = label, input, onChange }: Props) {
  return (
    <div className={styles.search} role="search">
      <Icon name="search" size={14} />
      <input
        ref={input}
        type="text"
        aria-label={label}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            onChange('');
            event.currentTarget.blur();
          }
        }}
      />
      {value !== '' && <IconButton icon="close" label="Clear" onClick={() => onChange('')} />}
    </div>
  );
}
