import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Menu.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/mantine.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { setSessionHooks } from './api/client';
import { queryClient } from './api/query-client';
import { PersonConfirmation, confirmPerson } from './app/confirm-person';
import { startKeyboard } from './app/keyboard';
import { reloadAfterUpdate } from './app/reload-after-update';
import { leaveTo } from './app/leave';
import { router } from './app/router';
import { cssVariablesResolver, theme } from './styles/theme';

// The dashboard: a client of the HTTP API, which src/dashboard serves under /app. app/ has the frame and the routes, ui/ the
// parts that all pages share, api/ the typed client; each other folder is a feature with its pages. Start with app/router.tsx.

const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? '';

setSessionHooks({
  onSignedOut: () => {
    const { pathname, search } = window.location;
    const isSignInPage = /^\/app\/(?:welcome|sign-in|forgot|reset|invitation|email)$/.test(pathname);
    if (!isSignInPage) leaveTo(`/app/sign-in#next=${pathname}${search}`);
  },
  confirmPerson,
});
startKeyboard();
reloadAfterUpdate();

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <PersonConfirmation />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
