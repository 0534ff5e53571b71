const allowed = new Set([
	...['PATH', 'HOME', 'LANG', 'LANGUAGE', 'TZ', 'TMPDIR', 'TEMP', 'TMP', 'USER', 'LOGNAME', 'SHELL'],
	// Where Linux finds the GPU's libraries, and the compute runtimes on it.
	...['LD_LIBRARY_PATH', 'DISPLAY', 'WAYLAND_DISPLAY', 'OMP_NUM_THREADS'],
	// Windows programs do not start without these.
	...[
		'SYSTEMROOT',
		'SYSTEMDRIVE',
		'WINDIR',
		'COMSPEC',
		'PATHEXT',
		'PROGRAMDATA',
		'PROGRAMFILES',
		'APPDATA',
		'LOCALAPPDATA',
		'USERPROFILE',
		'NUMBER_OF_PROCESSORS',
		'PROCESSOR_ARCHITECTURE',
	],
]);
const allowedStart = /^(LC_|XDG_|CUDA_|GGML_|VK_|VULKAN_|NVIDIA_|HIP_|ROCR_|HSA_|MESA_|HOMEROOM_GPU$)/;
const secret = /TOKEN|KEY|SECRET|PASS|CREDENTIAL|AUTH/;

/**
 * Chooses the environment variables that a child process gets: those that programs and compute libraries need to work.
 *
 * It is a list of what is allowed, so a variable nobody thought of never reaches a process that has eaten a hostile file; on top,
 * a name that looks like a secret is left out even when an allowed prefix covers it (reliability.md M4).
 */
export function childEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
	const chosen: Record<string, string> = {};
	for (const [name, value] of Object.entries(environment)) {
		const upper = name.toUpperCase();
		if (value !== undefined && !secret.test(upper) && (allowed.has(upper) || allowedStart.test(upper))) chosen[name] = value;
	}
	return chosen;
}
