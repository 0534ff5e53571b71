/** The form that a program was installed in, which decides how it is replaced. */
export type InstalledAs = 'AppImage' | 'nsis' | 'mac';

/** How this program was installed; null where something else replaces it, such as the system's own packages, or nothing does, as of a portable one. */
export function installedAs(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): InstalledAs | null {
	if (platform === 'darwin') return 'mac';
	if (platform === 'win32') return env.PORTABLE_EXECUTABLE_DIR ? null : 'nsis';
	return env.APPIMAGE ? 'AppImage' : null;
}
