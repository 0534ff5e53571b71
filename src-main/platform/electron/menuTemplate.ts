import type { MenuItemConstructorOptions } from 'electron';
import type { Say } from './words.ts';

/** The screens of the menu View, in the order of their keys. */
const screens = ['home', 'models', 'chat', 'grading', 'subtitles', 'convert', 'finetune'] as const;
export type MenuScreen = (typeof screens)[number] | 'settings' | 'help';

/** What choosing something in the menu does. */
export interface MenuActs {
	goTo(screen: MenuScreen): void;
	openFiles(): void;
	reopen(id: string): void;
	forgetRecent(): void;
	print(): void;
	showDataFolder(): void;
}

/** The menu of the window, as its platform wants it: on macOS what is the program's own stands under its name, elsewhere under File and Help. */
export function menuTemplate(options: {
	platform: NodeJS.Platform;
	isPackaged: boolean;
	say: Say;
	recent: readonly { id: string; name: string }[];
	acts: MenuActs;
}): MenuItemConstructorOptions[] {
	const { platform, isPackaged, say, recent, acts } = options;
	const isMac = platform === 'darwin';
	const line: MenuItemConstructorOptions = { type: 'separator' };
	const settings: MenuItemConstructorOptions = { label: say('menu.settings'), accelerator: 'CmdOrCtrl+,', click: () => acts.goTo('settings') };
	const program: MenuItemConstructorOptions = {
		label: 'Homeroom',
		submenu: [
			{ role: 'about', label: say('menu.about') },
			line,
			settings,
			line,
			{ role: 'services', label: say('menu.services') },
			line,
			{ role: 'hide', label: say('menu.hide') },
			{ role: 'hideOthers', label: say('menu.hideOthers') },
			{ role: 'unhide', label: say('menu.showAll') },
			line,
			{ role: 'quit', label: say('menu.quit') },
		],
	};
	const opened: MenuItemConstructorOptions[] =
		recent.length === 0
			? [{ label: say('menu.noRecent'), enabled: false }]
			: [
					// A name of a file is no place for a key of the menu.
					...recent.map(({ id, name }) => ({ label: name.replaceAll('&', '&&'), click: () => acts.reopen(id) })),
					line,
					{ label: say('menu.forgetRecent'), click: () => acts.forgetRecent() },
				];
	const file: MenuItemConstructorOptions = {
		label: say('menu.file'),
		submenu: [
			{ label: say('menu.open'), accelerator: 'CmdOrCtrl+O', click: () => acts.openFiles() },
			{ label: say('menu.recent'), submenu: opened },
			line,
			{ label: say('menu.print'), accelerator: 'CmdOrCtrl+P', click: () => acts.print() },
			line,
			...(isMac ? [] : [settings, line]),
			{ role: 'close', label: say('menu.close') },
			...(isMac ? [] : [{ role: 'quit' as const, label: say('menu.quit') }]),
		],
	};
	const edit: MenuItemConstructorOptions = {
		label: say('menu.edit'),
		submenu: [
			{ role: 'undo', label: say('menu.undo') },
			{ role: 'redo', label: say('menu.redo') },
			line,
			{ role: 'cut', label: say('menu.cut') },
			{ role: 'copy', label: say('menu.copy') },
			{ role: 'paste', label: say('menu.paste') },
			{ role: 'pasteAndMatchStyle', label: say('menu.pastePlain') },
			{ role: 'selectAll', label: say('menu.selectAll') },
		],
	};
	const view: MenuItemConstructorOptions = {
		label: say('menu.view'),
		submenu: [
			...screens.map((screen, at) => ({ label: say(`menu.${screen}`), accelerator: `CmdOrCtrl+${at + 1}`, click: () => acts.goTo(screen) })),
			line,
			{ role: 'resetZoom', label: say('menu.zoomReset') },
			{ role: 'zoomIn', label: say('menu.zoomIn') },
			{ role: 'zoomOut', label: say('menu.zoomOut') },
			line,
			{ role: 'togglefullscreen', label: say('menu.fullScreen') },
			...(isPackaged
				? []
				: [
						{ role: 'reload' as const, label: say('menu.reload') },
						{ role: 'toggleDevTools' as const, label: say('menu.devTools') },
					]),
		],
	};
	const window: MenuItemConstructorOptions = {
		label: say('menu.window'),
		role: 'window',
		submenu: [
			{ role: 'minimize', label: say('menu.minimize') },
			{ role: 'zoom', label: say('menu.zoom') },
			...(isMac ? [line, { role: 'front' as const, label: say('menu.front') }] : []),
		],
	};
	const help: MenuItemConstructorOptions = {
		label: say('menu.help'),
		role: 'help',
		submenu: [
			{ label: say('menu.handbook'), click: () => acts.goTo('help') },
			{ label: say('menu.dataFolder'), click: () => acts.showDataFolder() },
			...(isMac ? [] : [line, { role: 'about' as const, label: say('menu.about') }]),
		],
	};
	return [...(isMac ? [program] : []), file, edit, view, window, help];
}
