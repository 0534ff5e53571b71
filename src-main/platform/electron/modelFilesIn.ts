import path from 'node:path';

/** The model files that a command line names, absolute: what "Open with Homeroom" hands over. */
export function modelFilesIn(args: readonly string[], folder: string): string[] {
	return args.filter((arg) => !arg.startsWith('-') && arg.toLowerCase().endsWith('.gguf') && !arg.includes('\0')).map((arg) => path.resolve(folder, arg));
}
