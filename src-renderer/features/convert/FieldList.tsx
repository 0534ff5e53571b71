import DeleteIcon from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import { mostFields, type RecordField, recordField } from '#contract/convertRecords.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { SymbolButton } from '../../ui/SymbolButton.tsx';
import { addField, changeField, removeField } from './recordsStore.ts';

const types = recordField.shape.type.options;

/** The fields that each record is to have: their names, what each holds, and what is meant by it. */
export function FieldList({ fields, isDisabled }: { fields: readonly (RecordField & { id: string })[]; isDisabled: boolean }) {
	const { t } = useTranslation('convert');
	return (
		<Box sx={{ p: 1.5, display: 'flex', flexDirection: 'column', gap: 1 }}>
			{fields.length === 0 && <Typography sx={{ color: 'text.secondary' }}>{t('records.noFields')}</Typography>}
			{fields.map(({ id, name, type, note }) => (
				<Box key={id} sx={{ display: 'grid', gridTemplateColumns: 'minmax(90px, 1fr) 140px minmax(90px, 1.4fr) auto', gap: 1, alignItems: 'center' }}>
					<TextField
						label={t('records.name')}
						value={name}
						disabled={isDisabled}
						onChange={(event) => changeField(id, { name: event.target.value })}
						slotProps={{ htmlInput: { maxLength: 60, dir: 'auto' } }}
					/>
					<SelectField
						label={t('records.type')}
						value={type}
						options={types}
						isDisabled={isDisabled}
						name={(option) => t(`records.types.${option as RecordField['type']}`)}
						onChange={(option) => changeField(id, { type: types.find((one) => one === option) ?? type })}
					/>
					<TextField
						label={t('records.note')}
						value={note}
						disabled={isDisabled}
						onChange={(event) => changeField(id, { note: event.target.value })}
						slotProps={{ htmlInput: { maxLength: 200, dir: 'auto' } }}
					/>
					<SymbolButton label={t('records.removeField', { name })} onClick={() => removeField(id)}>
						<DeleteIcon fontSize="small" />
					</SymbolButton>
				</Box>
			))}
			<Box>
				<Button size="small" color="inherit" disabled={isDisabled || fields.length >= mostFields} onClick={addField}>
					{t('records.addField')}
				</Button>
			</Box>
		</Box>
	);
}
