import type { IconName } from '../ui/Icon';

export interface PageLink {
  /** After the address of the environment, or the whole address of pages that belong to none. */
  path: string;
  label: string;
  icon: IconName;
  /** Other words by which people look for it. */
  words?: string;
}

export interface PageGroup {
  title: string;
  pages: PageLink[];
}

/** Pages about one environment, as the side bar and the command palette list them. */
export const ENVIRONMENT_PAGES: PageGroup[] = [
  {
    title: '',
    pages: [
      { path: 'tasks', label: 'Tasks', icon: 'tasks', words: 'home activity overview' },
      { path: 'runs', label: 'Runs', icon: 'runs', words: 'list jobs executions' },
      { path: 'test', label: 'Test', icon: 'flask', words: 'trigger try payload' },
    ],
  },
  {
    title: 'Observe',
    pages: [
      { path: 'errors', label: 'Errors', icon: 'alert', words: 'failures exceptions crashes' },
      { path: 'logs', label: 'Logs', icon: 'logs', words: 'search lines output print' },
      { path: 'queues', label: 'Queues', icon: 'queue', words: 'concurrency limits pause backlog' },
    ],
  },
  {
    title: 'Work',
    pages: [
      { path: 'schedules', label: 'Schedules', icon: 'calendar', words: 'cron timer' },
      { path: 'batches', label: 'Batches', icon: 'layers' },
      { path: 'bulk-actions', label: 'Bulk actions', icon: 'many', words: 'cancel replay many' },
      { path: 'waitpoints', label: 'Waitpoint tokens', icon: 'ticket', words: 'approval wait complete' },
    ],
  },
  {
    title: 'Manage',
    pages: [
      { path: 'deployments', label: 'Deployments', icon: 'rocket', words: 'versions promote rollback release' },
      { path: 'variables', label: 'Variables', icon: 'braces', words: 'environment env secrets' },
      { path: 'keys', label: 'API keys', icon: 'key', words: 'secret token rotate' },
      { path: 'alerts', label: 'Alerts', icon: 'bell', words: 'webhook mail slack notify' },
    ],
  },
];

/** Pages about the installation and the people. */
export const COMMON_PAGES: PageLink[] = [
  { path: '/team', label: 'Team', icon: 'people', words: 'members roles audit log invite' },
  { path: '/workers', label: 'Workers', icon: 'server', words: 'supervisors capacity health' },
  { path: '/account', label: 'Account', icon: 'person', words: 'password sessions personal tokens profile' },
  { path: '/settings', label: 'Settings', icon: 'gear', words: 'environment limits version' },
];
