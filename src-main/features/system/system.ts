import type { SystemInfo } from '#contract/system.ts';
import type { Network } from '../../platform/network/Network.ts';
import type { Keychain } from '../../platform/secrets/Secrets.ts';
import type { Updater } from '../../platform/update/openUpdater.ts';

/** What only the host around the app can do: the desktop shell gives all of it, the browser host none. */
export interface HostServices {
	kind: SystemInfo['host'];
	version: string;
	/** Of the page that browsers open; left out where there is none. */
	pagePort?: number;
	/** The operating system's file dialog for one model; null when it was dismissed. */
	pickModelFile?(): Promise<string | null>;
	/** Asks, then opens an http, https or mailto address outside; false when it was refused. */
	openLink?(url: string): Promise<boolean>;
	showDataFolder?(): Promise<void>;
	/** Closes Homeroom and opens it again, on whatever lies in the data folder by then. */
	restart?(): void;
	/** Where secrets are kept; without one a key file in the data folder does it. */
	keychain?: Keychain;
	/** Opens the system's dialog to print the page of the window. */
	print?(): void;
	/** Saves the page of the window as a PDF where the person says; whether they did. */
	savePdf?(name: string): Promise<boolean>;
	/** What replaces this program with a newer one, asking by `network` alone; null where it cannot be replaced. */
	openUpdater?(network: Pick<Network, 'request'>): Updater | null;
	/** Closes the app in order, then does `act`, then ends. */
	leave?(act: () => void | Promise<void>): void;
	/** Shows an installer that Homeroom kept in the system's file manager. */
	showProgram?(file: string): Promise<void>;
}
