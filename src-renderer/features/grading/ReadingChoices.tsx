import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useTranslation } from 'react-i18next';
import type { AnswerMapping } from '#contract/answerMapping.ts';
import type { TablePreview } from '#contract/grading.ts';
import { DelimiterField } from '../../ui/DelimiterField.tsx';
import { EncodingField } from '../../ui/EncodingField.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { AnswerColumnsField } from './AnswerColumnsField.tsx';
import type { IntakeFields } from './AnswerIntake.ts';
import { answersIn } from './answersIn.ts';
import { WhoFields } from './WhoFields.tsx';
import { withLayout } from './withLayout.ts';

const none = '';
/** How the table is read: its encoding and delimiter as detected, whether a row is a student or an answer, and which column holds what. Each can be changed. */
export function ReadingChoices({ intake, preview }: { intake: IntakeFields; preview: TablePreview }) {
	const { t } = useTranslation('grading');
	const chosen = intake.use((state) => state.mapping);
	const isPasted = intake.use((state) => state.source !== null && 'text' in state.source);
	const mapping = chosen ?? preview.mapping;
	const layout = mapping?.layout ?? 'wide';
	const who = [mapping?.studentId, mapping?.studentClass, ...(mapping?.studentNames ?? [])];
	const others = preview.columns.filter((column) => !who.includes(column)).slice(0, 200);
	const isRest = mapping?.layout === 'wide' && mapping.answers.length < others.length && others.length > 1;
	const map = (next: AnswerMapping) => void intake.readWith({ mapping: next });
	return (
		<Box sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
			{preview.sheets.length > 1 && (
				<SelectField
					label={t('mapping.sheet')}
					isRequired
					value={preview.sheet ?? none}
					options={preview.sheets}
					onChange={(sheet) => void intake.readWith({ sheet })}
				/>
			)}
			<HeaderField intake={intake} preview={preview} />
			<ToggleButtonGroup
				exclusive
				size="small"
				value={layout}
				aria-label={t('mapping.layout')}
				onChange={(_event, next: AnswerMapping['layout'] | null) => next && map(withLayout(mapping, next, preview.columns))}
			>
				<ToggleButton value="wide">{t('mapping.wide')}</ToggleButton>
				<ToggleButton value="long">{t('mapping.long')}</ToggleButton>
			</ToggleButtonGroup>
			{mapping !== null && isRest && preview.origin === null && (
				<Button
					size="small"
					color="inherit"
					onClick={() => map({ ...mapping, answers: answersIn(others, mapping.answers) })}
					sx={{ alignSelf: 'flex-start', my: -1 }}
				>
					{t('mapping.allOthers', { columns: others.length })}
				</Button>
			)}
			<Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(132px, 1fr))', gap: 2, alignItems: 'start' }}>
				{mapping?.layout === 'long' ? (
					<>
						<SelectField
							label={t('mapping.question')}
							isRequired
							value={mapping.question}
							options={preview.columns}
							onChange={(question) => map({ ...mapping, question })}
						/>
						<SelectField
							label={t('mapping.answer')}
							isRequired
							value={mapping.answer}
							options={preview.columns}
							onChange={(answer) => map({ ...mapping, answer })}
						/>
						<SelectField
							label={t('mapping.points')}
							value={mapping.points ?? none}
							options={[none, ...preview.columns]}
							name={(name) => name || t('mapping.none')}
							onChange={(points) => map({ ...mapping, points: points || null })}
						/>
					</>
				) : (
					<AnswerColumnsField
						columns={preview.columns}
						value={mapping?.answers.map(({ column }) => column) ?? []}
						onChange={(columns) =>
							map({ ...withLayout(mapping, 'wide', preview.columns), layout: 'wide', answers: answersIn(columns, mapping?.answers ?? []) })
						}
					/>
				)}
				<WhoFields mapping={mapping} columns={preview.columns} onChange={map} />
				{!isPasted && preview.encoding !== '' && <EncodingField found={preview.encoding} onChange={(encoding) => void intake.readWith({ encoding })} />}
				{preview.delimiter !== '' && <DelimiterField found={preview.delimiter} onChange={(delimiter) => void intake.readWith({ delimiter })} />}
			</Box>
		</Box>
	);
}

/** The row that the headings were found in, and the choice of another one, for a table with a title above them. */
function HeaderField({ intake, preview: { headerRow, firstRows } }: { intake: IntakeFields; preview: TablePreview }) {
	const { t } = useTranslation('grading');
	const texts = new Map(firstRows.map(({ row, text }) => [String(row), text]));
	if (texts.size < 2) return null;
	return (
		<Box sx={{ '& > .MuiTextField-root': { width: 1 } }}>
			<SelectField
				label={t('mapping.headerRow')}
				value={String(headerRow)}
				options={[...texts.keys()]}
				name={(row) => t('mapping.rowText', { row, text: texts.get(row) })}
				onChange={(row) => void intake.readWith({ headerRow: Number(row) })}
			/>
			{headerRow > 1 && (
				<Typography variant="caption" component="p" sx={{ color: 'text.secondary', mt: 0.5, mb: 0 }}>
					{t('mapping.above')}
				</Typography>
			)}
		</Box>
	);
}
