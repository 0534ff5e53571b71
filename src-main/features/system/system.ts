import type { SystemInfo } from '#contract/system.ts';

/** What only the host around the app can do: the desktop shell gives all of it, the browser host none. */
export interface HostServices {
	kind: SystemInfo['host'];
	version: string;
	/** The operating system's file dialog for one model; null when it was dismissed. */
	pickModelFile?(): Promise<string | null>;
	/** Asks, then opens an http, https or mailto address outside; false when it was refused. */
	openLink?(url: string): Promise<boolean>;
	showDataFolder?(): Promise<void>;
}
