import convert from '../../resources/locales/en/convert.json' with { type: 'json' };
import failures from '../../resources/locales/en/failures.json' with { type: 'json' };
import grading from '../../resources/locales/en/grading.json' with { type: 'json' };
import subtitles from '../../resources/locales/en/subtitles.json' with { type: 'json' };
import { inOptions } from './inOptions.ts';

const texts = {
	convert: { ...convert, notes: { ...convert.notes, ...inOptions.notes } },
	failures: { ...failures, ...inOptions.failures },
	grading,
	subtitles,
};
type Values = Readonly<Record<string, unknown>>;

const plural = new Intl.PluralRules('en');
const number = new Intl.NumberFormat('en');

/**
 * What the screens say for something that the app tells by a code, such as `grading.doubt.wholeJudgement`: in English, as the command line speaks.
 * Null where they have no words for it. A `count` chooses between one and many.
 */
export function wordsFor(place: string, values: Values = {}): string | null {
	const text = textAt(typeof values.count === 'number' ? `${place}_${plural.select(values.count)}` : place) ?? textAt(place);
	if (text === null) return null;
	return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => readable(name, values[name])).trim();
}

/** What the screens say for a failure, by its code and data; `otherwise` for one that they do not know. */
export function failureWords(code: string, data: Values, otherwise: string): string {
	const reason = [data.reason, data.what, data.kind].find((each) => typeof each === 'string');
	return wordsFor(`failures.${code}.${reason}`, data) ?? wordsFor(`failures.${code}.text`, data) ?? wordsFor(`failures.${code}`, data) ?? otherwise;
}

function textAt(place: string): string | null {
	const found = place
		.split('.')
		.reduce<unknown>((at, name) => (typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined), texts);
	return typeof found === 'string' ? found : null;
}

/** A value as it stands in a sentence: bytes and times get their units, lists become one line. */
function readable(name: string, value: unknown): string {
	if (Array.isArray(value)) return value.join(', ');
	if (typeof value !== 'number') return value === undefined || value === null ? '' : String(value);
	if (name === 'port') return String(value);
	if (name.endsWith('Bytes')) return `${number.format(Math.round(value / 2 ** 20))} MiB`;
	if (name.endsWith('Ms')) return `${number.format(Math.ceil(value / 1000))} s`;
	return number.format(value);
}
