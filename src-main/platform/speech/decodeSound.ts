import { spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { failure } from '#contract/errors.ts';
import { childEnvironment } from '../process/childEnvironment.ts';

/** Eight hours in 16 bits, 16,000 a second. */
const usualMostBytes = 8 * 3600 * 16_000 * 2;
/** Decoding takes a hundredth of the time that listening does. */
const longestMs = 30 * 60_000;

/**
 * Decodes the sound of a film into a WAV file of one channel and 16,000 samples a second, with the ffmpeg of this machine: none ships with the app.
 *
 * @param options.into the file to write, which must not be there yet.
 * @param options.soundAt which stream of sound, from 0.
 * @param options.mostBytes of the WAV file; what would be as long is `tooLong`.
 * @param options.ffmpeg the program, where it is not the one on the path.
 * @throws SPEECH_FAILED: `noDecoder` where there is no ffmpeg, `noSound`, `soundUnreadable`, `tooLong`. Rejects with the reason of `signal`.
 */
export async function decodeSound(
	path: string,
	{
		into,
		soundAt = 0,
		signal,
		mostBytes = usualMostBytes,
		ffmpeg = 'ffmpeg',
	}: { into: string; soundAt?: number; signal?: AbortSignal | undefined; mostBytes?: number; ffmpeg?: string },
): Promise<void> {
	signal?.throwIfAborted();
	const limit = AbortSignal.timeout(longestMs);
	const args = [
		...['-nostdin', '-hide_banner', '-v', 'error', '-protocol_whitelist', 'file', '-i', `file:${path}`],
		// One stream of sound and nothing else.
		...[
			'-map',
			`0:a:${soundAt}`,
			'-vn',
			'-sn',
			'-dn',
			'-ac',
			'1',
			'-ar',
			'16000',
			'-c:a',
			'pcm_s16le',
			'-fs',
			String(mostBytes),
			'-f',
			'wav',
			'-n',
			`file:${into}`,
		],
	];
	const child = spawn(ffmpeg, args, {
		stdio: ['ignore', 'ignore', 'pipe'],
		windowsHide: true,
		env: childEnvironment(process.env),
		killSignal: 'SIGKILL',
		signal: AbortSignal.any([limit, ...(signal ? [signal] : [])]),
	});
	let said = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		said = (said + text).slice(-2000);
	});
	const code = await new Promise<number | null>((resolve, reject) => {
		child.on('close', resolve);
		child.on('error', (error) => {
			if ('code' in error && (error.code === 'ENOENT' || error.code === 'EACCES')) reject(failure('SPEECH_FAILED', { reason: 'noDecoder', detail: '' }, error));
		});
	});
	signal?.throwIfAborted();
	if (limit.aborted) throw failure('SPEECH_FAILED', { reason: 'tooLong', detail: 'decoding took too long' });
	if (code === 0) {
		// ffmpeg ends at the limit without a word; what is shorter than that is whole.
		if ((await stat(into)).size < mostBytes) return;
		throw failure('SPEECH_FAILED', { reason: 'tooLong', detail: '' });
	}
	const reason = /matches no streams/.test(said) ? 'noSound' : 'soundUnreadable';
	throw failure('SPEECH_FAILED', { reason, detail: said.replaceAll(path, '…').trim().slice(0, 500) });
}
