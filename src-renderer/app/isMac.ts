/** Whether shortcuts are held with Command here. */
export function isMac(): boolean {
	return navigator.platform.startsWith('Mac');
}
