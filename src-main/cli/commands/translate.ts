import { extname } from 'node:path';
import { isJobOver } from '#contract/isJobOver.ts';
import { savedFormat } from '#contract/subtitleCue.ts';
import { knownLanguage } from '#contract/subtitles.ts';
import type { Answer } from '../ApiClient.ts';
import type { Call, Command } from '../Command.ts';
import { Ended, exitCodes, usageError } from '../exitCodes.ts';
import { readInput, readyOutput } from '../files.ts';
import { isFilm, takeFromFilm } from '../takeFromFilm.ts';
import { failureWords, wordsFor } from '../words.ts';

type Task = Answer<'tasks', 'subtitle'>;

const lookMs = 500;
const mostProblems = 20;

export const translate: Command = {
	name: 'translate',
	words: '[FILE]',
	summary: 'translates a subtitle file, the subtitles in a film, or what is piped in; every timing stays',
	options: {
		model: { word: 'MODEL', help: 'what translates' },
		to: { word: 'LANG', help: 'into which language, such as de or zh-Hans' },
		from: { word: 'LANG', help: 'out of which (whatever it is in)' },
		track: { word: 'N', help: 'which subtitles of a film (the only ones, or those that it shows by itself)' },
		format: { word: 'FORMAT', help: `${savedFormat.options.join(', ')} (as the ending of --out says, or srt)` },
		out: { word: 'FILE', help: 'where the result goes (it is printed)' },
		force: { help: 'replaces a file that is there' },
	},
	async run({ words: [file = '-', ...rest], given, client, terminal, stdin, signal }) {
		if (rest.length > 0) throw usageError('One file at a time.');
		const [model, to, from] = [given.need('model', 'MODEL'), given.need('to', 'LANG'), given.text('from')];
		for (const [option, tag] of [['to', to] as const, ['from', from] as const])
			if (tag !== undefined && !knownLanguage.safeParse(tag).success)
				throw usageError(`--${option} takes the tag of a language, such as de, fr or zh-Hans, not "${tag}".`);
		const track = given.count('track', 0, Number.MAX_SAFE_INTEGER);
		const ending = extname(given.text('out') ?? '')
			.slice(1)
			.toLowerCase();
		const format = given.choice('format', savedFormat.options) ?? savedFormat.options.find((each) => each === ending) ?? 'srt';
		const out = await readyOutput(given);
		const { bytes, name, brokenAt } = isFilm(file) ? await takeFromFilm(file, track, signal) : { ...(await readInput(file, stdin)), brokenAt: null };
		if (track !== undefined && !isFilm(file)) throw usageError('--track is for films.');
		const asked = await client();
		const order = { model, target_lang: to, source_lang: from, output_format: format, file_name: name === '' ? 'subtitles.srt' : name };
		let task: Task = await asked.call('tasks', 'subtitle', { ...order, content_base64: bytes.toString('base64'), wait_seconds: 0 });
		tellProblems(task.problems, terminal);
		if (brokenAt !== null) terminal.say(`The film breaks off at byte ${brokenAt}. What comes before was taken.`);
		const cancel = () => {
			// Ctrl-C has ended all that is asked by the client's own signal.
			if (task.job_id !== null) asked.call('jobs', 'cancel', { id: task.job_id }, AbortSignal.timeout(2000)).catch(() => {});
		};
		signal.addEventListener('abort', cancel, { once: true });
		while (!isJobOver(task.state) && task.state !== 'paused') {
			terminal.progress(task.progress, `${task.translated} of ${task.cues} cues`);
			await new Promise((resolve) => setTimeout(resolve, lookMs));
			signal.throwIfAborted();
			task = await asked.call('tasks', 'subtitleResult', { id: task.id, output_format: format });
		}
		signal.removeEventListener('abort', cancel);
		if (task.result === null) throw notTranslated(task);
		const { content, uncarried } = task.result;
		if (out === undefined) terminal.piece(content);
		else await out.write(content);
		if (terminal.isJson) terminal.result(out === undefined ? task : { ...task, result: { file: out.path, uncarried } }, '');
		terminal.say(`${task.translated} of ${task.cues} cues translated for ${task.tokens_consumed} tokens.`);
		for (const { what, cues } of uncarried) terminal.say(`  Not carried: ${wordsFor(`subtitles.save.uncarried.${what}`, { count: cues }) ?? what}.`);
		if (task.failed > 0)
			throw new Ended(
				exitCodes.failed,
				'SOME_FAILED',
				`${task.failed} ${task.failed === 1 ? 'cue' : 'cues'} could not be translated; what was there is left.`,
				{ failed: task.failed },
			);
	},
};

/** What was odd in the file, each with its line; of many only the first. */
function tellProblems(problems: Task['problems'], terminal: Call['terminal']): void {
	for (const { line, what, found } of problems.slice(0, mostProblems)) {
		const words = wordsFor(`subtitles.problems.${what}`) ?? wordsFor('subtitles.problems.other') ?? what;
		terminal.say(`Line ${line}: ${words}${found === '' ? '' : ` (${found})`}`);
	}
	if (problems.length > mostProblems) terminal.say(`And ${problems.length - mostProblems} more of the sort.`);
}

function notTranslated({ state, failure, job_id }: Task): Ended {
	const why = failure ? ` ${failureWords(failure.code, failure.data, failure.message)}` : '';
	const code = failure?.code ?? 'NOT_TRANSLATED';
	const what = state === 'paused' ? 'The translation waits' : `The translation was ${state === 'failed' ? 'not finished' : 'ended'}`;
	return new Ended(
		code === 'INSUFFICIENT_TOKENS' ? exitCodes.tokens : exitCodes.failed,
		code,
		`${what} (job ${job_id}).${why} What was translated is kept in the app.`,
		{ job_id },
	);
}
