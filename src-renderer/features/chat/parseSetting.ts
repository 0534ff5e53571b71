/** A setting whose value is one number. */
export type NumberSetting = 'temperature' | 'topP' | 'topK' | 'minP' | 'repeatPenalty' | 'seed' | 'maxTokens';

/** What a setting can be: from `smallest` to `largest`, both among them. */
export interface Bounds {
	smallest: number;
	largest: number;
	isWhole: boolean;
}

export type ParsedSetting = { kind: 'value'; value: number | null } | ({ kind: 'wrong' } & Bounds);

// As in the contract (the test beside this file compares them), which is not asked here: its checks would double what this screen weighs.
const bounds: Record<NumberSetting, Bounds> = {
	temperature: { smallest: 0, largest: 5, isWhole: false },
	topP: { smallest: 0, largest: 1, isWhole: false },
	topK: { smallest: 0, largest: 10_000, isWhole: true },
	minP: { smallest: 0, largest: 1, isWhole: false },
	repeatPenalty: { smallest: 0.5, largest: 2, isWhole: false },
	seed: { smallest: 0, largest: 0xffff_ffff, isWhole: true },
	maxTokens: { smallest: 1, largest: 131_072, isWhole: true },
};

/** Reads what was typed into a setting's field, with a decimal point or comma; an empty seed is null, "another one each time". */
export function parseSetting(name: NumberSetting, typed: string): ParsedSetting {
	const text = typed.trim().replace(',', '.');
	if (text === '' && name === 'seed') return { kind: 'value', value: null };
	const value = text === '' ? Number.NaN : Number(text);
	const { smallest, largest, isWhole } = bounds[name];
	const isRight = value >= smallest && value <= largest && (!isWhole || Number.isInteger(value));
	return isRight ? { kind: 'value', value } : { kind: 'wrong', ...bounds[name] };
}
