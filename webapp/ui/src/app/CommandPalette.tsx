import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { fetchTasks } from '../features/tasks/api';
import { Dialog } from '../ui/Dialog';
import { Icon } from '../ui/Icon';
import { classes } from '../ui/classes';
import styles from './CommandPalette.module.css';
import { useLastEnvironment } from './environment';
import { COMMON_PAGES, ENVIRONMENT_PAGES } from './pages';
import { type Command, filterCommands, OPEN_PALETTE, runIdIn } from './palette';
import { type Environment, useSession } from './session';
import { useTheme } from './theme';
import { useLeave } from './useLeave';

/** Goes anywhere by typing: pages, environments, tasks, and a run whose id was pasted. */
export function CommandPalette() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onOpen = () => setOpen(true);
    const onKey = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOpen((before) => !before && document.querySelector('dialog[open]') === null);
      }
    };
    window.addEventListener(OPEN_PALETTE, onOpen);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener(OPEN_PALETTE, onOpen);
      window.removeEventListener('keydown', onKey);
    };
  }, []);
  return isOpen ? <Palette onClose={() => setOpen(false)} /> : null;
}

function Palette({ onClose }: { onClose(): void }) {
  const [text, setText] = useState('');
  const [selected, setSelected] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const id = useId();
  const commands = useCommands(text);
  const shown = useMemo(() => filterCommands(commands, runIdIn(text) === undefined ? text : ''), [commands, text]);
  const current = shown[Math.min(selected, shown.length - 1)];

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const run = (command: Command | undefined) => {
    if (command) {
      onClose();
      command.run();
    }
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setSelected((selected + step + shown.length) % Math.max(1, shown.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(current);
    }
  };
  return (
    <Dialog title="Go to" onClose={onClose}>
      <input
        className={styles.input}
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={current && `${id}-${current.id}`}
        aria-label="Page, task, environment or run id"
        placeholder="Page, task, environment or run id"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setSelected(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={id} ref={list} role="listbox" aria-label="Places" className={styles.list}>
        {shown.map((command) => (
          <li
            key={command.id}
            id={`${id}-${command.id}`}
            role="option"
            aria-selected={command === current}
            className={classes(styles.item)}
            onClick={() => run(command)}
          >
            <Icon name={command.icon} />
            <span className={styles.label}>{command.label}</span>
            <span className={styles.kind}>{command.kind}</span>
          </li>
        ))}
        {shown.length === 0 && <li className={styles.none}>Nothing has this name.</li>}
      </ul>
    </Dialog>
  );
}

function useCommands(text: string): Command[] {
  const { environments } = useSession();
  const environment = useLastEnvironment();
  const tasks = useTaskIds(environment);
  const navigate = useNavigate();
  const leave = useLeave();
  const [, chooseTheme] = useTheme();
  const runId = runIdIn(text);

  const go = (to: string) => () => void navigate(to);
  const base = environment ? `/envs/${environment.slug}` : '';
  const pages = environment ? ENVIRONMENT_PAGES.flatMap((group) => group.pages) : [];
  return [
    ...(runId && environment
      ? [command('run', runId, 'runs', `Run in ${environment.name}`, go(`${base}/runs/${runId}`))]
      : []),
    ...pages.map((page) => ({ ...command('page', page.label, page.icon, 'Page', go(`${base}/${page.path}`)), ...words(page) })),
    ...COMMON_PAGES.map((page) => ({ ...command('page', page.label, page.icon, 'Page', go(page.path)), ...words(page) })),
    ...tasks.flatMap((task) => [
      command('task', task, 'tasks', 'Runs of the task', go(`${base}/runs?task=${encodeURIComponent(task)}`)),
      command('test', `Test ${task}`, 'flask', 'Test', go(`${base}/test?task=${encodeURIComponent(task)}`)),
    ]),
    ...environments
      .filter((one) => one.id !== environment?.id)
      .map((one) => command('env', `${one.project.name} · ${one.name}`, 'layers', 'Environment', go(`/envs/${one.slug}/runs`))),
    command('theme', 'Light theme', 'sun', 'Action', () => chooseTheme('light')),
    command('theme', 'Dark theme', 'moon', 'Action', () => chooseTheme('dark')),
    command('session', 'Sign out', 'signOut', 'Action', () => void leave()),
  ];
}

function words(page: { words?: string }): { words?: string } {
  return page.words === undefined ? {} : { words: page.words };
}

function command(prefix: string, label: string, icon: Command['icon'], kind: string, run: () => void): Command {
  return { id: `${prefix}-${label.replace(/[^a-zA-Z0-9]+/g, '-')}`, label, icon, kind, run };
}

function useTaskIds(environment: Environment | undefined): string[] {
  const [ids, setIds] = useState<string[]>([]);
  const id = environment?.id;
  useEffect(() => {
    if (id !== undefined) {
      fetchTasks(id).then(
        (tasks) => setIds(tasks.map((task) => task.id)),
        () => undefined,
      );
    }
  }, [id]);
  return ids;
}
