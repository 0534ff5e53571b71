import type { SystemInfo } from '#contract/system.ts';
import type { Keychain } from '../../platform/secrets/Secrets.ts';

/** What only the host around the app can do: the desktop shell gives all of it, the browser host none. */
export interface HostServices {
	kind: SystemInfo['host'];
	version: string;
	/** The operating system's file dialog for one model; null when it was dismissed. */
	pickModelFile?(): Promise<string | null>;
	/** Asks, then opens an http, https or mailto address outside; false when it was refused. */
	openLink?(url: string): Promise<boolean>;
	showDataFolder?(): Promise<void>;
	/** Where secrets are kept; without one a key file in the data folder does it. */
	keychain?: Keychain;
}
