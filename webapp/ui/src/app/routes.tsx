import { createBrowserRouter, Link, useRouteError } from 'react-router';
import { LoginPage } from '../features/login/LoginPage';
import { RunPage } from '../features/run/RunPage';
import { RunsPage } from '../features/runs/RunsPage';
import { sentenceOf } from '../lib/problem';
import { EmptyState } from '../ui/EmptyState';
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
                { path: 'runs', element: <RunsPage /> },
                { path: 'runs/:runId', element: <RunPage /> },
              ],
            },
            { path: '*', element: <NoSuchPage /> },
          ],
        },
      ],
    },
  ]);
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
