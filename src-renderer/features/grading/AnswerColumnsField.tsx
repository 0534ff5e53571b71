import Checkbox from '@mui/material/Checkbox';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTranslation } from 'react-i18next';

const mostQuestions = 200;

interface Props {
	columns: readonly string[];
	value: readonly string[];
	onChange: (columns: string[]) => void;
}

/** The columns of a table that hold answers, in the table's order; each is a question. The last one cannot be taken out, only exchanged. */
export function AnswerColumnsField({ columns, value, onChange }: Props) {
	const { t } = useTranslation('grading');
	return (
		<TextField
			select
			required
			label={t('mapping.answers')}
			value={[...value]}
			onChange={(event) => {
				// A field that takes several values gives a list, though its type says a text.
				const chosen: unknown = event.target.value;
				const next = columns.filter((column) => Array.isArray(chosen) && chosen.includes(column)).slice(0, mostQuestions);
				if (next.length > 0) onChange(next);
			}}
			slotProps={{
				select: {
					multiple: true,
					displayEmpty: true,
					renderValue: () => (value.length > 1 ? t('mapping.several', { first: value[0] ?? '', more: value.length - 1 }) : (value[0] ?? '')),
				},
				inputLabel: { shrink: true },
			}}
		>
			{columns.map((column) => (
				<MenuItem key={column} value={column} dir="auto" sx={{ gap: 1, py: 0.25 }}>
					<Checkbox size="small" checked={value.includes(column)} tabIndex={-1} disableRipple sx={{ p: 0 }} />
					{column.length > 80 ? `${column.slice(0, 79)}…` : column}
				</MenuItem>
			))}
		</TextField>
	);
}
