import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import type { AnswerCheck } from '#contract/rubric.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { ParsedField } from './ParsedField.tsx';
import { parseDecimal } from './parsePoints.ts';
import { formatOptions, readLetters, readOptions } from './readOptions.ts';
import { useIsUnreadable } from './useIsUnreadable.ts';

type Of<Kind extends AnswerCheck['kind']> = Extract<AnswerCheck, { kind: Kind }>;

interface Props<Check extends AnswerCheck> {
	check: Check;
	onChange: (check: AnswerCheck) => void;
}

interface Readable {
	/** Code cannot decide by what stands here. */
	isUnreadable: boolean;
}

const tolerances = ['relative', 'absolute'] as const;

/** What a check of this kind has to know. */
export function CheckSettings({ check, onChange }: Props<AnswerCheck>) {
	const { t } = useTranslation('grading');
	const isUnreadable = useIsUnreadable(check);
	if (check.kind === 'none') return null;
	if (check.kind === 'number') return <NumberSettings check={check} isUnreadable={isUnreadable} onChange={onChange} />;
	if (check.kind === 'choice') return <ChoiceSettings check={check} isUnreadable={isUnreadable} onChange={onChange} />;
	if (check.kind === 'formula') {
		return (
			<TextField
				label={t('check.expression')}
				error={isUnreadable}
				helperText={t(isUnreadable ? 'check.unreadable.formula' : 'check.expressionHelp')}
				value={check.expression}
				onChange={(event) => onChange({ ...check, expression: event.target.value })}
				slotProps={{ htmlInput: { maxLength: 500, spellCheck: false, dir: 'ltr' } }}
			/>
		);
	}
	return (
		<ParsedField
			label={t('check.accepted')}
			helperText={t('check.acceptedHelp')}
			multiline
			minRows={2}
			maxRows={8}
			value={check.accepted}
			parse={(typed) => typed.split('\n').filter((line) => line.trim() !== '')}
			format={(lines) => lines.join('\n')}
			onChange={(accepted) => onChange({ ...check, accepted })}
			slotProps={{ htmlInput: { dir: 'auto' } }}
		/>
	);
}

function NumberSettings({ check, isUnreadable, onChange }: Props<Of<'number'>> & Readable) {
	const { t } = useTranslation('grading');
	const { kind, amount } = check.tolerance;
	const factor = kind === 'relative' ? 100 : 1;
	const figures = check.significantFigures;
	const isFiguresWrong = figures !== null && !(figures >= 1 && figures <= 15);
	return (
		<>
			<TextField
				label={t('check.value')}
				error={isUnreadable}
				helperText={t(isUnreadable ? 'check.unreadable.number' : 'check.valueHelp')}
				value={check.value}
				onChange={(event) => onChange({ ...check, value: event.target.value })}
				slotProps={{ htmlInput: { maxLength: 200, spellCheck: false, dir: 'ltr' } }}
			/>
			<Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(120px, 1fr))', gap: 2, alignItems: 'start' }}>
				<ParsedField
					// Another unit means other figures in the field for the same amount.
					key={kind}
					label={t('check.tolerance')}
					value={amount}
					parse={(typed) => (typed.trim() === '' ? 0 : parseDecimal(typed) / factor)}
					format={(value) => (Number.isNaN(value) ? '' : String(Number((value * factor).toPrecision(12))))}
					isWrong={!(amount >= 0 && amount <= 1e12)}
					onChange={(next) => onChange({ ...check, tolerance: { kind, amount: next } })}
					slotProps={{ htmlInput: { inputMode: 'decimal' } }}
				/>
				<SelectField
					label={t('check.toleranceUnit')}
					value={kind}
					options={tolerances}
					name={(each) => t(`check.toleranceUnits.${each === 'absolute' ? 'absolute' : 'relative'}`)}
					onChange={(each) => onChange({ ...check, tolerance: { kind: each === 'absolute' ? 'absolute' : 'relative', amount } })}
				/>
				<ParsedField
					label={t('check.figures')}
					placeholder={t('check.anyFigures')}
					value={figures}
					parse={(typed) => (typed.trim() === '' ? null : /^\d{1,2}$/.test(typed.normalize('NFKC').trim()) ? Number(typed.normalize('NFKC')) : Number.NaN)}
					format={(value) => (value === null || Number.isNaN(value) ? '' : String(value))}
					isWrong={isFiguresWrong}
					onChange={(significantFigures) => onChange({ ...check, significantFigures })}
					slotProps={{ htmlInput: { inputMode: 'numeric' }, inputLabel: { shrink: true } }}
				/>
			</Box>
			<FormControlLabel
				control={<Checkbox size="small" checked={check.unitNeeded} onChange={(_event, unitNeeded) => onChange({ ...check, unitNeeded })} />}
				label={t('check.unitNeeded')}
			/>
		</>
	);
}

function ChoiceSettings({ check, isUnreadable, onChange }: Props<Of<'choice'>> & Readable) {
	const { t } = useTranslation('grading');
	return (
		<>
			<ParsedField
				label={t('check.correct')}
				isWrong={isUnreadable}
				helperText={t(isUnreadable ? 'check.unreadable.choice' : 'check.correctHelp')}
				value={check.correct}
				parse={readLetters}
				format={(letters) => letters.join(', ')}
				onChange={(correct) => onChange({ ...check, correct })}
			/>
			<ParsedField
				label={t('check.options')}
				helperText={t('check.optionsHelp')}
				multiline
				minRows={2}
				maxRows={8}
				value={check.options}
				parse={readOptions}
				format={formatOptions}
				onChange={(options) => onChange({ ...check, options })}
				slotProps={{ htmlInput: { dir: 'auto' } }}
			/>
		</>
	);
}
