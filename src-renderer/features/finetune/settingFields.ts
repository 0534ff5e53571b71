import { z } from 'zod';
import { type RunSettings, runSettings } from '#contract/finetune.ts';
import { settingNames } from './settingNames.ts';

/** A setting that is one number. */
export type NumberSetting = Exclude<keyof RunSettings, 'targets' | 'packing' | 'computeOn'>;

/** The settings as they stand in the form: numbers as they were typed. */
export type SettingFields = Record<NumberSetting, string> & Pick<RunSettings, 'targets' | 'packing' | 'computeOn'>;

/** What a number may be: both ends among them, or with `isAbove` what is larger than the least. */
export interface Bounds {
	least: number;
	most: number;
	isWhole: boolean;
	isAbove: boolean;
}

/** Settings that may be left empty, which is null. */
const mayBeEmpty: ReadonlySet<string> = new Set<NumberSetting>(['patience', 'threads']);

/** Puts settings into the form. */
export function fieldsOf(settings: RunSettings): SettingFields {
	const text = (value: number | null) => (value === null ? '' : String(value));
	return {
		rank: text(settings.rank),
		alpha: text(settings.alpha),
		targets: settings.targets,
		epochs: text(settings.epochs),
		learningRate: text(settings.learningRate),
		warmUpFraction: text(settings.warmUpFraction),
		rowsPerStep: text(settings.rowsPerStep),
		rowTokens: text(settings.rowTokens),
		packing: settings.packing,
		validationFraction: text(settings.validationFraction),
		evaluateEverySteps: text(settings.evaluateEverySteps),
		patience: text(settings.patience),
		weightDecay: text(settings.weightDecay),
		mostGradient: text(settings.mostGradient),
		seed: text(settings.seed),
		threads: text(settings.threads),
		computeOn: settings.computeOn,
	};
}

/** Reads the form by the contract's own rules: the settings, or null and the names of those that are not as they may be. */
export function readFields(fields: SettingFields): { settings: RunSettings | null; wrong: (keyof RunSettings)[] } {
	const { targets, packing, computeOn, ...numbers } = fields;
	const values = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, readNumber(value, mayBeEmpty.has(name))]));
	const read = runSettings.safeParse({ ...values, targets, packing, computeOn });
	if (read.success) return { settings: read.data, wrong: [] };
	const wrong = new Set(read.error.issues.map(({ path }) => path[0]));
	return { settings: null, wrong: settingNames.filter((name) => wrong.has(name)) };
}

/** What the contract allows for a setting. */
export function boundsOf(name: NumberSetting): Bounds {
	const shape: z.ZodType = runSettings.shape[name];
	const number = shape instanceof z.ZodNullable ? shape.unwrap() : shape;
	if (!(number instanceof z.ZodNumber)) throw new Error(`${name} is no number`);
	const isWhole = number.format === 'safeint';
	const least = number.minValue ?? 0;
	return { least, most: number.maxValue ?? Number.MAX_SAFE_INTEGER, isWhole, isAbove: !isWhole && !number.safeParse(least).success };
}

/** A number as people type it: with a point or a comma, also as 2e-4. Undefined, which no setting takes, where it is none. */
function readNumber(typed: string, isEmptyFine: boolean): number | null | undefined {
	const text = typed.trim().replace(',', '.');
	if (text === '') return isEmptyFine ? null : undefined;
	const value = Number(text);
	return Number.isFinite(value) ? value : undefined;
}
