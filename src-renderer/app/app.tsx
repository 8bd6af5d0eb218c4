// The whole page: providers from the outside in, then the shell.
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { createQueryClient, forgetOnChange } from '../engine.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { ForgettingProvider } from './forgetting.tsx';
import { ImportActivityProvider } from './import-activity.tsx';
import { LocationProvider } from './navigation.ts';
import { NoticeProvider } from './notice.tsx';
import { SettingsProvider, useSettings } from './settings.tsx';
import { Shell } from './shell.tsx';
import { cssVariables, theme } from './theme.ts';

export function App({ nonce }: { readonly nonce: string }) {
  const [client] = useState(createQueryClient);
  useEffect(() => forgetOnChange(client), [client]);
  return (
    <SettingsProvider>
      <Themed nonce={nonce}>
        <ErrorBoundary place="window">
          <QueryClientProvider client={client}>
            <NoticeProvider>
              <LocationProvider>
                <ImportActivityProvider>
                  <ForgettingProvider>
                    <Shell />
                  </ForgettingProvider>
                </ImportActivityProvider>
              </LocationProvider>
            </NoticeProvider>
          </QueryClientProvider>
        </ErrorBoundary>
      </Themed>
    </SettingsProvider>
  );
}

function Themed({ nonce, children }: { readonly nonce: string; readonly children: ReactNode }) {
  const { settings } = useSettings();
  const scheme = settings.theme;
  useEffect(() => {
    void window.assay.setTheme(scheme);
  }, [scheme]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      getStyleNonce={() => nonce}
      defaultColorScheme="auto"
      {...(scheme === 'system' ? {} : { forceColorScheme: scheme })}
    >
      {children}
    </MantineProvider>
  );
}
