import { Icon, type IconName } from '../ui/Icon';
import styles from './ThemePicker.module.css';
import { type Theme, useTheme } from './theme';

const CHOICES: { theme: Theme; label: string; icon: IconName }[] = [
  { theme: 'light', label: 'Light theme', icon: 'sun' },
  { theme: 'dark', label: 'Dark theme', icon: 'moon' },
  { theme: 'system', label: 'Theme of the system', icon: 'screen' },
];

export function ThemePicker() {
  const [theme, choose] = useTheme();
  return (
    <fieldset className={styles.picker}>
      <legend className="sr-only">Theme</legend>
      {CHOICES.map((choice) => (
        <label key={choice.theme} className={styles.choice} title={choice.label}>
          <input
            type="radio"
            name="theme"
            className="sr-only"
            aria-label={choice.label}
            checked={theme === choice.theme}
            onChange={() => choose(choice.theme)}
          />
          <Icon name={choice.icon} size={14} />
        </label>
      ))}
    </fieldset>
  );
}
