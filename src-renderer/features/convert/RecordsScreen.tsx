import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { usePickedModel } from '../../rpc/usePickedModel.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { useFormat } from '../../ui/format.ts';
import { ModelChoice } from '../../ui/ModelChoice.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { TwoPanes } from '../../ui/TwoPanes.tsx';
import { CodePane } from './CodePane.tsx';
import { takeText } from './convertStore.ts';
import { FieldList } from './FieldList.tsx';
import { FieldsFromSchema } from './FieldsFromSchema.tsx';
import { PaneHead } from './PaneHead.tsx';
import { PlaceRow } from './PlaceRow.tsx';
import { RecordsCost } from './RecordsCost.tsx';
import { makeRecords, proposeFields, setText, stopModel, usedFields, useRecords } from './recordsStore.ts';

/** Free text, or a table that no parser reads, and the records that a model takes out of it: each with the fields that are asked for, and no others. */
export function RecordsScreen() {
	const { t } = useTranslation('convert');
	const { content, fields, busy, made, error } = useRecords();
	const choice = usePickedModel();
	const { model, models, adapter } = choice;
	const who = { modelId: model?.id ?? '', adapter };
	const [isPasting, setPasting] = useState(false);
	const isReady = model !== null && content.trim() !== '' && busy === null;
	return (
		<Box sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0, overflow: 'auto' }}>
			<PageHeader
				title={t('title')}
				action={
					<Button variant="contained" disabled={!isReady || usedFields(fields).length === 0} onClick={() => void makeRecords(who)}>
						{t('records.make')}
					</Button>
				}
			/>
			<Box sx={{ px: 3, pb: 1.5, display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap', flex: 'none', minHeight: 52 }}>
				<ModelChoice choice={choice} sx={{ width: 280 }} />
				{models?.length === 0 && (
					<>
						<Typography sx={{ color: 'text.secondary' }}>{t('records.noModel')}</Typography>
						<Button size="small" variant="outlined" component={Link} to="/models">
							{t('records.toModels')}
						</Button>
					</>
				)}
				{busy === null && model !== null && <RecordsCost content={content} fields={usedFields(fields)} who={who} />}
				{busy !== null && <Working busy={busy} />}
			</Box>
			<TwoPanes>
				<Box component="section" aria-label={t('records.text')} sx={{ display: 'flex', flexDirection: 'column', minHeight: 0, minWidth: 0 }}>
					<PaneHead>
						<Typography variant="h2">{t('records.text')}</Typography>
					</PaneHead>
					<CodePane label={t('records.text')} text={content} format={null} hint={t('records.hint')} onChange={setText} />
				</Box>
				<Box
					component="section"
					aria-label={t('records.fields')}
					sx={{ display: 'flex', flexDirection: 'column', minHeight: 0, minWidth: 0, borderLeft: 1, borderColor: 'divider' }}
				>
					<PaneHead
						acts={
							<>
								<Button size="small" color="inherit" disabled={busy !== null} onClick={() => setPasting(true)}>
									{t('fieldsFrom.open')}
								</Button>
								<Button size="small" variant="outlined" color="inherit" disabled={!isReady} onClick={() => void proposeFields(who)}>
									{t('records.propose')}
								</Button>
							</>
						}
					>
						<Typography variant="h2">{t('records.fields')}</Typography>
					</PaneHead>
					<Box sx={{ flex: 1, minHeight: 0, overflow: 'auto', display: 'flex', flexDirection: 'column' }}>
						<ErrorNotice error={error} sx={{ m: 1.5 }} />
						<FieldList fields={fields} isDisabled={busy !== null} />
						{made !== null && <Made made={made} />}
					</Box>
				</Box>
			</TwoPanes>
			{isPasting && <FieldsFromSchema onClose={() => setPasting(false)} />}
		</Box>
	);
}

function Working({ busy: { what, step, records } }: { busy: NonNullable<ReturnType<typeof useRecords.getState>['busy']> }) {
	const { t } = useTranslation('convert');
	const format = useFormat();
	const title =
		step === 'loading' ? t('records.loading') : what === 'fields' ? t('records.proposing') : t('records.writing', { records: format.number(records) });
	return (
		<Box sx={{ flex: 1, minWidth: 240 }}>
			<ProgressLine title={title} fraction={null}>
				<Button size="small" color="inherit" onClick={stopModel}>
					{t('records.stop')}
				</Button>
			</ProgressLine>
		</Box>
	);
}

/** What came of it: the records, and the values that do not stand in the text. */
function Made({ made: { content, records, unfound } }: { made: NonNullable<ReturnType<typeof useRecords.getState>['made']> }) {
	const { t } = useTranslation('convert');
	const format = useFormat();
	const navigate = useNavigate();
	const convert = () => {
		takeText(content, null, 'json');
		void navigate('/convert');
	};
	return (
		<Box sx={{ borderTop: 1, borderColor: 'divider', display: 'flex', flexDirection: 'column' }}>
			<Box role="status" sx={{ px: 1.5, py: 1, display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
				<Typography sx={{ fontWeight: 600 }}>{t('records.made', { count: records, records: format.number(records) })}</Typography>
				<StateLabel
					tone={unfound.length === 0 ? 'good' : 'warn'}
					label={unfound.length === 0 ? t('records.allFound') : t('records.unfound', { count: unfound.length, number: format.number(unfound.length) })}
				/>
				<Button size="small" variant="outlined" color="inherit" onClick={convert} sx={{ ml: 'auto' }}>
					{t('records.convert')}
				</Button>
			</Box>
			{unfound.length > 0 && (
				<Box component="ul" sx={{ m: 0, px: 1.5, pb: 1, listStyle: 'none', maxHeight: 120, overflow: 'auto' }}>
					{unfound.map(({ record, field, value }) => (
						<PlaceRow key={`${record} ${field}`} line={null} where={t('schema.row', { row: format.number(record) })} what={`${field}: ${value}`} />
					))}
				</Box>
			)}
			<Box sx={{ height: 280, display: 'flex', flexDirection: 'column', borderTop: 1, borderColor: 'divider' }}>
				<CodePane label={t('records.result')} text={content} format="json" />
			</Box>
		</Box>
	);
}
