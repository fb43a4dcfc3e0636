import styles from './Badge.module.css';
import { classes } from './classes';
import { Icon, type IconName } from './Icon';

export type Tone = 'green' | 'red' | 'blue' | 'amber' | 'violet' | 'grey';

interface Props {
  tone: Tone;
  icon?: IconName;
  isSpinning?: boolean;
  label: string;
  title?: string;
}

/** Says a state by icon and word; the colour only repeats it. */
export function Badge({ tone, icon, isSpinning = false, label, title }: Props) {
  return (
    <span className={classes(styles.badge, styles[tone])} title={title}>
      {icon && <Icon name={icon} size={13} className={isSpinning ? styles.spin : undefined} />}
      {label}
    </span>
  );
}

export function Tag({ children }: { children: string }) {
  return (
    <span className={styles.tag} title={children}>
      {children}
    </span>
  );
}
