// The page's entry: the style nonce, the theme, the root component.
import '@mantine/core/styles.css';
import { MantineProvider } from '@mantine/core';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { Root } from './root.tsx';

// Strict content security policy: no eval in schemas, every style element carries the page's nonce.
z.config({ jitless: true });
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
setNonce(nonce);

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
createRoot(root).render(
  <StrictMode>
    <MantineProvider getStyleNonce={() => nonce} defaultColorScheme="auto">
      <Root />
    </MantineProvider>
  </StrictMode>,
);
