import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { createRoutes } from './app/routes';
import { applyStoredTheme } from './app/theme';
import { ToastProvider } from './ui/Toast';

applyStoredTheme();

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <ToastProvider>
      <RouterProvider router={createRoutes()} />
    </ToastProvider>
  </StrictMode>,
);
