// Short messages of what was just done ("Copied 24 rows"), shown in the status line and read out.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';

export type Notice = { readonly text: string; readonly tone: 'done' | 'failed' };
type NoticeState = {
  readonly notice: Notice | null;
  readonly say: (text: string, tone?: Notice['tone']) => void;
};

const NoticeContext = createContext<NoticeState>({ notice: null, say: () => undefined });
const SHOWN_FOR = { done: 5_000, failed: 15_000 } as const;

export function NoticeProvider({ children }: { readonly children: ReactNode }) {
  const [notice, setNotice] = useState<Notice | null>(null);
  const say = useCallback((text: string, tone: Notice['tone'] = 'done') => setNotice({ text, tone }), []);
  useEffect(() => {
    if (notice === null) return;
    const timer = window.setTimeout(() => setNotice(null), SHOWN_FOR[notice.tone]);
    return () => window.clearTimeout(timer);
  }, [notice]);
  const state = useMemo(() => ({ notice, say }), [notice, say]);
  return <NoticeContext value={state}>{children}</NoticeContext>;
}

export function useNotice(): NoticeState {
  return useContext(NoticeContext);
}
