import { formatName } from '#contract/convertOrder.ts';
import failures from '../../resources/locales/en/failures.json' with { type: 'json' };

const { CONVERT_INVALID, CONVERT_STOPPED } = failures;
const allow = 'and --strict forbids that. Nothing was written. Leave --strict out, or name another format with --to.';

/** What the command line says where the screens name a field or a button: there it names the option. The rest is theirs (words.ts). */
export const inOptions = {
	failures: {
		CONVERT_UNKNOWN: `It could not be told which format this is. Nothing was written. Name it with --from: ${formatName.options.join(', ')}.`,
		CONVERT_INVALID: {
			...CONVERT_INVALID,
			text: CONVERT_INVALID.text.replace('choose another format for the source.', 'name another format of the source with --from.'),
			tooLarge:
				'This is larger than a source in {{format}} may be that is read whole. Nothing was written. Split it, or convert it in the app, under Convert → Files.',
			tooManyColumns: CONVERT_INVALID.tooManyColumns.replace('by a JSONPath', 'with --select'),
			tooManyRows: CONVERT_INVALID.tooManyRows.replace('by a JSONPath', 'with --select'),
			sheetUnknown: 'There is no sheet of this name in the workbook. Nothing was written. --sheet takes one of these: {{detail}}.',
		},
		CONVERT_LOSSY: {
			text: `Something would be lost at line {{line}} ({{code}}), ${allow}`,
			placed: `Something would be lost at line {{line}} ({{code}}), ${allow}`,
			unplaced: `Something would be lost at {{path}} ({{code}}), ${allow}`,
		},
		CONVERT_STOPPED: {
			...CONVERT_STOPPED,
			time: 'This takes longer than {{limitMs}}, the most that a program has. Nothing was written. Split the file, or convert it in the app, under Convert → Files.',
			memory: 'This needs more memory than a conversion may have. Nothing was written. Split the file, or convert it in the app, under Convert → Files.',
		},
		JSONPATH_INVALID: 'What --select names is no JSONPath. Begin with $, for instance $.orders[*].id',
	},
	notes: { sheetLeft: { what: 'This sheet is left out, as {{to}} holds one table: --sheet NAME takes it instead.' } },
} as const;
