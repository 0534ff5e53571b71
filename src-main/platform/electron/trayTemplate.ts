import type { MenuItemConstructorOptions } from 'electron';
import type { Say } from './words.ts';

/** What the tray shows. */
export interface TrayState {
	/** Jobs that run, whoever's they are, and how far they are together, 0..1; null where that is not known. */
	running: number;
	fraction: number | null;
	/** Models in memory that nobody uses now. */
	idleModels: number;
	isOffline: boolean;
	/** Whether whoever sits at the window may free memory, and change whether Homeroom stays offline. */
	mayFree: boolean;
	mayGoOffline: boolean;
}

/** What choosing something in the tray does. */
export interface TrayActs {
	show(): void;
	free(): void;
	setOffline(isOffline: boolean): void;
	quit(): void;
}

/** The menu of the tray: what runs, and what is wanted in a hurry. */
export function trayTemplate(state: TrayState, say: Say, acts: TrayActs): MenuItemConstructorOptions[] {
	return [
		{ label: say('tray.show'), click: () => acts.show() },
		{ type: 'separator' },
		{ label: runningWords(state, say), enabled: false },
		{ label: say('tray.free', { count: state.idleModels }), enabled: state.mayFree && state.idleModels > 0, click: () => acts.free() },
		{ label: say('tray.offline'), type: 'checkbox', checked: state.isOffline, enabled: state.mayGoOffline, click: ({ checked }) => acts.setOffline(checked) },
		{ type: 'separator' },
		{ label: say('menu.quit'), click: () => acts.quit() },
	];
}

/** What runs, in a line; the tray's tooltip says it, too. */
export function runningWords({ running, fraction }: Pick<TrayState, 'running' | 'fraction'>, say: Say): string {
	if (running === 0) return say('tray.nothing');
	return fraction === null ? say('tray.running', { count: running }) : say('tray.runningAt', { count: running, percent: Math.floor(fraction * 100) });
}
