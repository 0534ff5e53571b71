import type { MenuItemConstructorOptions } from 'electron';
import { expect, test, vi } from 'vitest';
import { menuTemplate } from './menuTemplate.ts';
import { trayTemplate } from './trayTemplate.ts';
import { sayIn } from './words.ts';

vi.mock('electron', () => ({ app: { getPreferredSystemLanguages: () => ['en'] } }));

const done: unknown[] = [];
const act =
	(name: string) =>
	(...args: unknown[]) =>
		void done.push([name, ...args]);
const acts = {
	goTo: act('goTo'),
	openFiles: act('open'),
	reopen: act('reopen'),
	forgetRecent: act('forget'),
	print: act('print'),
	showDataFolder: act('folder'),
};
const menu = (platform: NodeJS.Platform, language: 'en' | 'zh' = 'en', isPackaged = true) =>
	menuTemplate({ platform, isPackaged, say: sayIn(language), recent: [{ id: '7', name: 'Q&A.csv' }], acts });

/** Every item, those of menus within menus too. */
function itemsOf(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
	return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);
}
const labelled = (items: MenuItemConstructorOptions[], label: string) => itemsOf(items).find((item) => item.label === label);

test('settings, quitting and the program’s own menu stand where each platform wants them', () => {
	const tops = (platform: NodeJS.Platform) =>
		menu(platform).map(({ label, submenu }) => [
			label,
			itemsOf(submenu as MenuItemConstructorOptions[]).flatMap((item) => item.role ?? item.accelerator ?? []),
		]);
	expect(tops('darwin')[0]).toEqual(['Homeroom', ['about', 'CmdOrCtrl+,', 'services', 'hide', 'hideOthers', 'unhide', 'quit']]);
	expect(tops('darwin')[1]).toEqual(['File', ['CmdOrCtrl+O', 'CmdOrCtrl+P', 'close']]);
	for (const platform of ['win32', 'linux'] as const)
		expect(tops(platform)[0]).toEqual(['File', ['CmdOrCtrl+O', 'CmdOrCtrl+P', 'CmdOrCtrl+,', 'close', 'quit']]);
	expect(tops('linux').map(([label]) => label)).toEqual(['File', 'Edit', 'View', 'Window', 'Help']);
});

test.each(['darwin', 'win32', 'linux'] as const)('on %s everything has a name in both languages, and no key stands for two things', (platform) => {
	const isSaid = (language: 'en' | 'zh') => itemsOf(menu(platform, language, false)).filter(({ type, label }) => type !== 'separator' && !label);
	expect([isSaid('en'), isSaid('zh')]).toEqual([[], []]);
	const english = new Set(itemsOf(menu(platform)).map(({ label }) => label));
	expect(itemsOf(menu(platform, 'zh')).filter(({ label }) => label && label !== 'Homeroom' && label !== 'Q&&A.csv' && english.has(label))).toEqual([]);
	const keys = itemsOf(menu(platform)).flatMap(({ accelerator }) => accelerator ?? []);
	expect(new Set(keys).size).toBe(keys.length);
});

test('the tools for developers are in no packed program', () => {
	const roles = (isPackaged: boolean) => itemsOf(menu('linux', 'en', isPackaged)).map(({ role }) => role);
	expect([roles(true).includes('toggleDevTools'), roles(false).includes('toggleDevTools')]).toEqual([false, true]);
});

test('a choice does what it says', () => {
	done.length = 0;
	const items = menu('linux');
	// Electron hands the item in, which these do not look at.
	for (const label of ['Open…', 'Q&&A.csv', 'Clear the list', 'Print…', 'Settings…', 'Grading', 'Show the data folder'])
		labelled(items, label)?.click?.(undefined as never, undefined as never, undefined as never);
	expect(done).toEqual([['open'], ['reopen', '7'], ['forget'], ['print'], ['goTo', 'settings'], ['goTo', 'grading'], ['folder']]);
});

test('the tray tells what runs, and offers what whoever sits there may do', () => {
	const trayActs = { show: act('show'), free: act('free'), setOffline: act('offline'), quit: act('quit') };
	const idle = { running: 0, fraction: null, idleModels: 0, isOffline: true, mayFree: true, mayGoOffline: false };
	const shown = (state: typeof idle | (Omit<typeof idle, 'fraction'> & { fraction: number }), language: 'en' | 'zh' = 'en') =>
		trayTemplate(state, sayIn(language), trayActs).flatMap(({ label, enabled = true, checked }) =>
			label ? [[label, enabled, ...(checked === undefined ? [] : [checked])]] : [],
		);
	expect(shown(idle)).toEqual([
		['Open Homeroom', true],
		['No work is running', false],
		['Free the memory now: idle models 0', false],
		['Stay offline', false, true],
		['Quit Homeroom', true],
	]);
	expect(shown({ ...idle, running: 2, fraction: 0.429, idleModels: 1, isOffline: false, mayGoOffline: true }).slice(1, 4)).toEqual([
		['Running: 2 (42 %)', false],
		['Free the memory now: idle models 1', true],
		['Stay offline', true, false],
	]);
	expect(shown({ ...idle, running: 1 }, 'zh')[1]).toEqual(['正在进行：1 项', false]);
});
