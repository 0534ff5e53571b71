import type { Cue, CueProblem, ReadSubtitles } from './Cue.ts';
import { textLines } from './textLines.ts';
import { timingProblems } from './timingProblems.ts';

const line = /^(\s*[{[])(\d{1,9})([}\]][{[])(\d{0,9})([}\]])(.*)$/s;
/** Where neither the file nor the reader says it: that of film on DVD in most of the world. */
const usualFps = 25;

/**
 * Reads MicroDVD, whose times are numbers of frames, with the tags of SRT in place of its codes (taggedText). The rate is `fps`, else what the
 * file's first cue says (`{1}{1}23.976`), else 25, which is told. Never throws; what was odd is told.
 */
export function readMicroDvd(text: string, fps?: number): ReadSubtitles & { fps: number } {
	const lines = textLines(text);
	const problems: CueProblem[] = [];
	const told = /^\s*[{[][01][}\]][{[][01][}\]]\s*(\d{1,3}(?:[.,]\d{1,6})?)\s*$/.exec(lines.find(({ text: each }) => each.trim() !== '')?.text ?? '')?.[1];
	const toldRate = Number((told ?? '').replace(',', '.'));
	const isTold = toldRate >= 1 && toldRate <= 1000;
	const rate = fps ?? (isTold ? toldRate : usualFps);
	const cues = lines.flatMap((each, at): Cue[] => {
		const found = line.exec(each.text);
		if (!found && each.text.trim() !== '') problems.push({ what: 'strayText', line: at + 1, found: each.text.slice(0, 80) });
		if (!found || (told !== undefined && /^\s*[{[][01][}\]][{[][01][}\]]/.test(each.text))) return [];
		const [, open = '', first = '', between = '', second = '', close = '', said = ''] = found;
		const startAt = each.start + open.length;
		const endAt = startAt + first.length + between.length;
		const textAt = endAt + second.length + close.length;
		const toMs = (frames: string) => Math.round((Number(frames) * 1000) / rate);
		return [
			{
				...{ startMs: toMs(first), endMs: second === '' ? null : toMs(second), text: taggedText(said), kind: 'shown', line: at + 1 },
				spans: {
					start: { start: startAt, end: startAt + first.length },
					end: { start: endAt, end: endAt + second.length },
					text: { start: textAt, end: textAt + said.length },
					whole: { start: each.start, end: each.next },
				},
			},
		];
	});
	if (fps === undefined && !isTold && cues.length > 0) problems.push({ what: 'rateAssumed', line: 1, found: '' });
	return { cues, problems: problems.concat(timingProblems(cues)).sort((a, b) => a.line - b.line), fps: rate };
}

const code = /^\s*\{([a-z]):([^{}]*)\}/i;

/**
 * A text with the tags of SRT: `|` is the end of a line, `{y:i,b}` and a `/` before a line its style, `{Y:i}` that of all lines from there on, and
 * `{c:$BBGGRR}` or `{C:…}` a colour. Fonts, sizes and places are left out.
 */
function taggedText(said: string): string {
	let all: string[] = [];
	const lines = said.split('|').map((line) => {
		let [rest, own] = [line, all];
		for (let found = code.exec(rest); found; found = code.exec(rest)) {
			const [whole, name = '', value = ''] = found;
			const tags = tagsOf(name.toLowerCase(), value);
			own = [...own, ...tags];
			if (name !== name.toLowerCase()) all = [...all, ...tags];
			rest = rest.slice(whole.length);
		}
		if (rest.startsWith('/')) [own, rest] = [[...own, 'i'], rest.slice(1)];
		const opened = own.map((tag) => `<${tag}>`).join('');
		const closed = own.toReversed().map((tag) => `</${tag.split(' ')[0]}>`);
		return rest === '' ? '' : `${opened}${rest}${closed.join('')}`;
	});
	return lines.join('\n');
}

function tagsOf(name: string, value: string): string[] {
	if (name === 'y') return ['i', 'b', 'u', 's'].filter((style) => value.toLowerCase().split(',').includes(style));
	const colour = name === 'c' ? /^\$([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(value) : null;
	return colour ? [`font color="#${colour[3]}${colour[2]}${colour[1]}"`] : [];
}
