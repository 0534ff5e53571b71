import { contextBridge, ipcRenderer, webUtils } from 'electron';

// Hands the page its port to the app and the path of a file that is dropped on it, and nothing else.

contextBridge.exposeInMainWorld('homeroom', { host: 'desktop', pathForFile: (file: File) => webUtils.getPathForFile(file) });

window.addEventListener('message', (event: MessageEvent<unknown>) => {
	if (event.source !== window || event.origin !== location.origin) return;
	if (typeof event.data !== 'object' || event.data === null || !('type' in event.data) || event.data.type !== 'homeroom:connect') return;
	const { port1, port2 } = new MessageChannel();
	ipcRenderer.postMessage('homeroom:connect', null, [port1]);
	window.postMessage({ type: 'homeroom:port' }, location.origin, [port2]);
});
