import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';
import type { ColumnMapping, TablePreview } from '#contract/grading.ts';
import { readTableWith, useNewAssignment } from './newAssignmentStore.ts';

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'shift_jis', 'euc-kr', 'windows-1252', 'windows-1250', 'windows-1251'];
const delimiters = [',', ';', '\t', '|'];
const delimiterNames: Record<string, 'comma' | 'semicolon' | 'tab' | 'bar'> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' };
const none = '';

/** How the table is read: its encoding and delimiter as detected, and which column holds what. Each can be changed. */
export function ReadingChoices({ preview }: { preview: TablePreview }) {
	const { t } = useTranslation('grading');
	const chosen = useNewAssignment((state) => state.mapping);
	const isFile = useNewAssignment((state) => state.source !== null && 'file' in state.source);
	const mapping = chosen ?? preview.mapping;
	const map = (change: Partial<ColumnMapping>) => void readTableWith({ mapping: { studentId: null, studentName: null, answer: none, ...mapping, ...change } });
	return (
		<Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(132px, 1fr))', gap: 2 }}>
			<Choice label={t('mapping.answer')} isRequired value={mapping?.answer ?? none} options={preview.columns} onChange={(answer) => map({ answer })} />
			{/* Without the answers' column there is no mapping yet to put the others in. */}
			<Choice
				label={t('mapping.studentId')}
				isDisabled={mapping === null}
				value={mapping?.studentId ?? none}
				options={[none, ...preview.columns]}
				name={(column) => column || t('mapping.none')}
				onChange={(column) => map({ studentId: column || null })}
			/>
			<Choice
				label={t('mapping.studentName')}
				isDisabled={mapping === null}
				value={mapping?.studentName ?? none}
				options={[none, ...preview.columns]}
				name={(column) => column || t('mapping.none')}
				onChange={(column) => map({ studentName: column || null })}
			/>
			{isFile && (
				<Choice
					label={t('table.encoding')}
					value={preview.encoding}
					options={withFound(encodings, preview.encoding)}
					name={(encoding) => encoding.toUpperCase()}
					onChange={(encoding) => void readTableWith({ encoding })}
				/>
			)}
			<Choice
				label={t('table.delimiter')}
				value={preview.delimiter}
				options={withFound(delimiters, preview.delimiter)}
				name={(delimiter) => {
					const known = delimiterNames[delimiter];
					return known ? t(`table.delimiters.${known}`) : delimiter;
				}}
				onChange={(delimiter) => void readTableWith({ delimiter })}
			/>
		</Box>
	);
}

interface ChoiceProps {
	label: string;
	value: string;
	options: string[];
	name?: (option: string) => string;
	isRequired?: boolean;
	isDisabled?: boolean;
	onChange: (option: string) => void;
}

function Choice({ label, value, options, name = (option) => option, isRequired = false, isDisabled = false, onChange }: ChoiceProps) {
	return (
		<TextField
			select
			label={label}
			required={isRequired}
			disabled={isDisabled}
			value={value}
			onChange={(event) => onChange(event.target.value)}
			slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
		>
			{options.map((option) => (
				<MenuItem key={option} value={option} dir="auto">
					{name(option)}
				</MenuItem>
			))}
		</TextField>
	);
}

function withFound(usual: string[], found: string): string[] {
	return usual.includes(found) ? usual : [found, ...usual];
}
