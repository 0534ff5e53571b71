import { createContext, useContext } from 'react';

/** Opens an outside address for the reader, after asking; the app provides it, because the two hosts do it differently. */
export type OpenLink = (url: string) => void;

const doNothing: OpenLink = () => {};

/** Who opens links below here; without a provider links stay inert. */
export const OpenLinkContext = createContext<OpenLink>(doNothing);

/** What to call with the address of a link that was clicked. */
export function useOpenLink(): OpenLink {
	return useContext(OpenLinkContext);
}
