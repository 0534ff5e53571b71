import { createContext, type ReactNode } from 'react';

/** What explains the page that is open; the app gives it, and `PageHeader` shows it beside the title. */
export const PageHelpContext = createContext<ReactNode>(null);
