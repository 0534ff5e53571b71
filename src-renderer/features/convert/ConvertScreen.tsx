import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { droppedFiles } from '../../ui/droppedFiles.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { TwoPanes } from '../../ui/TwoPanes.tsx';
import { brokenFormat, brokenPlace } from './brokenPlace.ts';
import { ConvertOptions } from './ConvertOptions.tsx';
import { setOrder, showPlace, useConvert } from './convertStore.ts';
import { endingOf, useFormats } from './formatStore.ts';
import { MendDialog } from './MendDialog.tsx';
import { PresetMenu } from './PresetMenu.tsx';
import { ReportPanel } from './ReportPanel.tsx';
import { ResultPane } from './ResultPane.tsx';
import { SchemaDialog } from './SchemaDialog.tsx';
import { SourcePane } from './SourcePane.tsx';
import { useTakeSources } from './useTakeSources.ts';

/** Converting a text while it is typed: the source beside what comes of it, and below what could not be carried. */
export function ConvertScreen() {
	const { t } = useTranslation('convert');
	const take = useTakeSources();
	const [isOver, setOver] = useState(false);
	const [isChecking, setChecking] = useState(false);
	const isEmpty = useConvert(({ content }) => content.trim() === '');
	const order = useConvert((state) => state.order);
	return (
		<Box
			sx={{ height: '100%', display: 'flex', flexDirection: 'column', minWidth: 0, overflow: 'auto' }}
			onDragOver={(event) => {
				event.preventDefault();
				setOver(true);
			}}
			onDragLeave={() => setOver(false)}
			onDropCapture={(event) => {
				event.preventDefault();
				// The editor would put the text of a file where it was dropped.
				event.stopPropagation();
				setOver(false);
				void droppedFiles(event.dataTransfer).then(take);
			}}
		>
			<PageHeader title={t('title')} action={<SaveButton />}>
				<Box sx={{ ml: 'auto', display: 'flex', gap: 1 }}>
					<Button color="inherit" disabled={isEmpty} onClick={() => setChecking(true)}>
						{t('schema.open')}
					</Button>
					<PresetMenu order={order} onPick={setOrder} />
				</Box>
			</PageHeader>
			<ConvertOptions />
			<TwoPanes isAimedAt={isOver}>
				<SourcePane />
				<ResultPane />
			</TwoPanes>
			<Outcome />
			{isChecking && <SchemaDialog onClose={() => setChecking(false)} />}
		</Box>
	);
}

/** What is said of the conversion, or why there is none. Its height never changes, so that nothing jumps while one types. */
function Outcome() {
	const { t } = useTranslation('convert');
	const { content, order, result, error } = useConvert();
	const place = brokenPlace(error);
	const broken = brokenFormat(error);
	const [isMending, setMending] = useState(false);
	const sidecar = !order.withSidecar ? null : result?.sidecar ? 'made' : 'selected';
	return (
		<Box component="section" aria-label={t('report')} sx={{ flex: 'none', height: '26%', minHeight: 120, overflow: 'auto', px: 3, py: 1.5 }}>
			{result !== null && <ReportPanel report={{ ...result, sidecar }} onPlace={showPlace} />}
			<ErrorNotice error={error} action={place ? { label: t('goThere'), onClick: () => showPlace(place.line, place.column) } : undefined} />
			{broken !== null && (
				<Button variant="outlined" color="inherit" onClick={() => setMending(true)} sx={{ mt: 1.5 }}>
					{t('mend.open')}
				</Button>
			)}
			{isMending && broken !== null && <MendDialog from={broken} onClose={() => setMending(false)} />}
			{content.trim() === '' && <Typography sx={{ color: 'text.secondary' }}>{t('promise')}</Typography>}
		</Box>
	);
}

function SaveButton() {
	const { t } = useTranslation('convert');
	const { result, file, order } = useConvert();
	const { formats } = useFormats();
	const save = () => {
		const name = `${(file?.file.name ?? t('untitled')).replace(/\.[^.]{1,10}$/, '')}.${endingOf(formats, order.to)}`;
		const mime = formats?.find((format) => format.name === order.to)?.mime ?? 'text/plain';
		if (result?.sidecar) saveFile(`${name}.sidecar.json`, new Blob([result.sidecar], { type: 'application/json' }));
		if (result) saveFile(name, result.file ?? new Blob([result.convertedContent ?? ''], { type: mime }));
	};
	return (
		<Button variant="contained" disabled={result === null} onClick={save}>
			{t('save')}
		</Button>
	);
}
