import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { ColumnMapping, TablePreview } from '#contract/grading.ts';
import { DelimiterField } from '../../ui/DelimiterField.tsx';
import { EncodingField } from '../../ui/EncodingField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { readTableWith, useNewAssignment } from './newAssignmentStore.ts';

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
			<SelectField label={t('mapping.answer')} isRequired value={mapping?.answer ?? none} options={preview.columns} onChange={(answer) => map({ answer })} />
			{/* Without the answers' column there is no mapping yet to put the others in. */}
			<SelectField
				label={t('mapping.studentId')}
				isDisabled={mapping === null}
				value={mapping?.studentId ?? none}
				options={[none, ...preview.columns]}
				name={(column) => column || t('mapping.none')}
				onChange={(column) => map({ studentId: column || null })}
			/>
			<SelectField
				label={t('mapping.studentName')}
				isDisabled={mapping === null}
				value={mapping?.studentName ?? none}
				options={[none, ...preview.columns]}
				name={(column) => column || t('mapping.none')}
				onChange={(column) => map({ studentName: column || null })}
			/>
			{isFile && <EncodingField found={preview.encoding} onChange={(encoding) => void readTableWith({ encoding })} />}
			<DelimiterField found={preview.delimiter} onChange={(delimiter) => void readTableWith({ delimiter })} />
		</Box>
	);
}
