import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type TermFields, termFields, termKind } from '#contract/glossary.ts';
import { SelectField } from '../../ui/SelectField.tsx';

const genders = termFields.shape.gender.unwrap().options;

interface Props {
	/** What is changed; left out: a new one. */
	term?: TermFields;
	onKeep: (fields: TermFields) => Promise<void>;
	onClose: () => void;
}

/** A term of the glossary as it is written or changed. */
export function TermForm({ term, onKeep, onClose }: Props) {
	const { t } = useTranslation('subtitles');
	const [fields, setFields] = useState<TermFields>(() => term ?? { source: '', target: '', kind: 'term', gender: 'unknown', note: '' });
	const [isBusy, setBusy] = useState(false);
	const set = (changes: Partial<TermFields>) => setFields({ ...fields, ...changes });
	const keep = async () => {
		setBusy(true);
		await onKeep({ ...fields, source: fields.source.trim(), target: fields.target.trim(), note: fields.note.trim() });
		setBusy(false);
	};
	const text = (name: 'source' | 'target' | 'note', maxLength: number, isFirst = false) => (
		<TextField
			autoFocus={isFirst}
			label={t(`glossary.${name}`)}
			value={fields[name]}
			onChange={(event) => set({ [name]: event.target.value })}
			slotProps={{ htmlInput: { maxLength, dir: 'auto' } }}
		/>
	);
	return (
		<Box
			component="form"
			onSubmit={(event) => {
				event.preventDefault();
				if (fields.source.trim() !== '') void keep();
			}}
			sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, p: 1.5, bgcolor: 'surface.sunken', borderRadius: 1 }}
		>
			{text('source', 200, true)}
			{text('target', 200)}
			<Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5 }}>
				<SelectField
					label={t('glossary.kind')}
					value={fields.kind}
					options={termKind.options}
					name={(kind) => t(`glossary.kinds.${kind}`)}
					onChange={(chosen) => set({ kind: termKind.options.find((kind) => kind === chosen) ?? fields.kind })}
				/>
				{fields.kind === 'person' && (
					<SelectField
						label={t('glossary.gender')}
						value={fields.gender}
						options={genders}
						name={(gender) => t(`glossary.genders.${gender}`)}
						onChange={(chosen) => set({ gender: genders.find((gender) => gender === chosen) ?? fields.gender })}
					/>
				)}
			</Box>
			{text('note', 500)}
			<Box sx={{ display: 'flex', gap: 1 }}>
				<Button type="submit" size="small" variant="contained" loading={isBusy} disabled={fields.source.trim() === ''}>
					{t('glossary.keep')}
				</Button>
				<Button size="small" color="inherit" onClick={onClose}>
					{t('cancel')}
				</Button>
			</Box>
		</Box>
	);
}
