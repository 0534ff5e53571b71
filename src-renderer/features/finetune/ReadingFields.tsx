import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { DatasetPreview, ExampleColumns } from '#contract/finetune.ts';
import { DelimiterField } from '../../ui/DelimiterField.tsx';
import { EncodingField } from '../../ui/EncodingField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { choose, chooseColumns, useNewDataset } from './newDatasetStore.ts';

const none = '';

/** How a file was read: its encoding, and of a table what separates its cells and which column holds what. Each can be changed. */
export function ReadingFields({ preview }: { preview: DatasetPreview }) {
	const { t } = useTranslation('finetune');
	const picked = useNewDataset((state) => state.columns);
	const { columns, encoding, delimiter } = preview;
	if (columns === null && encoding === null) return null;
	const meant = picked ?? preview.chosenColumns;
	const [first = none, second = none] = columns ?? [];
	const change = (part: Partial<ExampleColumns>) => chooseColumns({ prompt: first, answer: second, system: null, ...meant, ...part });
	return (
		<Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(140px, 1fr))', gap: 2, pt: 1 }}>
			{columns && (
				<>
					<SelectField
						label={t('datasets.columns.prompt')}
						isRequired
						value={meant?.prompt ?? none}
						options={columns}
						onChange={(prompt) => change({ prompt })}
					/>
					<SelectField
						label={t('datasets.columns.answer')}
						isRequired
						value={meant?.answer ?? none}
						options={columns}
						onChange={(answer) => change({ answer })}
					/>
					<SelectField
						label={t('datasets.columns.system')}
						isDisabled={meant === null}
						value={meant?.system ?? none}
						options={[none, ...columns]}
						name={(column) => column || t('datasets.columns.none')}
						onChange={(column) => change({ system: column || null })}
					/>
				</>
			)}
			{encoding !== null && <EncodingField found={encoding} onChange={(chosen) => choose({ encoding: chosen })} />}
			{delimiter !== null && <DelimiterField found={delimiter} onChange={(chosen) => choose({ delimiter: chosen })} />}
		</Box>
	);
}
