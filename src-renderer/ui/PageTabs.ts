import { createContext, type ReactNode } from 'react';

/** The tabs of the place that a page belongs to; the app gives them, and `PageHeader` shows them beside the title. */
export const PageTabsContext = createContext<ReactNode>(null);
