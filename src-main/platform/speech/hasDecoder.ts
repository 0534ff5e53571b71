import { execFile } from 'node:child_process';
import { childEnvironment } from '../process/childEnvironment.ts';

/** Whether this machine has the ffmpeg that `decodeSound` asks. */
export function hasDecoder(ffmpeg = 'ffmpeg'): Promise<boolean> {
	return new Promise((resolve) => {
		execFile(ffmpeg, ['-version'], { timeout: 10_000, windowsHide: true, env: childEnvironment(process.env) }, (error) => resolve(error === null));
	});
}
