import { useState } from 'react';
import { useShortcuts } from '../lib/useShortcuts';
import { Dialog } from '../ui/Dialog';
import { Kbd } from '../ui/Kbd';
import styles from './ShortcutSheet.module.css';

const SECTIONS: { title: string; keys: [string[], string][] }[] = [
  {
    title: 'Runs',
    keys: [
      [['j', 'k'], 'Next and previous run'],
      [['Enter'], 'Open the run'],
      [['/'], 'Filter by task'],
      [['x'], 'Select the run for a bulk action'],
      [['p'], 'Pause or resume live updates'],
    ],
  },
  {
    title: 'One run',
    keys: [
      [['j', 'k'], 'Next and previous run of the list'],
      [['1', '…', '5'], 'Choose a tab'],
      [['r'], 'Replay'],
      [['R'], 'Replay with another payload'],
      [['c'], 'Cancel'],
      [['/'], 'Search in the logs'],
      [['Esc'], 'Back to the list'],
    ],
  },
  {
    title: 'Trace of a run',
    keys: [
      [['↑', '↓'], 'Next and previous row'],
      [['←', '→'], 'Close and open, or to the parent and the first part'],
      [['e', 'w'], 'Open all, close all'],
      [['z'], 'Zoom to the selected row and back'],
      [['l'], 'Show or hide log lines'],
      [['Esc'], 'Select nothing'],
    ],
  },
  {
    title: 'Everywhere',
    keys: [
      [['Ctrl', 'K'], 'Go to a page, a task or a run'],
      [['Ctrl', 'Enter'], 'Send the form'],
      [['Esc'], 'Close'],
      [['?'], 'This sheet'],
    ],
  },
];

export function ShortcutSheet() {
  const [isOpen, setOpen] = useState(false);
  useShortcuts({ '?': () => setOpen(true) });
  return isOpen ? (
    <Dialog title="Keyboard shortcuts" onClose={() => setOpen(false)}>
      {SECTIONS.map((section) => (
        <section key={section.title} className={styles.section}>
          <h3>{section.title}</h3>
          <dl>
            {section.keys.map(([keys, meaning]) => (
              <div key={meaning} className={styles.line}>
                <dt>{meaning}</dt>
                <dd>
                  {keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  ) : null;
}
