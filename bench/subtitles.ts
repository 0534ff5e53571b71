import { plainText } from '../src-main/platform/subtitles/plainText.ts';
import { readSubtitles } from '../src-main/platform/subtitles/readSubtitles.ts';
import { rewriteCues } from '../src-main/platform/subtitles/rewriteCues.ts';
import { writeCues } from '../src-main/platform/subtitles/writeCues.ts';
import { median } from './median.ts';
import type { Report } from './run.ts';

const cueCount = 3000;
const rounds = 15;
const warmRounds = 5;
const limitMs = 30;

/** What is measured; what takes subtitles out of films belongs beside the formats. */
export async function run(report: Report): Promise<void> {
	measureFormats(report);
}

/**
 * A file of 3,000 cues in each format is read and serialised. What can be written is rewritten with every text changed, which is the most
 * that a translation does to it; what is only read is written as SRT. The baseline does with the same text what any reader and writer must:
 * it splits it into lines and joins them.
 */
function measureFormats(report: Report): void {
	for (const [format, text] of Object.entries(files())) {
		const times = { own: [] as number[], lines: [] as number[] };
		for (let round = 0; round < rounds; round++) {
			times.lines.push(timeOf(() => splitAndJoin(text)));
			times.own.push(timeOf(() => serialise(text)));
		}
		const [value, baseline] = [median(times.own.slice(warmRounds)), median(times.lines.slice(warmRounds))];
		report({
			metric: `${format}: ${cueCount} cues parsed and serialised (baseline: its lines split and joined)`,
			value,
			unit: 'ms',
			baseline,
			ratio: value / baseline,
			limit: limitMs,
			pass: value < limitMs,
		});
	}
}

function serialise(text: string): string {
	const { format, cues } = readSubtitles(text);
	if (cues.length !== cueCount) throw new Error(`${format}: ${cues.length} cues were read`);
	if (format === 'srt' || format === 'vtt' || format === 'ass') {
		return rewriteCues(
			text,
			format,
			cues.map((cue) => ({ cue, text: `${cue.text}!` })),
		);
	}
	return writeCues(
		'srt',
		cues.map(({ startMs, endMs, text: said }) => ({ startMs, endMs: endMs ?? startMs + 1000, text: plainText(format, said) })),
	);
}

function splitAndJoin(text: string): string {
	return text
		.split('\n')
		.map((line) => `${line}\r`)
		.join('\n');
}

function timeOf(work: () => string): number {
	const from = performance.now();
	work();
	return performance.now() - from;
}

function files(): Record<string, string> {
	const cues = Array.from({ length: cueCount }, (_, at) => ({
		startMs: at * 2000,
		endMs: at * 2000 + 1800,
		text: `<i>Line ${at} of the film,</i>\nwith a second one; 第${at}句。`,
	}));
	const plain = cues.map((cue) => ({ ...cue, text: cue.text.replace(/<[^<>]*>/g, '').replace('\n', ' ') }));
	const clock = (ms: number) => new Date(ms).toISOString().slice(11, 23);
	const each = (line: (cue: (typeof plain)[number]) => string) => plain.map(line).join('');
	return {
		srt: writeCues('srt', cues),
		vtt: writeCues('vtt', cues),
		ass: writeCues(
			'ass',
			cues.map((cue) => ({ ...cue, text: cue.text.replace('<i>', '{\\i1}').replace('</i>', '{\\i0}') })),
		),
		sbv: each(({ startMs, endMs, text }) => `${clock(startMs).slice(1)},${clock(endMs).slice(1)}\n${text}\n\n`),
		lrc: each(({ startMs, text }) => `[${Math.floor(startMs / 60_000)}:${clock(startMs).slice(6, 11)}]${text}\n`),
		microdvd: each(({ startMs, endMs, text }) => `{${startMs / 40}}{${endMs / 40}}${text}\n`),
		ttml: `<tt xmlns="http://www.w3.org/ns/ttml"><body><div>\n${each(({ startMs, endMs, text }) => `<p begin="${startMs}ms" end="${endMs}ms">${text}<br/>and more</p>\n`)}</div></body></tt>\n`,
		sami: `<SAMI><BODY>\n${each(({ startMs, endMs, text }) => `<SYNC Start=${startMs}><P Class=ENCC>${text}<br>and more\n<SYNC Start=${endMs}><P Class=ENCC>&nbsp;\n`)}</BODY></SAMI>\n`,
	};
}
