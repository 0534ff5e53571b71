import { app, Menu } from 'electron';
import { words } from './words.ts';

/** Gives the window the system's own editing keys, zoom and full screen, and nothing that could open or load anything. */
export function setMenu(): void {
	const say = words();
	Menu.setApplicationMenu(
		Menu.buildFromTemplate([
			...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
			{ label: say.edit, role: 'editMenu' },
			{
				label: say.view,
				submenu: [
					{ role: 'resetZoom' },
					{ role: 'zoomIn' },
					{ role: 'zoomOut' },
					{ type: 'separator' },
					{ role: 'togglefullscreen' },
					...(app.isPackaged ? [] : [{ role: 'reload' as const }, { role: 'toggleDevTools' as const }]),
				],
			},
			{ label: say.window, role: 'windowMenu' },
		]),
	);
}
