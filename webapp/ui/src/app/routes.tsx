import type { ComponentType } from 'react';
import { createBrowserRouter, Link, Navigate, useRouteError } from 'react-router';
import { LoginPage } from '../features/login/LoginPage';
import { RunPage } from '../features/run/RunPage';
import { RunsPage } from '../features/runs/RunsPage';
import { sentenceOf } from '../lib/problem';
import { EmptyState } from '../ui/EmptyState';
import { Loading } from '../ui/Loading';
import { EnvironmentGate } from './EnvironmentGate';
import { Home } from './Home';
import { Shell } from './Shell';

export function createRoutes() {
  return createBrowserRouter([
    { path: '/login', element: <LoginPage />, errorElement: <Crashed /> },
    {
      element: <Shell />,
      errorElement: <Crashed />,
      children: [
        {
          errorElement: <Crashed />,
          children: [
            { index: true, element: <Home /> },
            {
              path: 'envs/:slug',
              element: <EnvironmentGate />,
              children: [
                { index: true, element: <Navigate replace to="runs" /> },
                { path: 'runs', element: <RunsPage /> },
                { path: 'runs/:runId', element: <RunPage /> },
                page('logs', async () => (await import('../features/logs/LogsPage')).LogsPage),
                page('tasks', async () => (await import('../features/tasks/TasksPage')).TasksPage),
                page('test', async () => (await import('../features/test/TestPage')).TestPage),
                page('errors', async () => (await import('../features/errors/ErrorsPage')).ErrorsPage),
                page('queues', async () => (await import('../features/queues/QueuesPage')).QueuesPage),
                page('schedules', async () => (await import('../features/schedules/SchedulesPage')).SchedulesPage),
                page('batches', async () => (await import('../features/batches/BatchesPage')).BatchesPage),
                page('bulk-actions', async () => (await import('../features/bulk/BulkActionsPage')).BulkActionsPage),
                page('waitpoints', async () => (await import('../features/waitpoints/WaitpointsPage')).WaitpointsPage),
                page('deployments', async () => (await import('../features/deployments/DeploymentsPage')).DeploymentsPage),
                page('variables', async () => (await import('../features/variables/VariablesPage')).VariablesPage),
                page('keys', async () => (await import('../features/keys/KeysPage')).KeysPage),
                page('alerts', async () => (await import('../features/alerts/AlertsPage')).AlertsPage),
              ],
            },
            page('team', async () => (await import('../features/team/TeamPage')).TeamPage),
            page('workers', async () => (await import('../features/workers/WorkersPage')).WorkersPage),
            page('account', async () => (await import('../features/account/AccountPage')).AccountPage),
            page('account/authorization-code/:code', async () => (await import('../features/account/AuthorizePage')).AuthorizePage),
            page('settings', async () => (await import('../features/settings/SettingsPage')).SettingsPage),
            { path: '*', element: <NoSuchPage /> },
          ],
        },
      ],
    },
  ]);
}

/** A page whose code is loaded when somebody goes there. */
function page(path: string, load: () => Promise<ComponentType>) {
  return {
    path,
    lazy: async () => ({ Component: await load() }),
    hydrateFallbackElement: <Loading label="Loading" />,
  };
}

function NoSuchPage() {
  return (
    <EmptyState icon="alert" title="There is no such page">
      <p>
        The address may be misspelled. <Link to="/">Go to your runs</Link>
      </p>
    </EmptyState>
  );
}

function Crashed() {
  return (
    <EmptyState icon="alert" title="This page broke">
      <p role="alert">{sentenceOf(useRouteError())}</p>
      <p>
        <a href={location.href}>Load it again</a>
      </p>
    </EmptyState>
  );
}
