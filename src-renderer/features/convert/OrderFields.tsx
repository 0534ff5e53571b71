import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import { type ConvertOrder, convertOrder, type FormatName, tableOrder } from '#contract/convertOrder.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { SelectValues } from './SelectValues.tsx';

interface Props {
	order: ConvertOrder;
	/** What is read; null: not known, or of several kinds. */
	from: FormatName | null;
	/** Whether workbooks are among it. */
	hasSheets?: boolean;
	/** Whether a second file can be made beside the result. */
	canKeepAside?: boolean;
	onChange: (changes: Partial<ConvertOrder>) => void;
}

const isTable = (format: FormatName | null) => format === 'csv' || format === 'tsv' || format === 'xlsx';
const delimiters = [',', ';', '\t', '|'] as const;
const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/** Whether the one has comments, or is not known, and the other one a place to keep them. */
function hasComments(from: FormatName | null, to: FormatName): boolean {
	const [commented, json] = [new Set<FormatName | null>(['yaml', 'toml', null]), new Set<FormatName | null>(['json', 'jsonl'])];
	return (commented.has(from) && json.has(to)) || (json.has(from) && commented.has(to));
}

/** How something is to be converted: only what makes a difference for its formats. */
export function OrderFields({ order, from, hasSheets = from === 'xlsx', canKeepAside = false, onChange }: Props) {
	const { t } = useTranslation('convert');
	const { to, table, markup } = order;
	const changeTable = (changes: Partial<ConvertOrder['table']>) => onChange({ table: { ...table, ...changes } });
	const changeMarkup = (changes: Partial<ConvertOrder['markup']>) => onChange({ markup: { ...markup, ...changes } });
	return (
		<Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: 2, rowGap: 1.5, '& .MuiTextField-root': { width: 148 } }}>
			<SelectField
				label={t('options.mode')}
				value={order.mode}
				options={convertOrder.shape.mode.unwrap().options}
				name={(mode) => t(`modes.${mode as ConvertOrder['mode']}`)}
				onChange={(mode) => onChange({ mode: mode as ConvertOrder['mode'] })}
			/>
			{(to === 'json' || to === 'xml' || to === 'yaml') && (
				<SelectField
					label={t('options.indent')}
					value={order.indent}
					options={convertOrder.shape.indent.unwrap().options.filter((indent) => to !== 'yaml' || indent === 'two' || indent === 'four')}
					name={(indent) => t(`indents.${indent as ConvertOrder['indent']}`)}
					onChange={(indent) => onChange({ indent: indent as ConvertOrder['indent'] })}
				/>
			)}
			{(isTable(from) || isTable(to)) && (
				<>
					{(from === 'csv' || to === 'csv') && (
						<SelectField
							label={t('options.delimiter')}
							value={table.delimiter ?? ''}
							options={['', ...delimiters]}
							name={(mark) => (mark === '' ? t('options.anyDelimiter') : t(`delimiters.${delimiterNames[mark as (typeof delimiters)[number]]}`))}
							onChange={(mark) => changeTable({ delimiter: delimiters.find((known) => known === mark) ?? null })}
						/>
					)}
					{isTable(from) && (
						<SelectField
							label={t('options.cells')}
							value={table.cells}
							options={tableOrder.shape.cells.unwrap().options}
							name={(cells) => t(`cells.${cells as ConvertOrder['table']['cells']}`)}
							onChange={(cells) => changeTable({ cells: cells as ConvertOrder['table']['cells'] })}
						/>
					)}
				</>
			)}
			{hasComments(from, to) && order.mode === 'plain' && (
				<TextField
					label={t('options.commentKey')}
					placeholder="$comment"
					value={order.commentKey}
					onChange={(event) => onChange({ commentKey: event.target.value.trim() })}
					slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr', maxLength: 40 }, inputLabel: { shrink: true } }}
				/>
			)}
			{(from === 'xml' || to === 'xml') &&
				(['attributePrefix', 'textKey', 'rootName', 'itemName'] as const).map((field) => (
					<TextField
						key={field}
						label={t(`markup.${field}`)}
						value={markup[field]}
						onChange={(event) => event.target.value.trim() !== '' && changeMarkup({ [field]: event.target.value.trim().slice(0, 40) })}
						slotProps={{ htmlInput: { spellCheck: false, dir: 'ltr', maxLength: 40 } }}
					/>
				))}
			{hasSheets && (
				<TextField
					label={t('options.sheet')}
					placeholder={to === 'csv' || to === 'tsv' ? t('options.firstSheet') : t('options.allSheets')}
					value={table.sheet}
					onChange={(event) => changeTable({ sheet: event.target.value })}
					slotProps={{ htmlInput: { spellCheck: false, maxLength: 255 }, inputLabel: { shrink: true } }}
				/>
			)}
			<SelectValues value={order.select} onChange={(select) => onChange({ select })} />
			<Check label={t('options.sortKeys')} isOn={order.sortKeys} onChange={(sortKeys) => onChange({ sortKeys })} />
			{isTable(from) && <Check label={t('options.hasHeader')} isOn={table.hasHeader} onChange={(hasHeader) => changeTable({ hasHeader })} />}
			{isTable(from) && <Check label={t('options.isNested')} isOn={table.isNested} onChange={(isNested) => changeTable({ isNested })} />}
			{from === 'xml' && <Check label={t('options.areTyped')} isOn={markup.areTyped} onChange={(areTyped) => changeMarkup({ areTyped })} />}
			{(isTable(from) || isTable(to)) && (
				<Check label={t('options.escapeFormulas')} isOn={table.escapeFormulas} onChange={(escapeFormulas) => changeTable({ escapeFormulas })} />
			)}
			<Check label={t('options.isStrict')} isOn={order.isStrict} onChange={(isStrict) => onChange({ isStrict })} />
			{canKeepAside && <Check label={t('options.withSidecar')} isOn={order.withSidecar} onChange={(withSidecar) => onChange({ withSidecar })} />}
		</Box>
	);
}

function Check({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
	return (
		<FormControlLabel
			sx={{ mr: 0 }}
			control={<Checkbox size="small" checked={isOn} onChange={(event) => onChange(event.target.checked)} sx={{ py: 0.5 }} />}
			label={label}
		/>
	);
}
